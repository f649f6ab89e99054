"""What is worth a second look in a note before it is handed in; it advises and never blocks."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.scoring.drafts import Written
from scenarios.gates.text import content_words, words_of
from scenarios.gates.traits import protected_words

# Words that judge and tell nothing of what was said or done.
JUDGMENTS = words_of("""
    adequate amazing arrogant articulate average awesome awkward bad bright brilliant calm careful caring
    charming cold competent confident conscientious convincing decent eager empathetic energetic engaged
    engaging enthusiastic excellent experienced fantastic fine friendly genuine good great hesitant honest
    impressive inexperienced insecure intelligent kind knowledgeable likable likeable mature mediocre
    motivated natural nervous nice okay outstanding passionate personable pleasant polished polite poor
    positive professional quiet rough rude sharp shy sloppy smart solid strong superb unconvincing unprepared
    unsure vague warm weak well-spoken wonderful
    answer attitude candidate communicator energy feeling fit impression person personality presence response
    seem seemed vibe
    came across extremely fairly generally overall pretty quite rather really somewhat truly
""")
_STEMS = content_words(" ".join(JUDGMENTS))


@dataclass(frozen=True)
class Remark:
    """Something about one note, in a sentence."""

    note: int
    sentence: str


def remarks(notes: Iterable[Written]) -> list[Remark]:
    """Notes that name a protected trait, and notes that judge without saying what was said or done."""
    found = []
    for note in notes:
        if words := protected_words(note.body):
            sentence = f"Note {note.position} says “{words[0]}”. Keep only what the job needs."
            found.append(Remark(note.position, sentence))
        stems = content_words(note.body)
        if stems and stems <= _STEMS:
            sentence = f"Note {note.position} judges. What was said or done?"
            found.append(Remark(note.position, sentence))
    return found
