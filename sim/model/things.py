"""What procedures work on, and what actors know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.model.supply.shelf import Lot
from sim.scenario.grade import highest

if TYPE_CHECKING:
    from sim.model.pool import Grant, Member


@dataclass(slots=True)
class Response:
    """How an actor's response under one plan stands: not activated yet (no level), carried out."""

    level: str = ""
    executed: bool = False


@dataclass(slots=True)
class Dossier:
    """What one actor has been told about one incident.

    `fields` are the values told or verified, `as_of` the second of the truth that each goes
    back to: older news never replaces newer.  `by_source` keeps what each sender said last,
    `passed_on` the figures of the actor's own last report (None: he has not reported yet).
    `grade` is the one he confirmed or, before that, was told; `told` counts reports received;
    `confirmed` is his own confirmation, `warning` the level of the warning that he was told,
    that a signal called for or that was agreed on.  `responses` are those under way, by plan,
    `level` the highest of them, `wanted` the level that the actor last wanted to activate but
    may not, `allowed` the one at which his superior stands, by the superior's last notice.
    """

    hazard: str = ""
    fields: dict[str, float] = field(default_factory=dict)
    as_of: dict[str, int] = field(default_factory=dict)
    by_source: dict[str, dict[str, float]] = field(default_factory=dict)
    passed_on: dict[str, float] | None = None
    grade: str = ""
    confirmed: str = ""
    level: str = ""
    warning: str = ""
    told: int = 0
    responses: dict[str, Response] = field(default_factory=dict)
    wanted: str = ""
    allowed: str = ""

    @property
    def aware(self) -> bool:
        """Whether the actor knows of the incident at all: he saw it or was told anything of it."""
        return bool(self.fields) or self.told > 0

    def stand(self) -> None:
        """Stand at the highest level of the responses under way."""
        self.level = highest(response.level for response in self.responses.values())

    def learn(self, fields: dict[str, float], as_of: dict[str, int]) -> tuple[str, ...]:
        """Take in values, each known as of a second; what is older than one's own is left.

        Returns the names of those that are news: other than before, and other than what the
        actor has reported.  Empty as long as he has not reported at all.
        """
        news = []
        for name, value in fields.items():
            if as_of[name] >= self.as_of.get(name, as_of[name]):
                others = (self.fields.get(name), (self.passed_on or {}).get(name))
                if self.passed_on is not None and value not in others:
                    news.append(name)
                self.fields[name] = value
                self.as_of[name] = as_of[name]
        return tuple(news)

    def heed(self, level: str | None, since: int) -> None:
        """Go by the level of a warning that was set at a second, unless it is older news."""
        if level and since >= self.as_of.get("warning", since):
            self.warning = level
            self.as_of["warning"] = since

    def disagreement(self, names: list[str]) -> bool:
        """Return whether two sources give different values for one of the fields."""
        for name in names:
            said = {values[name] for values in self.by_source.values() if name in values}
            if len(said) > 1:
                return True
        return False

    def value(self, name: str) -> object:
        """Return what a guard compares: a field, or one of this dossier's own attributes."""
        if name in ("hazard", "grade", "confirmed", "level", "allowed", "warning", "told"):
            return getattr(self, name)
        return self.fields.get(name)


@dataclass(slots=True)
class Matter:
    """The thing a procedure works on: its incident and its lineage.

    `line` and `number` are the thing's address in stream names: the parent's key with the
    kind of thing, and its number among its parent's.  `sender` is who brought it, `news` are
    the figures that changed, `call` is the live call by which it comes, `task` the task of the
    incident that it is about.  `place` is where it is, if not at its incident's place;
    `priority`, if given, wins over that of procedures.
    """

    incident: str
    line: str
    number: int = 0
    kind: str = ""
    sender: str = ""
    news: tuple[str, ...] = ()
    call: Any = None
    task: str = ""
    place: str = ""
    priority: int | None = None


@dataclass(slots=True)
class Report:
    """What an office says: one report, sent to one or more recipients as messages.

    `as_of` gives the second of the truth that each of its `fields` goes back to, `warning` the
    level of a warning or the one that a signal calls for, `level` that of the response, in
    notices of it and in requests to activate it.  A request for support and its answer carry the
    `request` and how many `teams` are asked for or promised, one for supplies the order as
    `request` and the `lines` (pieces by item) that are asked for.
    """

    id: str
    line: str
    number: int
    kind: str
    fields: dict[str, float]
    as_of: dict[str, int]
    grade: str
    elements: str
    pending: str
    reason: str
    warning: str = ""
    level: str = ""
    request: Any = None
    teams: int = 0
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Message(Matter):
    """One report on its way to one recipient; `officer` is who sends it.

    `arrived` once a copy lies there, `heard` the row of the acknowledgement, `awaited` the
    event of it where the sender waits for one.
    """

    id: str = ""
    report: Any = None
    officer: str = ""
    channel: str = ""
    acknowledged: bool = False
    received: bool = False
    arrived: bool = False
    heard: int | None = None
    awaited: Any = None


@dataclass(slots=True)
class Order(Matter):
    """An order to one team to go to a place, and to a task there if `task` names one.

    `purpose` is `respond`, `standby` (there for the time `stay`), `escort` of goods (the `escort`
    waits for it) or `relief` of a team whose turn of work it `relieves`; `requested_by` is the
    office for which its sender gives it.  `reach` says whose teams may be taken: `own` or
    `subordinate` ones of the sender; `only` that it concerns one team alone.  `declined` are the
    teams that refused it; then its `thread` asks for another one, with the `first` time of asking
    and insertion, and gives up after second `until`.
    """

    id: str = ""
    priority: int = 5
    skills: tuple[str, ...] = ()
    equipment: dict[str, int] = field(default_factory=dict)
    purpose: str = "respond"
    requested_by: str = ""
    stay: int | None = None
    relieves: Any = None
    escort: Any = None
    needed: bool = True
    reach: str = "subordinate"
    only: str = ""
    declined: list[str] = field(default_factory=list)
    first: tuple[int, int] = (0, 0)
    thread: Any = None
    until: int | None = None


@dataclass(slots=True)
class SupplyOrder:
    """An order for supplies, from the need to the last handover, whoever works on it.

    `line` and `number` are its address in stream names.  `consignments` counts its parts.
    """

    id: str
    incident: str
    line: str
    number: int
    place: str
    recipient: str = ""
    consignments: int = 0


@dataclass(slots=True)
class Need(Matter):
    """What a shelter needs and nobody has asked for yet: pieces by item."""

    recipient: str = ""
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Consignment(Matter):
    """What one depot delivers of an order.

    `promised` are the pieces asked of the depot, `picked` the lots that wait to be loaded.
    `sourcing` is the search for sources that asks others when it falls short, `asking` the
    requests for vehicles that wait.
    """

    id: str = ""
    order: Any = None
    depot: str = ""
    promised: dict[str, int] = field(default_factory=dict)
    picked: dict[str, list[Lot]] = field(default_factory=dict)
    sourcing: Any = None
    asking: list[Grant] = field(default_factory=list)
    trips: int = 0


@dataclass(slots=True)
class Trip(Matter):
    """One way of one vehicle, or of several together, with goods for one recipient.

    `goods` are (consignment, item, lots).
    """

    id: str = ""
    recipient: str = ""
    vehicles: list[Member] = field(default_factory=list)
    goods: list[tuple[Consignment, str, list[Lot]]] = field(default_factory=list)
