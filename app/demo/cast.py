"""Who is in the demo: an employer, its people and the candidates. All of them are invented."""

from dataclasses import dataclass

from app.policy import Role


@dataclass(frozen=True)
class Player:
    """A person of the employer; `leaning` is how much higher or lower than others they score, in levels."""

    name: str
    roles: tuple[Role, ...]
    leaning: float = 0.0
    scatter: float = 0.45
    about: str = ""  # What this person comes to do, on the sign-in page; empty for those who are not offered.

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@riverbend.example"


HANA = Player(
    "Hana Sato", (Role.HIRING_MANAGER,), about="Hiring manager: a debrief waits, and a loop can be built"
)
RINA = Player("Rina Patel", (Role.RECRUITER,), about="Recruiter: candidates, links and the agreement reports")
IRIS = Player("Iris Okafor", (Role.INTERVIEWER,), 0.1, about="Interviewer: a scorecard to finish")
IVO = Player("Ivo Lind", (Role.INTERVIEWER,), 0.3, about="Interviewer: scores a little higher than others")
ADA = Player("Ada Quill", (Role.ADMINISTRATOR,), about="Administrator: people, the employer, the audit log")
REMI = Player("Remi Falk", (Role.RECORDS_LEAD,), about="Records lead: the audit log, and a job to agree to")
OLGA = Player("Olga Brandt", (Role.HIRING_MANAGER,), about="Hiring manager of another team")
MALIK = Player("Malik Stone", (Role.INTERVIEWER,), 0.0, 0.35)
WREN = Player("Wren Abbot", (Role.INTERVIEWER,), -0.4)
TESS = Player("Tess Moreau", (Role.INTERVIEWER,), -0.1, 0.5)
JONAS = Player("Jonas Pike", (Role.INTERVIEWER,), 0.2, 0.7)
LENA = Player("Lena Fisk", (Role.INTERVIEWER,), -0.2, 0.4)
NIKO = Player("Niko Varga", (Role.INTERVIEWER,), 0.5, 0.5)

CAST = (HANA, RINA, IRIS, IVO, ADA, REMI, OLGA, MALIK, WREN, TESS, JONAS, LENA, NIKO)

NOOR = "Noor Haddad"
FIRST_JOB = (
    NOOR, "Theo Brandt", "Cleo Marsh", "Odile Fenn", "Pavel Rooke", "Sam Whitlow", "Anouk Vale",
    "Ines Calder", "Jory Dunmore", "Basil Crane", "Carys Holt", "Dario Lunt", "Edda Pryce", "Fintan Rowe",
    "Greta Amsel", "Hollis Birk", "Kaya Ellwood", "Linus Farrow", "Mirela Gant", "Nils Harrow", "Orla Inch",
    "Petra Jessup", "Quill Kestrel", "Rosa Lindqvist", "Soren Mabry", "Talia Norcott", "Ulla Oakes",
    "Vito Pell", "Willa Quayle", "Xenia Rudd", "Yann Stroud", "Zelda Thorne", "Arlo Umber", "Bryn Varley",
    "Cosima Wray", "Dov Yarrow", "Elke Zorn", "Flora Ashby-Lane", "Gus Bellweather", "Hettie Corve",
    "Ivor Dunn-Hale", "Jessamy Rook", "Kester Vane-Moss", "Lior Ansel",
)  # fmt: skip
SECOND_JOB = (
    "Juno Eames", "Kit Fallow", "Lotte Grieve", "Milo Hatch", "Nell Ivers", "Oskar Judd", "Pia Kell",
    "Rafe Lomax", "Signe Moor", "Tove Nash", "Una Orme", "Viggo Prowse", "Wanda Quist",
)  # fmt: skip
THIRD_JOB = ("Yara Rusk", "Zeno Sable", "Alma Tarn", "Bo Urwin", "Clio Vane", "Dag Wolfe", "Esme Yule")
