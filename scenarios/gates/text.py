"""How gates take a text apart: its words, their stems and syllables, its sentences, its quotations."""

import re
from collections.abc import Iterator

from scenarios.problems import Path
from scenarios.schema import Document, Scenario


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written over several lines."""
    return tuple(text.split())


# Words that carry no content of their own, and the everyday words of telling.
STOP_WORDS = frozenset(
    words_of("""
    a about above after again all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each either else few first for from further had has
    have having he her here hers herself him himself his how i if in into is it its itself last me more most
    my myself no nor not now of off on once one only or other our ours out over own plus same she should so
    some such than that the their theirs them themselves then there these they this those through to too two
    under until up very was we were what when where which while who whom whose why will with without would
    you your yours yourself
    get give go goes got let make put said say says take tell word words
    """)
)

_WORD = re.compile(r"[a-z]+|\d+")
_POSSESSIVE = re.compile(r"(?<=[a-z])['’]s\b")
_ENDINGS = ("ings", "ing", "ed", "es", "ly", "s")
_SHORTEST_STEM = 3
_SENTENCE_END = re.compile(r"[.!?]+[\"”')\]]*(?:\s|$)")
_QUOTATION = re.compile(r"\"[^\"]*\"|“[^”]*”")


def texts(scenario: Scenario, *fields: str) -> Iterator[tuple[Path, str]]:
    """Yield every text of these fields with its place."""
    for field in fields:
        yield from _texts(getattr(scenario, field), (field,))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))
    elif isinstance(value, Document):
        for name, item in value:
            yield from _texts(item, (*path, name))


def without_quotations(text: str) -> str:
    """Blank what stands in quotation marks: the words of a person, not of the author."""
    return _QUOTATION.sub(lambda found: " " * len(found[0]), text)


def content_words(text: str) -> frozenset[str]:
    """Return the stems of the words that carry content."""
    words = _WORD.findall(_POSSESSIVE.sub("", text.lower()))
    return frozenset(stem(word) for word in words if len(word) > 1 and word not in STOP_WORDS)


def stem(word: str) -> str:
    """Take off one ending, then what it had doubled or changed: `stopped`, `stops` and `stop` are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "y" if len(word) > _SHORTEST_STEM and word.endswith("i") else word


def syllables(word: str) -> int:
    """Count the syllables of one word; a number counts as one."""
    word = re.sub(r"['’](s\b)?", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word))
    silent_e = re.search(r"[^aeiouyl]e$|[aeiouy]le$", word)
    silent_ed = re.search(r"[^aeiouydt]ed$", word)
    silent_es = re.search(r"[^aeiouysxzcgh]es$|[^cs]hes$", word)
    return max(1, count - bool(silent_e or silent_ed or silent_es))


def reading_grade(text: str) -> float:
    """Return the grade of Flesch and Kincaid: the school year in which most can read the text."""
    words = [word for word in text.split() if re.search(r"\w", word)]
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    spoken = sum(syllables(part) for word in words for part in re.findall(r"[\w'’]+", word.replace(":", "")))
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59 if words else 0.0
