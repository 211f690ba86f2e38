"""Posts, shifts, persons and superiors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.people import Post, Staffing, in_full
from sim.scenario.scenario import Scenario
from sim.texts import t


def duty_problems(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> list[Problem]:
    """Return the problems with who stands where when, and under whom."""
    return [
        *_staffing(scenario, file),
        *_named_shifts(scenario, file),
        *_posts_of_people(scenario, known, file),
        *_given_up(scenario, file),
        *rings(
            {key: office.superior for key, office in scenario.offices.items()},
            "offices",
            "superior",
            file,
        ),
    ]


def posts(scenario: Scenario, actor: str) -> list[str] | None:
    """Return the posts of an office or a depot, `None` for anybody else."""
    if actor in scenario.offices:
        return ["duty", "leader", *scenario.offices[actor].posts]
    return ["crew"] if actor in scenario.depots else None


def _staffing(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Persons per shift: the shifts must stand in the calendar."""
    for key, office in scenario.offices.items():
        staff: dict[Node, Staffing] = {("duty",): office.duty, ("leader",): office.leader}
        staff |= {("posts", post): persons for post, persons in office.posts.items()}
        for node, staffing in staff.items():
            yield from _post(scenario, office.calendar, staffing, ("offices", key, *node), file)
    for key, depot in scenario.depots.items():
        yield from _post(scenario, depot.calendar, depot.crew, ("depots", key, "crew"), file)


def _post(
    scenario: Scenario, calendar: str | None, staffing: Staffing, path: Node, file: YamlFile
) -> Iterator[Problem]:
    """The shifts of one post, and those of them that are on call."""
    post = in_full(staffing)
    if isinstance(post.persons, dict):
        node: Node = (*path, "persons") if isinstance(staffing, Post) else path
        yield from _shifts(scenario, calendar, post.persons, node, file)
    if isinstance(post.on_call, list):
        given = post.persons if isinstance(post.persons, dict) else {}
        for k, name in enumerate(post.on_call):
            if name not in given:
                expected = t("a shift that the post is staffed in")
                hint = did_you_mean(name, given)
                yield file.problem((*path, "on_call", k), expected, shown(name), hint)


def _named_shifts(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    for section in ("teams", "people"):
        for key, thing in getattr(scenario, section).items():
            path: Node = (section, key, "shifts")
            yield from _shifts(scenario, thing.calendar, thing.shifts, path, file)


def _shifts(
    scenario: Scenario, calendar: str | None, names: Collection[str], path: Node, file: YamlFile
) -> Iterator[Problem]:
    if names and calendar is None:
        yield file.problem(path, t("a calendar beside the names of shifts"), t("nothing"))
    found = scenario.calendars.get(calendar or "")
    for k, name in enumerate(names if found else ()):
        if name not in found.shifts:  # type: ignore[union-attr]
            expected = t("a shift of the calendar {calendar}", calendar=calendar)
            hint = did_you_mean(name, found.shifts)  # type: ignore[union-attr]
            place = name if isinstance(names, dict) else k
            yield file.problem((*path, place), expected, shown(name), hint)


def _posts_of_people(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> Iterator[Problem]:
    every = [
        f"{actor}/{post}"
        for actor in (*scenario.offices, *scenario.depots)
        for post in posts(scenario, actor) or ()
    ]
    for key, person in scenario.people.items():
        if not person.posts:
            yield file.problem(("people", key, "posts"), t("at least one post"), t("an empty list"))
        for k, post in enumerate(person.posts):
            actor = post.partition("/")[0]
            unread = any(
                actor in known[name] and actor not in getattr(scenario, name)
                for name in ("offices", "depots")
            )
            if post not in every and not unread:
                expected = t("a post such as {post}", post="hechi/duty")
                hint = did_you_mean(post, every)
                yield file.problem(("people", key, "posts", k), expected, shown(post), hint)


def _given_up(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Who is held throughout a procedure is not called away from it."""
    for key, procedure in scenario.procedures.items():
        if procedure.interruptible and procedure.hold == "procedure":
            expected = t("hold: step where work can be interrupted")
            yield file.problem(("procedures", key, "hold"), expected, "procedure")


def rings(
    above: Mapping[str, str | None], section: str, field: str, file: YamlFile
) -> Iterator[Problem]:
    """Yield one problem for each ring that the chains of `field` run into."""
    seen: set[str] = set()
    for first in above:
        chain: list[str] = []
        key: str | None = first
        while key is not None and key not in chain and key not in seen:
            chain.append(key)
            key = above.get(key)
        seen.update(chain)
        if key in chain:
            ring = [*chain[chain.index(key) :], key]
            expected = t("a chain that ends")
            yield file.problem((section, key, field), expected, " → ".join(ring))
