"""Pools: exact logs of the rules written at the head of `sim.model.pool`."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest
from simpy import Environment
from simpy.events import Timeout

from sim.model.pool import Member, Pool, come_on_duty, give_up, release

Log = list[tuple[Any, ...]]


@dataclass
class Desk:
    """A clock, a log, and users that ask, hold and release."""

    env: Environment
    log: Log

    def user(
        self,
        name: str,
        pool: Pool,
        at: int = 0,
        hold: int = 1,
        priority: int = 5,
        patience: int | None = None,
        **ask: Any,
    ) -> None:
        self.env.process(self._use(name, pool, at, hold, priority, patience, ask))

    def _use(
        self,
        name: str,
        pool: Pool,
        at: int,
        hold: int,
        priority: int,
        patience: int | None,
        ask: dict,
    ) -> Generator:
        if at:
            yield Timeout(self.env, at)
        grant = pool.ask(priority, patience, **ask)
        if grant.event is not None:
            yield grant.event
        if grant.gave_up:
            self.log.append((self.env.now, name, "gave up"))
            return
        self.log.append((self.env.now, name, grant.member.id))
        yield Timeout(self.env, hold)
        release(grant.member, len(self.log))

    def at(self, time: int, do: Any) -> None:
        Timeout(self.env, time).callbacks.append(lambda _: do())

    def run(self) -> Log:
        self.env.run()
        return self.log


@pytest.fixture
def desk() -> Desk:
    return Desk(Environment(), [])


def test_idle_member_is_granted_at_once_without_an_event(desk: Desk) -> None:
    pool = Pool(desk.env, "p", [Member("a")])
    grant = pool.ask(patience=0)
    assert grant.event is None
    assert grant.member.id == "a"
    assert desk.env.peek() == float("inf"), "an event was scheduled"


def test_members_are_taken_in_the_order_of_the_view(desk: Desk) -> None:
    pool = Pool(desk.env, "p", [Member("a"), Member("b"), Member("off", on_duty=False)])
    for name in ("first", "second", "third"):
        desk.user(name, pool, hold=2)
    assert desk.run() == [(0, "first", "a"), (0, "second", "b"), (2, "third", "a")]


def test_waiting_requests_are_served_by_priority_then_time_then_insertion(desk: Desk) -> None:
    pool = Pool(desk.env, "p", [Member("a")])
    desk.user("holder", pool, hold=10)
    desk.user("late urgent", pool, at=3, priority=1)
    desk.user("early", pool, at=1)
    desk.user("same time, inserted first", pool, at=2)
    desk.user("same time, inserted second", pool, at=2)
    assert [(time, name) for time, name, _ in desk.run()] == [
        (0, "holder"),
        (10, "late urgent"),
        (11, "early"),
        (12, "same time, inserted first"),
        (13, "same time, inserted second"),
    ]


def test_shared_member_serves_the_queues_of_all_its_views_in_one_order(desk: Desk) -> None:
    both = Member("both")
    left, right = Pool(desk.env, "left", [both]), Pool(desk.env, "right", [both])
    desk.user("holder", left, hold=10)
    desk.user("right 1", right, at=1)
    desk.user("left 2", left, at=2)
    desk.user("right 3", right, at=3)
    desk.user("left urgent", left, at=4, priority=2)
    assert [name for _, name, _ in desk.run()] == [
        "holder",
        "left urgent",
        "right 1",
        "left 2",
        "right 3",
    ]


def test_shared_member_is_busy_in_every_view(desk: Desk) -> None:
    both = Member("both")
    left, right = Pool(desk.env, "left", [both]), Pool(desk.env, "right", [both, Member("own")])
    desk.user("1", left, hold=5)
    desk.user("2", right, hold=5)
    desk.user("3", right, hold=5)
    assert desk.run() == [(0, "1", "both"), (0, "2", "own"), (5, "3", "both")]


def test_who_goes_off_duty_while_busy_finishes_and_is_not_granted_again(desk: Desk) -> None:
    member = Member("a")
    pool = Pool(desk.env, "p", [member])
    desk.user("holder", pool, hold=5)
    desk.user("waiter", pool, at=1)
    desk.at(3, lambda: setattr(member, "on_duty", False))
    desk.at(9, lambda: come_on_duty(member, 77))
    assert desk.run() == [(0, "holder", "a"), (9, "waiter", "a")]
    assert member.busy is False


def test_held_by_is_the_row_that_freed_the_member(desk: Desk) -> None:
    member = Member("a")
    pool = Pool(desk.env, "p", [member])
    assert pool.ask().held_by is None
    second, third = pool.ask(), pool.ask()
    release(member, 40)
    desk.run()
    assert (second.held_by, third.held_by) == (40, None)
    member.on_duty = False
    release(member, 41)
    assert third.member is None
    come_on_duty(member, 42)
    desk.run()
    assert third.held_by == 42
    assert third.member is member


def test_coming_on_duty_while_still_busy_gives_nothing_away(desk: Desk) -> None:
    member = Member("a")
    pool = Pool(desk.env, "p", [member])
    pool.ask()
    second = pool.ask()
    member.on_duty = False
    come_on_duty(member, 7)
    assert second.member is None
    release(member, 8)
    desk.run()
    assert second.held_by == 8


def test_only_fitting_members_are_granted_and_others_are_passed_over(desk: Desk) -> None:
    boat, fire = Member("boat", traits="boat"), Member("fire", traits="fire")
    pool = Pool(desk.env, "teams", [boat, fire])
    desk.user("x", pool, hold=2)
    desk.user("y", pool, hold=4)
    desk.user("wants fire", pool, at=1, fits=lambda m: m.traits == "fire")
    desk.user("anyone", pool, at=1, hold=9)
    assert desk.run() == [
        (0, "x", "boat"),
        (0, "y", "fire"),
        (2, "anyone", "boat"),
        (4, "wants fire", "fire"),
    ]


def test_choice_is_made_among_the_idle_ones_that_fit(desk: Desk) -> None:
    members = [Member(name, traits=distance) for name, distance in (("a", 9), ("b", 1), ("c", 2))]
    pool = Pool(desk.env, "teams", members)
    members[1].busy = True
    nearest = {
        "fits": lambda m: m.traits < 9,
        "choose": lambda idle: min(idle, key=lambda m: m.traits),
    }
    assert pool.ask(**nearest).member.id == "c"


@pytest.mark.parametrize("patience", [0, 4])
def test_giving_up_leaves_the_queue_in_order(desk: Desk, patience: int) -> None:
    pool = Pool(desk.env, "p", [Member("a")])
    desk.user("holder", pool, hold=10)
    desk.user("hasty", pool, at=1, patience=patience)
    desk.user("patient", pool, at=2)
    assert desk.run() == [
        (0, "holder", "a"),
        (1 + patience, "hasty", "gave up"),
        (10, "patient", "a"),
    ]


def test_release_before_the_timer_of_the_same_instant_grants_and_loses_nothing(desk: Desk) -> None:
    # The holder's end (planned at 0 for 5) is inserted before the timer (planned at 1 for 5).
    pool = Pool(desk.env, "p", [Member("a")])
    desk.user("holder", pool, hold=5)
    desk.user("waiter", pool, at=1, patience=4, hold=2)
    desk.user("next", pool, at=6)
    assert desk.run() == [(0, "holder", "a"), (5, "waiter", "a"), (7, "next", "a")]


def test_timer_before_the_release_of_the_same_instant_gives_up_and_loses_nothing(
    desk: Desk,
) -> None:
    # Now the timer (planned at 1 for 5) is inserted before the holder's end (at 2 for 5).
    env = desk.env
    member = Member("a")
    pool = Pool(env, "p", [member])
    first = pool.ask()
    desk.user("waiter", pool, at=1, patience=4, hold=2)
    desk.at(2, lambda: Timeout(env, 3).callbacks.append(lambda _: release(first.member, 0)))
    desk.user("next", pool, at=6)
    assert desk.run() == [(5, "waiter", "gave up"), (6, "next", "a")]
    assert member.busy is False


def test_timers_planned_earlier_win_over_a_member_freed_twice_in_that_instant(desk: Desk) -> None:
    # The grant to 0 is an event after the timers of 1 and 2: both have gone when 0 lets go.
    pool = Pool(desk.env, "p", [Member("a")])
    desk.user("holder", pool, hold=3)
    for k in range(3):
        desk.user(f"{k}", pool, at=1, hold=0, patience=2)
    desk.user("last", pool, at=3)
    assert desk.run() == [
        (0, "holder", "a"),
        (3, "0", "a"),
        (3, "1", "gave up"),
        (3, "2", "gave up"),
        (3, "last", "a"),
    ]


def test_undecided_member_is_for_who_comes_first_and_an_idle_one_is_taken_before(
    desk: Desk,
) -> None:
    # a and b are let go in one instant while 5 waits for a alone; then requests come at once.
    a, b = Member("a"), Member("b")
    both, only_a = Pool(desk.env, "both", [a, b]), Pool(desk.env, "only a", [a])
    both.ask(), both.ask()
    waits = only_a.ask(priority=5)
    release(a, 1)
    release(b, 2)
    granted = [both.ask(priority=1), both.ask(priority=6), only_a.ask(priority=5), both.ask(4)]
    # 1 takes b, who is idle; 6 and the later 5 come behind who waits; 4 comes before him.
    assert [grant.member for grant in granted] == [b, None, None, a]
    desk.run()
    assert waits.member is None
    release(a, 3)
    desk.run()
    assert (waits.member, waits.held_by, granted[2].member) == (a, 3, None)


def test_who_waits_for_an_undecided_member_and_leaves_makes_it_idle(desk: Desk) -> None:
    member = Member("a")
    pool = Pool(desk.env, "p", [member])
    pool.ask()
    waits = pool.ask()
    release(member, 1)
    give_up(waits)
    desk.run()
    assert (waits.member, waits.gave_up, member.busy) == (None, True, False)
    assert pool.ask().member is member


def test_decision_comes_behind_what_is_started_and_before_what_is_planned(desk: Desk) -> None:
    # Planned for 5 in this order: the holder's end, then a request; the holder starts another.
    pool = Pool(desk.env, "p", [Member("a")])

    def holder() -> Generator:
        grant = pool.ask()
        yield Timeout(desk.env, 5)
        release(grant.member, 0)
        desk.user("started", pool, priority=3)

    desk.env.process(holder())
    desk.user("waits", pool, at=1, priority=4)
    desk.user("planned for 5", pool, at=5, priority=1)
    assert [(time, name) for time, name, _ in desk.run()] == [
        (5, "started"),
        (6, "planned for 5"),
        (7, "waits"),
    ]


def test_who_goes_off_duty_while_undecided_is_given_to_nobody(desk: Desk) -> None:
    member = Member("a")
    pool = Pool(desk.env, "p", [member])
    pool.ask()
    waits = pool.ask()
    release(member, 1)
    member.on_duty = False
    assert pool.ask(priority=1).member is None
    desk.run()
    assert (waits.member, member.busy) == (None, False)
