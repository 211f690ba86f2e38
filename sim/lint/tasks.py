"""Tasks that nobody can do, or that nobody is sent to."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House
from sim.lint.warning import LintWarning, warn
from sim.scenario.tasks import seated
from sim.texts import t


def too_few_teams(house: House) -> Iterator[LintWarning]:
    """There must be teams enough for the least that a task begins with, each in one place."""
    skills = [frozenset(team.skills) for team in house.scenario.teams.values()]
    for key, incident in house.scenario.incidents.items():
        for name, task in incident.tasks.items():
            least = task.least()
            taken = seated(least, skills)
            short = [skill for slot, skill in enumerate(least) if slot not in taken]
            if short:
                yield warn(
                    "too_few_teams",
                    ("incidents", key, "tasks", name),
                    lambda name=name, short=short: t(  # type: ignore[misc]
                        "the task {task} can never begin: {n} teams are missing, with the skills "
                        "{skills}",
                        task=name,
                        n=len(short),
                        skills=t(", ").join(dict.fromkeys(short)),
                    ),
                )


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
                        ("procedures", procedure.key),
                        lambda key=key: t(  # type: ignore[misc]
                            "{team} is to work on the task of its order, but nobody orders teams "
                            "to a task",
                            team=key,
                        ),
                    )
