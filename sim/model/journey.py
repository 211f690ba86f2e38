"""One way of a team or a convoy, link by link, or as the crow flies where no links lead there.

A link takes the time that it has when it is entered.  When the roads change, the way is
chosen anew at the next node; whoever is at a node in that very second chooses there.  A
vehicle whose link closes under it drives on to its end, or turns back where
`policies.travel.on_closure` says so and the link is not one-way: it takes as long back as it
took so far.  Where no way is open it waits at the node.

After a stop (`sim.model.stops`) it goes on where it stood.  Of roads that changed meanwhile it
hears then, and chooses its way anew at the next node.

Rows tell of every choice; their `way` lists the places passed since the row before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.pool import Member
from sim.model.roads import Leg
from sim.model.stops import stops_of
from sim.scenario.geo import Point


class Journey:
    """Under way to `to`; `node` is the last place passed.

    `point` is where it stands when it was diverted between two places as the crow flies.  The
    rows say `about` whom they are: vehicles, persons who follow their team.  Whoever is `escorted`
    may use the fast lane.
    """

    __slots__ = (
        *("_about", "_act", "_back_until", "_because", "_factor", "_flight", "_legs", "_meant"),
        *("_names", "_news", "_order", "_passed", "_stops", "_times", "_who", "_world"),
        *("node", "point", "to"),
    )

    def __init__(
        self,
        act: Act,
        members: Sequence[Member],
        place: str,
        factor: float,
        about: dict[str, Any] | None = None,
        escorted: bool = False,
    ):
        self._act = act
        self._about = about or {}
        self._world = act.world
        self._names = [member.id for member in members]
        self._who = act.world.roads.traveller(members)
        if escorted:
            self._who = self._who._replace(entitled=True)
        self._stops = stops_of(act, members)
        self._factor = factor
        self.node = act.world.places[self._names[0]]
        self.point: Point | None = None
        self.to = place
        self._passed = [self.node]
        self._legs: Sequence[Leg] = ()
        self._times: list[int] = []
        self._meant: list[str] | None = None
        self._back_until = 0
        self._flight: tuple[str, int, int] | None = None
        self._news: Event | None = None
        self._because: int | None = None
        self._order: int | None = None

    # -- what others tell and ask it ---------------------------------------------------
    def roads_changed(self, row: int | None) -> None:
        """Hear that links opened, closed or changed their speed."""
        if self._flight is None:
            self._because = row
            self._wake()

    def divert(self, place: str, row: int) -> None:
        """Go to another place, because of `row`: over links from the next node, or back.

        It turns back where that is quicker and the link not one-way.  As the crow flies it goes
        from where it is.  The rows that follow have `row` as their cause.
        """
        self.to, self._order = place, row
        self._wake()

    def seconds_to(self, place: str) -> int:
        """Return how long it would take from now to `place` if it were diverted there."""
        now = self._world.now
        if self._flight is not None:
            roads, end = self._world.plan.roads, self._world.plan.roads.point(place)
            return self._factored(roads.straight_from(self._position(), end, self._who))
        if now < self._back_until:
            return self._back_until - now + self._seconds(self.node, place)
        k = bisect_left(self._times, now)
        if k == len(self._times) or self._times[k] == now:
            at = self._legs[k - 1].end if self._legs and k else self.node
            return self._seconds(at, place)
        ahead, back = self._ways_out(k, place)
        return ahead if self._one_way(self._legs[k - 1]) else min(ahead, back)

    # -- the way -----------------------------------------------------------------------
    def run(self, activity: str) -> Steps:
        """Travel until it is there, and write that the activity has ended."""
        world = self._world
        for name in self._names:
            world.journeys[name] = self
        while self.node != self.to or self.point is not None:
            if not self._stops.left:
                yield from self._stop()
            elif self.point is None and world.roads.linked(self.node, self.to, self._who):
                yield from self._over_links()
            else:
                yield from self._straight()
            self._take_order()
        for name in self._names:
            del world.journeys[name]
            world.places[name] = self.node
        self.tell(activity, "ended", self.to)

    def _over_links(self) -> Steps:
        """Go as far as the way that is now the quickest holds, or wait for one."""
        goal = self.to
        way = self._world.roads.way(self.node, goal, self._who)
        if way is None:
            yield from self._wait_for_a_way()
            return
        legs = way.legs
        links = [leg.link for leg in legs]
        if self._meant is not None and self._meant != links:
            self.tell("reroute", "", self.node)
        seconds = (self._scaled(leg.seconds) for leg in legs)
        self._legs, self._times = legs, list(accumulate(seconds, initial=self._world.now))
        last, done, turns = len(legs), 0, False
        while self._world.now < self._times[last] and not turns:
            yield from self._drive(self._times[last] - self._world.now)
            last = bisect_left(self._times, self._world.now)
            at_node = self._times[last] == self._world.now
            reached = last if at_node else last - 1
            self._pass(legs[done:reached])
            done = reached
            if not at_node:
                if not self._stops.left:
                    yield from self._stop()
                turns = self._turns(last)
            self._take_order()
        self._meant = links[done:] if self.to == goal else None
        if turns:
            yield from self._turn_back(legs[done], self._world.now - self._times[done])
        self._legs, self._times = (), []

    def _pass(self, legs: Sequence[Leg]) -> None:
        for leg in legs:
            self.node = leg.end
            self._passed.append(leg.end)

    def _turns(self, k: int) -> bool:
        """Return whether it turns back on the leg that ends at time `k`."""
        leg = self._legs[k - 1]
        if self._one_way(leg):
            return False
        may = self._world.scenario.policies.travel.on_closure == "turn_back"
        if may and self._world.roads.closed(leg.link):
            return True
        if self._order is None:
            return False
        ahead, back = self._ways_out(k, self.to)
        return back < ahead

    def _ways_out(self, k: int, place: str) -> tuple[int, int]:
        """Return the times to a place from within a leg: driving on, and turning back."""
        leg, now = self._legs[k - 1], self._world.now
        ahead = self._times[k] - now + self._seconds(leg.end, place)
        return ahead, now - self._times[k - 1] + self._seconds(leg.start, place)

    def _turn_back(self, leg: Leg, seconds: int) -> Steps:
        self.tell("turn_back", "", self.node, {"links": leg.link})
        self._back_until = self._world.now + seconds
        while self._world.now < self._back_until:
            yield from self._drive(self._back_until - self._world.now)
            if self._world.now < self._back_until:
                self._back_until += yield from self._stop()
            self._take_order()
        self._passed.append(self.node)
        self._meant = None

    def _wait_for_a_way(self) -> Steps:
        """Stand at a node until a way is open or another place is ordered."""
        act, roads = self._act, self._world.roads
        self.tell("blocked", "", self.node)
        act.doing = "blocked_road"
        while self._order is None and roads.way(self.node, self.to, self._who) is None:
            self._news = Event(self._world.env)
            yield self._news
            self._news = None
        if self._order is None:
            where = {"place": self.node} | self._about
            act.write("wait", "ended", act.doing, act.matter.id, "", self._because, where)
        self._take_order()
        act.doing = "travel"
        self._meant = None

    def _straight(self) -> Steps:
        """Go as the crow flies."""
        world, env, goal = self._world, self._world.env, self.to
        roads = world.plan.roads
        begin: int = env._now  # type: ignore[assignment]
        if self.point is None:
            total = self._factored(roads.straight(self.node, goal, self._who))
        else:
            total = self._factored(roads.straight_from(self.point, roads.point(goal), self._who))
        self._flight = (goal, begin, total)
        done = 0
        while self._order is None and done < total:
            yield from self._drive(total - done)
            done = env._now - begin  # type: ignore[assignment]
            if done < total:
                stood = yield from self._stop()
                begin += stood
                self._flight = (goal, begin, total)
        if done >= total:
            self.node, self.point = goal, None
            self._passed = [*self._passed, goal] if len(self._passed) > 1 else [goal]
        elif done:
            self.point = self._position()
        self._flight = None

    def _position(self) -> Point:
        """Return where it is between two points, in degrees: by the share of the time."""
        assert self._flight is not None
        goal, begin, total = self._flight
        roads = self._world.plan.roads
        (lon, lat), (east, north) = self.point or roads.point(self.node), roads.point(goal)
        share = (self._world.now - begin) / total if total else 0.0
        return lon + share * (east - lon), lat + share * (north - lat)

    # -- small parts -------------------------------------------------------------------
    def _take_order(self) -> None:
        """Write that it goes to another place from here on; the order's row is the cause."""
        order, act = self._order, self._act
        if order is None:
            return
        former = act.last
        self.tell("divert", "", self.to)
        act.last = order if order > former else act.last
        act.matter.place = self.to
        self._order = self._meant = None

    def tell(self, activity: str, phase: str, place: str, extra: Any = None) -> None:
        """Write a row of this journey, with the places passed since the one before."""
        act = self._act
        told = {"place": place} | self._about
        if extra:
            told |= extra
        if len(self._passed) > 1:
            told["way"] = "|".join(self._passed)
        self._passed = [self.node]
        act.write(activity, phase, act.doing, act.matter.id, extra=told)

    def _drive(self, seconds: int) -> Steps:
        """Drive so long, or until there is news or a stop is due."""
        env, stops = self._world.env, self._stops
        begun, left = env._now, stops.left
        self._news = Timeout(env, seconds if seconds < left else left)
        yield self._news
        self._news = None
        stops.drove(env._now - begun)  # type: ignore[arg-type]

    def _stop(self) -> Steps:
        """Make the stop that is due, if any; return how long it took."""
        if self._stops.left:
            return 0
        begun = self._world.now
        yield from self._stops.stand(self.node, self.tell)
        stood = self._world.now - begun
        self._times = [time + stood for time in self._times]
        return stood

    def _wake(self) -> None:
        """Hand what waits for news to an event of this second."""
        if self._news is not None:
            soon = Event(self._world.env)
            soon.callbacks, self._news.callbacks = self._news.callbacks, []
            self._news = None
            soon.succeed()

    def _seconds(self, start: str, end: str) -> int:
        return self._scaled(self._world.roads.seconds(start, end, self._who))

    def _scaled(self, seconds: int) -> int:
        return max(self._factored(seconds), min(seconds, 1))

    def _factored(self, seconds: int) -> int:
        return int(seconds * self._factor + 0.5)

    def _one_way(self, leg: Leg) -> bool:
        return self._world.scenario.links[leg.link].one_way
