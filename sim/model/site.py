"""Tasks at their sites: teams come together, work, leave, and are done.

A task that takes D seconds with all N teams that it needs is D·N team-seconds of work; k teams
at work do k of them in a second.  What is left is reckoned anew whenever a team comes or goes;
the task ends at the first whole second at which nothing is left.  A team that comes or goes in
that very second finds it done.

Who is at work: as many of those present as there are places for their skills, in order of
arrival (`sim.scenario.tasks.seated`).  Nobody works before the tasks in `after` are done, nor
while those present cannot fill the minimum.
"""

from __future__ import annotations

from functools import partial

from simpy import Event
from simpy.events import Timeout

from sim.model.act import Act
from sim.model.growth import grow
from sim.model.presence import Presence, skills_of
from sim.model.things import Matter, Order
from sim.model.world import World
from sim.scenario.tasks import Task, seated


class Site:
    """One task of an incident, from the incident's occurrence on.

    `left` are team-seconds of work, `present` the teams in order of arrival, `row` the task's
    last row, `gone` the orders whose teams have left it.
    """

    def __init__(self, world: World, incident: str, key: str, data: Task, row: int):
        self.world, self.incident, self.key, self.data = world, incident, key, data
        self.slots, self.least = data.slots(), data.least()
        self.place = data.place or world.scenario.incidents[incident].place
        stream = f"incident/{incident}/task/{key}/duration"
        self.duration = world.sampler.seconds(data.duration, stream)
        self.left = self.duration * len(self.slots)
        self.present: list[Presence] = []
        self.offices: dict[str, None] = {}
        self.gone: set[str] = set()
        self.begun = self.running = self.done = False
        self._since = world.now
        self._timer: Timeout | None = None
        self.row = row
        self._write("asked", row)

    # -- teams come and go ---------------------------------------------------------------
    def arrive(self, act: Act, at_most: int | None) -> Presence:
        """Take a team in; it works as soon as it can."""
        arrival = act.last
        self.offices[act.matter.sender] = None
        self.gone.discard(act.matter.id)
        presence = Presence(act, at_most)
        act.write("work", "asked", extra={"task": self.key})
        self._reckon()
        if self.done or not presence.skills & set(self.slots):
            presence.end("not_needed")
        else:
            self.present.append(presence)
            self._arrange(arrival)
        return presence

    def leave(self, presence: Presence, reason: str) -> None:
        """Let a team go before the task is done (rest, relief, another order)."""
        if presence in self.present:
            self._reckon()
        if presence in self.present:
            self.present.remove(presence)
            self.gone.add(presence.act.matter.id)
            self._arrange(presence.end(reason))

    # -- work ------------------------------------------------------------------------------
    def _arrange(self, row: int) -> None:
        """Let those work who can; `row` is what has changed."""
        before = [self.world.tasks[self.incident, key] for key in self.data.after]
        is_turn = all(task.done for task in before)
        skills = [presence.skills for presence in self.present]
        ready = is_turn and len(seated(self.least, skills)) == len(self.least)
        if ready != self.running:
            self.running = ready
            self._write(("resumed" if self.begun else "started") if ready else "interrupted", row)
            self.begun = True
        at_work = set(seated(self.slots, skills).values()) if ready else set()
        for k, presence in enumerate(self.present):
            if k not in at_work:
                presence.wait("waiting_others" if is_turn and not ready else "waiting_task", row)
            elif not presence.is_at_work:
                is_first = not presence.begun
                presence.work(row)
                if is_first and presence.at_most is not None:
                    timer = Timeout(self.world.env, presence.at_most)
                    timer.callbacks.append(partial(self._tired, presence))
        self._since, self._timer = self.world.now, None
        if at_work:
            self._timer = Timeout(self.world.env, -(-self.left // len(at_work)))
            self._timer.callbacks.append(self._ring)

    def _reckon(self) -> None:
        """Take off the work done since the last change; nothing left is the end."""
        now = self.world.now
        self.left -= (now - self._since) * sum(p.is_at_work for p in self.present)
        self._since = now
        if self.running and self.left <= 0:
            self._finish()

    def _tired(self, presence: Presence, _: Event) -> None:
        self.leave(presence, "rest")

    def _ring(self, timer: Event) -> None:
        if timer is self._timer:
            self._reckon()

    def _finish(self) -> None:
        """The task is done: all go on, what comes after it begins, the offices hear of it."""
        self.done, self.running = True, False
        self._write("ended", self.row, "working")
        row = self.row
        present, self.present = self.present, []
        offices = self.offices | dict.fromkeys(order.sender for order, _ in self.orders())
        for presence in present:
            self.gone.add(presence.act.matter.id)
            presence.end("")
        for task in self.world.tasks.values():
            if task.incident == self.incident and self.key in task.data.after:
                task._arrange(row)
        line = f"incident/{self.incident}/task/{self.key}"
        for office in offices:
            self.world.happens("task_done", office, Matter(self.incident, line, task=self.key), row)

    def _write(self, phase: str, cause: int, span: str = "") -> None:
        extra = {"task": self.key, "place": self.place}
        row = (self.world.now, "task", phase, "", "", "", self.incident, cause, None, span, extra)
        self.world.rows.append(row)
        self.row = len(self.world.rows) - 1

    # -- what is on its way ----------------------------------------------------------------
    def orders(self) -> list[tuple[Order, frozenset[str]]]:
        """Return the orders to this task that stand, each with the skills of who comes or works."""
        found = {}
        for act in self.world.running:
            order = act.matter
            if not isinstance(order, Order) or order.id in self.gone:
                continue
            if order.incident == self.incident and order.task == self.key:
                found[order.id] = (order, skills_of(act))
        return list(found.values())


def lacking(world: World, incident: str, task: str) -> list[str]:
    """Return a skill for every team that a task needs and that is neither there nor ordered."""
    site = world.tasks.get((incident, task))
    if site is None or site.done:
        return []
    taken = seated(site.slots, [skills for _, skills in site.orders()])
    return [skill for slot, skill in enumerate(site.slots) if slot not in taken]


def no_site(world: World, incident: str, task: str) -> str:
    """Return why there is nothing to work on: no such task, none named, or not needed yet."""
    if not task:
        return "task_not_named"
    known = world.scenario.incidents.get(incident)
    return "task_not_arisen" if known is not None and task in known.tasks else "no_task"


def open_tasks(world: World, incident: str, row: int) -> None:
    """Begin to need what an incident's tasks need; `row` is its occurrence."""
    for key, data in world.scenario.incidents[incident].tasks.items():
        site = world.tasks[incident, key] = Site(world, incident, key, data, row)
        if data.growth is not None:
            world.env.process(grow(site, data.growth))


def call_away(world: World, order: Order, reason: str) -> bool:
    """Take the team of an order off its task; return whether it was there."""
    site = world.tasks.get((order.incident, order.task))
    for presence in site.present if site else ():
        if presence.act.matter is order:
            site.leave(presence, reason)  # type: ignore[union-attr]
            return True
    return False


def close_tasks(world: World, until: int) -> None:
    """Write a row for every task that is not done at the end of the record."""
    for (incident, key), site in world.tasks.items():
        if not site.done:
            span = "working" if site.running else "waiting_team"
            extra = {"task": key, "place": site.place}
            row = (until, "open", "", "", "", "", incident, site.row, None, span, extra)
            world.rows.append(row)
