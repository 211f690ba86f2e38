"""Resources that nobody in the drill ever asks for: posts, teams, depots, vehicles, stocks."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.depots import asked_depots
from sim.lint.duty import needed_posts
from sim.lint.house import House, steps_within
from sim.lint.warning import LintWarning, warn
from sim.scenario.authority import may_order
from sim.texts import t


def idle_posts(house: House) -> Iterator[LintWarning]:
    """A post that an office sets up beside duty and leader should be given work."""
    used = set(needed_posts(house))
    posts = [i.post for i in house.scenario.injects.values() if i.kind == "roll_call"]
    for key, office in house.scenario.offices.items():
        for post in office.posts:
            if f"{key}/{post}" not in used and post not in posts:
                yield warn(
                    "idle_posts",
                    ("offices", key, "posts", post),
                    lambda post=post: t("nobody gives work to the post {post}", post=post),  # type: ignore[misc]
                    "hint",
                )


def idle_teams(house: House) -> Iterator[LintWarning]:
    """A team should be one that somebody may order out, or that goes by itself."""
    scenario = house.scenario
    dispatches = [(who, data) for who, data in house.steps if data.kind == "dispatch"]
    asked = [set(data.skills) for _, data in house.steps if data.kind == "ask_support"]
    needs = [
        {skill}
        for incident in scenario.incidents.values()
        for task in incident.tasks.values()
        for skill in task.needs
    ]
    escorts = [set(getattr(data, "escort", ())) for _, data in house.steps]
    called = {actor for i in scenario.incidents.values() for actor in i.noticed}
    called |= {to for inject in scenario.injects.values() for to in inject.recipients}

    def ordered(key: str) -> bool:
        team = scenario.teams[key]
        has = set(team.skills)
        for actor, data in dispatches:
            if data.purpose == "release" or not may_order(scenario, actor, key, data.from_):
                continue
            if data.as_asked and not any(wanted <= has for wanted in asked):
                continue
            if data.task and not data.skills and not any(wanted <= has for wanted in needs):
                continue
            if team.has(data.skills, data.equipment):
                return True
        return any(wanted and wanted <= has for wanted in escorts)

    for key in scenario.teams:
        if key not in called and not ordered(key):
            yield warn(
                "idle_teams",
                ("teams", key),
                lambda key=key: t("nobody ever orders {team} out", team=key),  # type: ignore[misc]
                "hint",
            )


def idle_depots(house: House) -> Iterator[LintWarning]:
    """A depot should be asked for goods, or one from which another is filled up."""
    asked = asked_depots(house)
    for key in house.scenario.depots:
        if key not in asked:
            yield warn(
                "idle_depots",
                ("depots", key),
                lambda key=key: t("nobody ever asks {depot} for goods", depot=key),  # type: ignore[misc]
                "hint",
            )


def idle_vehicles(house: House) -> Iterator[LintWarning]:
    """Vehicles should stand where goods are loaded; of a depot that nobody asks that is told."""
    asked = asked_depots(house)
    for key, vehicle in house.scenario.vehicles.items():
        if vehicle.depot not in asked:
            continue
        steps = (s for p in house.procedures(vehicle.depot) for s in steps_within(p.steps))
        if all(step.data.kind != "load" for step in steps):
            yield warn(
                "idle_vehicles",
                ("vehicles", key),
                lambda key=key, depot=vehicle.depot: t(  # type: ignore[misc]
                    "{vehicle} stands at {depot}, which never loads goods",
                    vehicle=key,
                    depot=depot,
                ),
                "hint",
            )


def idle_stocks(house: House) -> Iterator[LintWarning]:
    """What the author puts into a depot should be something that somebody wants.

    Lists that are read in (`inventory`) hold whatever is in store, used or not.
    """
    scenario = house.scenario
    if scenario.inventory:
        return
    wanted = {item for _, data in house.steps if data.kind == "request" for item in data.items}
    wanted |= {item for shelter in scenario.shelters.values() for item in shelter.items}
    wanted |= {item for depot in scenario.depots.values() for item in depot.replenish}
    for key in asked_depots(house):
        idle = [item for item in scenario.depots[key].stock if item not in wanted]
        if idle:
            yield warn(
                "idle_stocks",
                ("depots", key, "stock"),
                lambda key=key, idle=idle: t(  # type: ignore[misc]
                    "nobody ever asks {depot} for {items}", depot=key, items=t(", ").join(idle)
                ),
                "hint",
            )
