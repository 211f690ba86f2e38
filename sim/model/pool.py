"""Persons, lines, teams, vehicles and docks: who is free, who waits, who is served next.

Every member exists once; a pool is a named view on members, and a member may belong to
several views (an officer with two posts).  The rules:

1. A request is granted at once, without an event, when a member of the view is idle and on
   duty: the first one in the view's order, or the one that `choose` picks.
2. Otherwise it waits.  When a member becomes free (released, or on duty again) and requests of
   its views wait for it, it is undecided who gets it until whoever freed it, and all that he
   starts, have gone on as far as they come in this instant.  All compete in one order:
   priority (smaller first), time of asking, insertion.  Who asks meanwhile, and finds nobody
   idle, is granted an undecided member at once if he comes before all who wait for it.  Then,
   before anything else that is planned for this instant, it goes to the first who waits; his
   process resumes by an event.  So work that goes on from step to step keeps its officer,
   unless somebody who waits is as urgent and asked before.
3. A waiter gives up by a timer.  Whichever of grant and timer is processed first wins; the
   other then does nothing, so a resource is never lost.
4. Who goes off duty while busy finishes first and is not granted again, unless his shift's
   rule takes his work from him (`sim.model.duty`).
5. A request that is not granted at once interrupts: among the members of the view that fit, are
   on duty and do work that gives way (`sim.model.interruption`) of a larger priority than the
   request's own, it takes the one with the largest priority, of these the one whose work began
   last.  Work that ends in this very second is not interrupted; its end is waited for.  The
   request is granted at once, without an event.
6. Then the interrupted request asks again, with its first time of asking and insertion and
   without patience, by these same rules: another idle member goes on with it at once, or it
   interrupts in its turn, or it waits.
7. Work that gives way and begins while a smaller priority waits for its member is interrupted
   at once: the member is released (rule 2), then the work asks again (rule 6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import TYPE_CHECKING, Any

from simpy import Environment, Event
from simpy.events import Timeout

if TYPE_CHECKING:
    from sim.model.interruption import Work


class Member:
    """One person, line, team, vehicle or dock.

    `freed_by` is the row with which it last became free; `traits` is what a choice looks at;
    `work` is what can be taken from it now; `duty` the shift that it stands in.  Who is free
    but `undecided` (rule 2) counts as busy.
    """

    __slots__ = (
        "busy",
        "duty",
        "freed_by",
        "id",
        "on_duty",
        "traits",
        "undecided",
        "views",
        "work",
    )

    def __init__(self, id: str, on_duty: bool = True, traits: Any = None):
        self.id = id
        self.on_duty = on_duty
        self.busy = False
        self.undecided = False
        self.freed_by: int | None = None
        self.traits = traits
        self.views: list[Pool] = []
        self.work: Work | None = None
        self.duty: Any = None


class Grant:
    """One request: `member` once granted, `event` to wait on while it is not.

    `gave_up` is true when the timer came first.  `held_by` is the row that freed the member,
    if the request had to wait for it.
    """

    __slots__ = ("_settled", "event", "fits", "gave_up", "held_by", "member")

    def __init__(self) -> None:
        self.member: Member = None  # type: ignore[assignment]  # known once granted
        self.event: Event | None = None
        self.fits: Callable[[Member], bool] | None = None
        self.gave_up = False
        self.held_by: int | None = None
        self._settled = False


DECISION = 0.5
"""When an undecided member goes to who waits: behind what is urgent (0), before the rest (1)."""

Choice = Callable[[Sequence[Member]], Member]


Waiting = tuple[int, int, int, int, Grant]
"""Priority, time of asking, insertion; a number for one that asks again; the request."""


class Pool:
    """A view on members, with its own queue."""

    def __init__(self, env: Environment, name: str, members: Sequence[Member] = ()):
        self.name = name
        self._env = env
        self.members: list[Member] = []
        self._waiting: list[Waiting] = []
        for member in members:
            self.add(member)

    def add(self, member: Member) -> None:
        """Make a member visible in this view, last in its order."""
        self.members.append(member)
        member.views.append(self)

    def ask(
        self,
        priority: int = 5,
        patience: int | None = None,
        fits: Callable[[Member], bool] | None = None,
        choose: Choice | None = None,
        first: tuple[int, int] | None = None,
    ) -> Grant:
        """Ask for one member that `fits`; wait on `grant.event` unless it is None.

        `first` is (time of asking, insertion) of a request that asks again.
        """
        grant = Grant()
        member = self._idle(fits, choose)
        if member is not None:
            member.busy = True
            grant.member = member
            return grant
        env = self._env
        member = self._undecided((priority, *(first or (env.now, inf))), fits, choose)
        if member is not None:
            member.undecided = False
            grant.member = member
            return grant
        work = self._giving_way(priority, fits)
        if work is not None:
            grant.member = work.member
            work.stop("urgent")
            work.ask_again()
            return grant
        grant.event = Event(env)
        grant.fits = fits
        number = next_number(env)
        heappush(self._waiting, (priority, *(first or (env.now, number)), number, grant))  # type: ignore[misc]
        if patience is not None:
            Timeout(env, patience).callbacks.append(lambda _: give_up(grant))
        return grant

    def _idle(self, fits: Callable[[Member], bool] | None, choose: Choice | None) -> Member | None:
        if fits is None and choose is None:
            for member in self.members:
                if member.on_duty and not member.busy:
                    return member
            return None
        idle = [m for m in self.members if m.on_duty and not m.busy and (fits is None or fits(m))]
        if not idle:
            return None
        return idle[0] if choose is None else choose(idle)

    def _undecided(
        self,
        place: tuple[int, float, float],
        fits: Callable[[Member], bool] | None,
        choose: Choice | None,
    ) -> Member | None:
        """Return an undecided member for whom a request at this place comes first (rule 2)."""
        free = []
        for member in self.members:
            if member.undecided and member.on_duty and (fits is None or fits(member)):
                first = first_waiting(member)
                if first is None or place < first[:3]:
                    free.append(member)
        if not free:
            return None
        return free[0] if choose is None else choose(free)

    def _giving_way(self, priority: int, fits: Callable[[Member], bool] | None) -> Work | None:
        """Return the work that a request of this priority interrupts (rule 5)."""
        best: Work | None = None
        for member in self.members:
            work = member.work
            if work is None or not member.on_duty or not work.gives_way_to(priority):
                continue
            if fits is not None and not fits(member):
                continue
            if best is None or (work.priority, work.number) > (best.priority, best.number):
                best = work
        return best

    def head(self, member: Member) -> Waiting | None:
        """Return the first waiting request of this view that `member` fits."""
        waiting = self._waiting
        while waiting and waiting[0][-1]._settled:
            heappop(waiting)
        if not waiting:
            return None
        first = waiting[0][-1].fits
        if first is None or first(member):
            return waiting[0]
        open_ones = (w for w in sorted(waiting) if not w[-1]._settled)
        return next((w for w in open_ones if w[-1].fits is None or w[-1].fits(member)), None)


def release(member: Member, row: int) -> None:
    """Make a member free; `row` is the row that freed it."""
    member.busy = False
    member.freed_by = row
    if member.on_duty:
        for view in member.views:
            if view._waiting:
                _offer(member)
                break


def come_on_duty(member: Member, row: int) -> None:
    """A shift begins for this member; `row` is the row of activity `shift_begin`."""
    member.on_duty = True
    if not member.busy:
        member.freed_by = row
        _offer(member)


def more_urgent_waits(member: Member, priority: float) -> bool:
    """Return whether a request of a smaller priority waits for this member."""
    heads = (view.head(member) for view in member.views)
    return any(head is not None and head[0] < priority for head in heads)


def first_waiting(member: Member) -> Waiting | None:
    """Return the first waiting request for this member, of all its views."""
    best = None
    for view in member.views:
        first = view.head(member)
        if first is not None and (best is None or first < best):
            best = first
    return best


def _offer(member: Member) -> None:
    """Let whoever frees this member go on before it is given to who waits for it."""
    first = first_waiting(member)
    if first is not None:
        member.busy = member.undecided = True
        decision = Event(first[-1].event.env)  # type: ignore[union-attr]
        decision.callbacks.append(_decide)
        happen(decision, DECISION, member)


def _decide(decision: Event) -> None:
    """Grant the member to the first who waits for it, unless somebody has it by now."""
    member: Member = decision.value  # type: ignore[assignment]
    if not member.undecided:
        return
    member.busy = member.undecided = False
    first = first_waiting(member) if member.on_duty else None
    if first is None:
        return
    grant = first[-1]
    grant._settled = True
    member.busy = True
    grant.member = member
    grant.held_by = member.freed_by
    grant.event.succeed()  # type: ignore[union-attr]


def give_up(grant: Grant) -> None:
    """Let a waiting request leave with nothing, unless it has been granted."""
    if not grant._settled and grant.event is not None:
        grant._settled = True
        grant.gave_up = True
        grant.event.succeed()


def happen(event: Event, priority: float, value: Any = None) -> None:
    """Let an event happen in this instant: before what has a larger priority (0 is urgent)."""
    event._ok = True
    event._value = value
    event.env.schedule(event, priority)  # type: ignore[arg-type]


def next_number(env: Environment) -> int:
    """Return the next number of insertion of this run."""
    numbers = getattr(env, "_insertions", None)
    if numbers is None:
        numbers = env._insertions = count()  # type: ignore[attr-defined]
    return int(next(numbers))
