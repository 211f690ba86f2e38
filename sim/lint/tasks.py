"""Tasks that nobody can do, or that nobody is sent to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.scenario.authority import may_order
from sim.scenario.tasks import Teams, seated
from sim.scenario.teams import Team
from sim.texts import t


def too_few_teams(house: House) -> Iterator[LintWarning]:
    """There must be teams enough that somebody may send to a task, each in one place."""
    for key, incident in house.scenario.incidents.items():
        for name, task in incident.tasks.items():
            skills = [frozenset(team.skills) for team in _sent(house, name)]
            begins = len(seated(task.least(), skills)) == len(task.least())
            if begins and len(seated(task.slots(), skills)) == len(task.slots()):
                continue
            needs = task.needs if begins else task.minimum or task.needs
            there = {skill: sum(skill in team for team in skills) for skill in needs}
            yield warn(
                "too_few_teams",
                ("incidents", key, "tasks", name),
                lambda args=(name, begins, needs, there): _too_few(*args),  # type: ignore[misc]
            )


def _too_few(task: str, begins: bool, needs: Teams, there: Mapping[str, int]) -> str:
    short = {skill: n for skill, n in needs.items() if n > there[skill]}
    text = t(
        "the task {task} needs teams with the skills {needs}, and there are {there} that anybody "
        "may send",
        task=task,
        needs=t(", ").join(f"{skill} × {n}" for skill, n in (short or needs).items()),
        there=t(", ").join(f"{skill} × {there[skill]}" for skill in short or needs),
    )
    if not short:
        text += t(", each of them in one place at a time")
    slower = t(": it goes on with fewer teams, and more slowly")
    return text + (slower if begins else t(": it can never begin"))


def _sent(house: House, task: str) -> list[Team]:
    """Return the teams that somebody may send to a task; all of them where nobody sends any."""
    steps = [(actor, step.data) for actor, _, step in house.everywhere()]
    asked = any(data.kind == "ask_support" and data.task == task for _, data in steps)
    senders = [
        (actor, data)
        for actor, data in steps
        if data.kind == "dispatch" and (data.task == task or (asked and data.as_asked))
    ]
    return [
        team
        for key, team in house.scenario.teams.items()
        if not senders
        or any(
            team.has(data.skills, data.equipment)
            and may_order(house.scenario, actor, key, data.from_)
            for actor, data in senders
        )
    ]


def idle_tasks(house: House) -> Iterator[LintWarning]:
    """Somebody should order teams to every task, and those teams should work on it."""
    steps = [step.data for _, _, step in house.everywhere()]
    named = {data.task for data in steps if data.kind in ("dispatch", "work")}
    for key, incident in house.scenario.incidents.items():
        for name in incident.tasks:
            if name not in named:
                yield warn(
                    "idle_tasks",
                    ("incidents", key, "tasks", name),
                    lambda name=name: t("nobody orders teams to the task {task}", task=name),  # type: ignore[misc]
                )


def work_without_task(house: House) -> Iterator[LintWarning]:
    """Teams that work on the task of their order need orders with a task."""
    to_tasks = {
        data.task is not None
        for data in (step.data for _, _, step in house.everywhere())
        if data.kind == "dispatch"
    }
    for key in house.scenario.teams:
        for procedure in house.procedures(key):
            for step in procedure.steps:
                aimless = step.data.kind == "work" and step.time is None and not step.data.task
                if aimless and to_tasks == {False}:
                    yield warn(
                        "work_without_task",
                        house.node(procedure.key, key),
                        lambda key=key: t(  # type: ignore[misc]
                            "{team} is to work on the task of its order, but nobody orders teams "
                            "to a task",
                            team=key,
                        ),
                    )
