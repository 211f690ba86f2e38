"""One drill: actors, resources and knowledge, wired by what happens.

The world knows no deadline.  It starts procedures when something happens to an actor, and
keeps the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simpy import Event

from sim.log.rows import Row
from sim.model.act import Act
from sim.model.calls import missed
from sim.model.crew import Crew, stand_down
from sim.model.dispatching.queue import Dispatcher
from sim.model.journey import Journey
from sim.model.kernel import Kernel
from sim.model.numbers import Sampler
from sim.model.officer import Dropped, is_called, reach
from sim.model.plan import Bound, BoundProcedure, Plan, Steps
from sim.model.pool import Member, Pool, release
from sim.model.stops import Logbook
from sim.model.supply.dates import watch_dates
from sim.model.supply.evacuees import Evacuees
from sim.model.supply.shelf import Shelf
from sim.model.things import Consignment, Dossier, Matter, Order
from sim.model.traffic import Traffic
from sim.model.wires import Wire

if TYPE_CHECKING:
    from sim.model.site import Site
    from sim.model.supply.production import Line


class World:
    """The state of one replication.

    `running` are the procedures under way, `finished` those done: (actor, procedure, incident).

    `rows` are the rows written so far, `pools` all resources by name (`teams` is one of them, with
    the orders that wait), `wires` the channels that can fail, `places` where each team stands,
    `standby` the orders of those that wait away from their bases, `roads` as they are now,
    `journeys` who is under way (by team or vehicle), `logbooks` what is kept of each vehicle,
    `shelves` the stocks by depot or shelter and item, `lines` the production by depot and item,
    `kinds` the first vehicle of each kind of a depot, `bays` what has been picked in each depot and
    waits for vehicles, `evacuees` who is to go to shelters, `tasks` what teams have to do by
    (incident, task), `command` who commands on site by incident.
    `worsened` is what has come on top of an incident's course while tasks waited.
    `put_in` happens, with the row, when an inject is put in that others hang on.
    `crews` are the people of each team, `called` those whom no team can call up now: out with
    another team, or late and on their way.
    """

    def __init__(self, plan: Plan, sampler: Sampler):
        self.plan = plan
        self.scenario = plan.scenario
        self.sampler = sampler
        self.env = Kernel()
        self.rows: list[Row] = []
        self.pools: dict[str, Pool] = {}
        self.members: dict[str, Member] = {}
        self.teams = Dispatcher(self)
        self.places: dict[str, str] = {}
        self.standby: dict[str, Order] = {}
        self.roads = Traffic(self)
        self.journeys: dict[str, Journey] = {}
        self.crews: dict[str, Crew] = {}
        self.called: set[str] = set()
        self.logbooks: dict[str, Logbook] = {}
        self.shelves: dict[str, dict[str, Shelf]] = {}
        self.lines: dict[tuple[str, str], Line] = {}
        self.kinds: dict[str, list[Member]] = {}
        self.bays: dict[str, list[Consignment]] = {}
        self.evacuees = Evacuees(self)
        self.truth: dict[str, dict[str, float]] = {}
        self.worsened: dict[str, dict[str, float]] = {}
        self.tasks: dict[tuple[str, str], Site] = {}
        self.command: dict[str, str] = {}
        self.wires: dict[tuple[str, str], Wire] = {}
        self.put_in: dict[str, Event] = {}
        self.running: dict[Act, None] = {}
        self.finished: set[tuple[str, str, str]] = set()
        self._dossiers: dict[tuple[str, str], Dossier] = {}
        self._born: dict[str, int] = {}
        self._begun: set[tuple[str, str, str]] = set()
        self._listeners: dict[tuple[str, str], list[tuple[tuple[str, ...], Event]]] = {}

    # -- knowledge ---------------------------------------------------------------------
    def dossier(self, actor: str, incident: str) -> Dossier:
        """Return what an actor knows of an incident, empty at first."""
        key = (actor, incident)
        found = self._dossiers.get(key)
        if found is None:
            hazard = self.scenario.incidents[incident].hazard if incident else ""
            found = self._dossiers[key] = Dossier(hazard=hazard)
        return found

    def shelf(self, store: str, item: str) -> Shelf:
        """Return the shelf of an item in a depot or shelter, empty where it had none."""
        shelves = self.shelves[store]
        if item not in shelves:
            shelves[item] = Shelf()
            if store in self.scenario.depots:
                watch_dates(self, store, item)
        return shelves[item]

    # -- numbers -----------------------------------------------------------------------
    def born(self, line: str) -> int:
        """Return the number of a new thing among those of the same parent and kind."""
        number = self._born.get(line, 0)
        self._born[line] = number + 1
        return number

    # -- time --------------------------------------------------------------------------
    @property
    def now(self) -> int:
        """The present second, from the scenario's start."""
        return self.env._now  # type: ignore[return-value]

    def pause(self, seconds: int) -> int:
        """Return what a procedure yields to go on `seconds` from now."""
        return seconds

    # -- happenings --------------------------------------------------------------------
    def happens(
        self, event: str, actor: str, matter: Matter, row: int, held: Member | None = None
    ) -> bool:
        """Tell an actor that something happened to it; return whether a procedure starts."""
        started = False
        for procedure in self.plan.procedures.get(actor, {}).get(event, ()):
            if self._applies(procedure, actor, matter):
                self.start(actor, procedure, matter, row, held)
                started = True
        waiting = self._listeners.get((actor, event))
        if waiting:
            self._wake(waiting, matter, row)
        return started

    def tell_news(self, actor: str, matter: Matter, news: tuple[str, ...], row: int) -> None:
        """Tell an actor that he knows other figures than he has reported."""
        if news:
            line = f"incident/{matter.incident}/{actor}/changed"
            number = self.born(line)
            change = Matter(matter.incident, line, number, "changed", matter.sender, news)
            self.happens("changed", actor, change, row)

    def start(
        self,
        actor: str,
        procedure: BoundProcedure,
        matter: Matter,
        row: int,
        held: Member | None = None,
    ) -> None:
        """Start a procedure; it begins in this instant, before anything else that is planned."""
        act = Act(self, actor, procedure, matter, row)
        act.held = held
        self.running[act] = None
        self.env.process(self._perform(act))

    def listen(self, actor: str, event: str, kinds: tuple[str, ...]) -> Event:
        """Return an event that succeeds, with the row, when `event` next happens to the actor."""
        heard = Event(self.env)
        self._listeners.setdefault((actor, event), []).append((kinds, heard))
        return heard

    def _wake(self, waiting: list[tuple[tuple[str, ...], Event]], matter: Matter, row: int) -> None:
        for entry in list(waiting):
            kinds, heard = entry
            if not kinds or matter.kind in kinds:
                waiting.remove(entry)
                if not heard.triggered:
                    heard.succeed(row)

    def _applies(self, procedure: BoundProcedure, actor: str, matter: Matter) -> bool:
        on = procedure.on
        if on.kind and matter.kind not in on.kind:
            return False
        if on.fields and not set(on.fields) & set(matter.news):
            return False
        if on.task and matter.task not in on.task:
            return False
        if on.incident and matter.incident not in on.incident:
            return False
        if procedure.guard and not self.holds(procedure.guard, actor, matter.incident):
            return False
        if on.first:
            key = (actor, procedure.key, matter.incident)
            if key in self._begun:
                return False
            self._begun.add(key)
        return True

    def holds(self, guard: Iterable[tuple[str, Any]], actor: str, incident: str) -> bool:
        """Return whether an actor has been told what a guard asks for."""
        known = self.dossier(actor, incident)
        return all(comparison.holds(known.value(name)) for name, comparison in guard)

    # -- running -----------------------------------------------------------------------
    def _perform(self, act: Act) -> Steps:
        procedure = act.procedure
        if procedure.hold and act.held is None:
            grant = act.ask(procedure.pool)
            if grant.event is not None:
                act.doing = "waiting_person"
                if act.call is not None:
                    act.call.waiting.append(grant)
                yield grant.event
                if grant.gave_up:
                    missed(act, act.call)
                    del self.running[act]
                    return
                act.write("wait", "ended", "waiting_person", grant.member.id, held_by=grant.held_by)
            act.held = grant.member
            if is_called(grant.member):
                yield from reach(act, grant.member, f"office/{act.actor}/{procedure.key}")
                act.write("wait", "ended", "waiting_person", grant.member.id)
        for act.at, step in enumerate(procedure.steps):
            try:
                yield from step.act(act, step)
            except Dropped:
                continue
            if act.over:
                break
        self.finished.add((act.actor, procedure.key, act.matter.incident))
        if act.held is not None:
            if act.actor in self.crews and act.actor not in self.standby:
                yield from stand_down(act)
            release(act.held, act.last)
        del self.running[act]


def perform(act: Act, steps: tuple[Bound, ...]) -> Steps:
    """Do the steps one after the other; what is dropped in the middle is left undone."""
    for step in steps:
        try:
            yield from step.act(act, step)
        except Dropped:
            continue
        if act.over:
            return
