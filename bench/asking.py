"""The two sides of a comparison: what is asked of floor and product, by whom, over which connection."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from bench.wire import Answer, Wire
from tests.infrastructure.gunicorn import Gunicorn
from tests.promises.browser import TOKEN, hidden
from tests.promises.site import Seat

# The first scorecards are read and saved, the last are the writers'; those between are handed in.
READING = 8
TRIES = 50  # To come to a process that has not its share of connections yet.

Ask = Callable[[], Answer]


@dataclass(frozen=True)
class Measure:
    """One thing that is asked for: how much slower than the floor it may be, and how often it is asked."""

    name: str
    title: str
    limit: float
    each: dict[int, int]  # Requests of each connection in a round, by the number of connections.
    status: int = 200
    rounds: int = 41


@dataclass
class Made:
    """What there is in both databases."""

    seats: list[Seat]
    authors: list[int]  # The person of each seat.
    debrief: str
    disclosure: str
    manager: Seat
    manager_id: int


@dataclass
class Side:
    """The floor or the product: where it is, and who is signed in how."""

    server: Gunicorn
    made: Made
    is_floor: bool
    wires: dict[int, Wire] = field(default_factory=dict)
    tokens: dict[int, str] = field(default_factory=dict)
    bases: dict[int, int] = field(default_factory=dict)
    unused: Iterator[int] = field(default_factory=lambda: count(READING))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def wire(self, number: int, person: int, token: str) -> Wire:
        """The connection of this number, signed in as somebody."""
        if number not in self.wires:
            wire = self.wires[number] = Wire(self.server.port, {"__Host-evenhand": token})
            if self.is_floor:
                wire.get(f"/be/{person}")
        return self.wires[number]

    def of_seat(self, number: int) -> Wire:
        """The connection of a seat's person."""
        return self.wire(number, self.made.authors[number], self.made.seats[number].token)

    def token(self, number: int) -> str:
        """What a form of this seat has to carry; the floor asks for nothing."""
        if not self.is_floor and number not in self.tokens:
            page = self.of_seat(number).get(self.made.seats[number].address)
            found = TOKEN.search(page.body.decode())
            self.tokens[number] = found[1] if found else ""
        return self.tokens.get(number, "")

    def prepared(self, measure: Measure, connections: int) -> list[list[Ask]]:
        """The requests of each connection in one round."""
        if measure.name != "submit":  # Which is sent over a new connection each.
            self.spread([self.wire_for(measure.name, connection) for connection in range(connections)])
        return [
            [self.ask(measure.name, connection) for _ in range(measure.each[connections])]
            for connection in range(connections)
        ]

    def wire_for(self, name: str, connection: int) -> Wire:
        """The connection over which somebody asks for this."""
        if name in {"scorecard", "autosave"}:
            return self.of_seat(connection)
        return self.wire(-1 - connection, self.made.manager_id, self.made.manager.token)

    def spread(self, wires: Sequence[Wire]) -> None:
        """Connect anew until each of the server's processes holds as many as the others.

        Which of them takes a connection is chance, and chance would decide the times of a round.
        """
        taken: Counter[int] = Counter()
        share = -(-len(wires) // len(self.server.workers()))
        for wire in wires:
            for _ in range(TRIES):
                wire.again()
                if taken[worker := self.server.holder_of(wire.port)] < share:
                    break
            taken[worker] += 1

    def ask(self, name: str, connection: int) -> Ask:
        """One request, ready to be sent; what has to come before it is done already."""
        if name == "autosave":
            return self.saving(connection)
        if name == "submit":
            return self._handing_in(next(self.unused))
        path = self.made.seats[connection].address if name == "scorecard" else getattr(self.made, name)
        wire = self.wire_for(name, connection)
        request = wire.request("GET", path)
        return lambda: wire.send(request)

    def saving(self, number: int) -> Ask:
        """A changed text of this seat, to be saved."""
        wire, token, sequence = self.of_seat(number), self.token(number), next(self.numbers)
        path = f"{self.made.seats[number].address}/revisions"
        base = self.bases.setdefault(number, 1)
        self.bases[number] += 1
        form = {
            "client": f"bench {number}",
            "field": "retelling",
            "body": f"{sequence} I call him first, then I look at her skin again, and tell the lead.",
            "base": str(base),
            "sequence": str(sequence),
            "csrf_token": token,
        }
        request = wire.request("POST", path, form)
        return lambda: wire.send(request)

    def _handing_in(self, number: int) -> Ask:
        wire, path = self.of_seat(number), f"{self.made.seats[number].address}/submission"
        form = {"version": "1", "key": uuid4().hex}
        if not self.is_floor:
            page = wire.get(path).body.decode()
            form = {name: hidden(page, name) for name in ("version", "key", "csrf_token")}
        request = wire.request("POST", path, form)
        return lambda: wire.send(request)
