"""What two interviewers made of written answers before they met anybody, and a card that one has begun."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.packs import queries as packs
from app.policy import Actor
from app.scoring.drafts import NOT_OBSERVED, Change
from app.scoring.practice import services

DAY, CHAIR = "hvd-outpatient-ot-mid", "snm-acute-ot-mid"


@dataclass(frozen=True)
class Given:
    """What was given on one criterion: a level and what it rests on; None where it was not observed."""

    level: int | None
    heard: str = ""
    because: str = ""


@dataclass(frozen=True)
class Card:
    """One practice card: whose answer, what was given, and which red flags were heard in which words."""

    scenario: str
    answer: str
    given: Mapping[str, Given]
    flags: Mapping[int, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        """The card as its page would save it."""
        found: dict[str, str] = {}
        for number, (code, one) in enumerate(self.given.items(), start=1):
            if one.level is None:
                found |= {f"level-{code}": NOT_OBSERVED, f"reason-{code}": "ran out of time"}
                continue
            found |= {f"level-{code}": str(one.level), f"note-{number}": one.heard, f"ties-{number}": code}
            if one.because:
                found[f"because-{code}"] = one.because
        for number, quote in self.flags.items():
            found |= {f"flag-{number}": "yes", f"quote-{number}": quote}
        return found


OF_IRIS = Card(
    DAY,
    "v03",
    {
        "PRI": Given(
            4,
            "“I triage on risk and deadline, red, amber, green, every morning.”",
            "An order by harm, who is told, and a second look at noon. No sum of minutes.",
        ),
        "SAF": Given(2, "“They'd tell him to loosen the strap a notch and keep his 3:20.”"),
        "DOC": Given(1, "“sign with yesterday's date so nothing shows late”", "The date would be false."),
        "HND": Given(
            4,
            "“At five the desk gets a list of what moved and who owns each call.”",
            "Two choices with what follows from each, and the patients are told.",
        ),
    },
    {2: "“sign with yesterday's date so nothing shows late”"},
)
OF_MALIK = Card(
    CHAIR,
    "v13",
    {
        "SAF": Given(3, "“I hang in the doorway till his nurse is in there.”"),
        "ESC": Given(3, "“Face to face, her, right then.”"),
        "DOC": Given(None),
        "HND": Given(2, "“He dropped to ninety-six standing and got dizzy with me earlier.”"),
        "VER": Given(2, "“Event form, eight minutes, I do it before end of shift, always do.”"),
    },
)
BEGUN = Card(DAY, "v22", {"SAF": Given(4, "“I'd call him before my first patient.”")})


def practice(actor: Actor, card: Card, *, hand_in: bool = True) -> None:
    """Fill in a card as its author would, and hand it in."""
    [version] = [one for one in packs.latest_versions() if one.key == card.scenario]
    [vignette] = [one for one in packs.vignettes_of([version]) if one.key == card.answer]
    begun = services.start(actor, vignette)
    fields = enumerate(card.fields.items(), start=1)
    changes = [Change(name, body, 0, sequence) for sequence, (name, body) in fields]
    services.save_fields(actor, begun, changes, client="demo")
    if hand_in:
        services.submit(actor, begun, version=begun.version, key=f"demo-{begun.public_id}")
