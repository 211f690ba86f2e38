"""Tasks on random sites against a twin that counts second by second and tries every seating."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.model import Plan, sampler, simulate
from sim.scenario import Scenario
from sim.scenario.tasks import seated

TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
UNTIL = 4000
SEEN: Counter[str] = Counter()
Site = dict[str, Any]

skills = st.sampled_from([["a"], ["b"], ["a", "b"], ["c"]])
needs = st.sampled_from([{"a": 1}, {"a": 2}, {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 1}])


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Teams as (skills, seconds until they arrive, longest work or None), and two tasks."""
    wanted = draw(needs)
    least = {skill: draw(st.integers(0, number)) for skill, number in wanted.items()}
    team = st.tuples(skills, st.integers(0, 60), st.none() | st.integers(1, 40))
    return {
        "teams": draw(st.lists(team, min_size=1, max_size=6)),
        "needs": wanted,
        "minimum": draw(st.just(None) | st.just({k: n for k, n in least.items() if n} or None)),
        "duration": draw(st.integers(0, 100)),
        "before": draw(st.none() | st.integers(0, 50)),
    }


def can_all_sit(slots: list[str], people: list[list[str]]) -> bool:
    """Try every way to put people on different slots."""
    return any(
        all(slot in person for slot, person in zip(way, people, strict=False))
        for way in permutations(slots, len(people))
    )


def working(slots: list[str], there: list[int], teams: list) -> list[int]:
    """Who works: in order of arrival, whoever can be added to those before."""
    chosen: list[int] = []
    for k in there:
        people = [teams[i][0] for i in (*chosen, k)]
        if len(people) <= len(slots) and can_all_sit(slots, people):
            chosen.append(k)
    return chosen


def twin(site: Site) -> tuple[int | None, list[set[int]], int]:
    """Return when the task is done, the seconds at which each team works, and the work left."""
    teams = site["teams"]
    slots = [s for s, n in site["needs"].items() for _ in range(n)]
    least = site["needs"] if site["minimum"] is None else site["minimum"]
    must = [s for s, n in least.items() for _ in range(n)]
    left = site["duration"] * len(slots)
    open_from = site["before"] or 0
    worked: list[set[int]] = [set() for _ in teams]
    there: list[int] = []
    tired: list[tuple[int, int]] = []  # (when, who), in the order in which they began
    begun: set[int] = set()
    running: list[int] = []
    for second in range(UNTIL):
        if running and left <= 0:
            return second, worked, left
        moves = [("comes", k) for k, team in enumerate(teams) if team[1] == second]
        moves += [("goes", k) for when, k in tired if when == second]
        moves += [("opens", -1)] if second == open_from else []
        for what, k in moves:
            if what == "comes" and set(teams[k][0]) & set(slots):
                there.append(k)
            if what == "goes":
                there.remove(k)
            fit = any(
                can_all_sit(must, [teams[i][0] for i in group])
                for group in permutations(there, len(must))
            )
            running = working(slots, there, teams) if fit and second >= open_from else []
            for i in running:
                if i not in begun and teams[i][2] is not None:
                    tired.append((second + teams[i][2], i))
                begun.add(i)
        if running and left <= 0:
            return second, worked, left
        for k in running:
            worked[k].add(second)
        left -= len(running)
    return None, worked, left


def drill(site: Site) -> list[tuple]:
    """Let the model run the same; everybody is on the spot, turning out takes his time."""
    teams, procedures, times = {}, {}, {}
    for k, (skill, arrives, at_most) in enumerate(site["teams"]):
        work = {"work": {"at_most": f"{at_most} s"} if at_most else {}}
        steps = [{"wait": {"time": f"{arrives} s"}}, "travel", work, "return"]
        procedures[f"go-{k}"] = {"on": "ordered", "steps": steps}
        teams[f"t{k}"] = {"base": "p", "skills": [*skill, f"s{k}"], "strength": 1}
        teams[f"t{k}"]["procedures"] = [f"go-{k}"]
        times[k] = {"id": f"d{k}", "task": "job", "skills": [f"s{k}"], "time": "0 s"}
    job: dict[str, Any] = {"needs": site["needs"], "duration": f"{site['duration']} s"}
    tasks: dict[str, Any] = {"job": job}
    if site["minimum"] is not None:
        job["minimum"] = site["minimum"]
    if site["before"] is not None:
        tasks["before"] = {"needs": {"z": 1}, "duration": f"{site['before']} s"}
        job["after"] = ["before"]
        teams["z"] = {"base": "p", "skills": ["z"], "strength": 1, "procedures": ["go-z"]}
        procedures["go-z"] = {"on": "ordered", "steps": ["travel", "work", "return"]}
    order = [{"dispatch": {"id": "z", "task": "before", "time": "0 s"}}] if "z" in teams else []
    order += [{"dispatch": data} for data in times.values()]
    procedures["call"] = {"on": "noticed", "steps": order}
    incident = {"hazard": "fire", "place": "p", "course": [{"dead": 0}], "noticed": {"o": "0 s"}}
    scenario = {
        "yanlian": 1,
        "start": "2026-03-01T00:00+08:00",
        "horizon": "1 h",
        "places": {"p": {"at": [108.0, 24.0]}},
        "offices": {"o": {"role": "county_gov", "place": "p", "procedures": ["call"]}},
        "procedures": procedures,
        "teams": teams,
        "incidents": {"i": incident | {"tasks": tasks}},
    }
    return simulate(Plan(Scenario.model_validate(scenario)), sampler(1, 0), UNTIL)


def seconds_at_work(rows: list[tuple], who: str) -> set[int]:
    """The seconds at which a team works."""
    found: set[int] = set()
    since = None
    for r in rows:
        if r[ACTIVITY] != "work" or r[ACTOR] != who:
            continue
        if r[PHASE] in ("started", "resumed"):
            since = r[TIME]
        elif since is not None:
            found |= set(range(since, r[TIME]))
            since = None
    if since is not None:
        found |= set(range(since, UNTIL))
    return found


@settings(
    max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(sites())
def test_work_is_conserved_and_who_works_when_agrees_with_the_twin(site: Site) -> None:
    done, worked, left = twin(site)
    rows = drill(site)
    mine = [r for r in rows if r[ACTIVITY] == "task" and r[EXTRA]["task"] == "job"]
    ended = [r[TIME] for r in mine if r[PHASE] == "ended"]
    assert ended == ([] if done is None else [done])
    found = [seconds_at_work(rows, f"t{k}") for k in range(len(worked))]
    assert found == worked
    slots = sum(site["needs"].values())
    total = sum(map(len, found))
    if done is not None:  # the last second is begun, perhaps not needed in full
        last = sum(done - 1 in seconds for seconds in found)
        assert site["duration"] * slots <= total <= site["duration"] * slots + max(last - 1, 0)
    else:
        assert total == site["duration"] * slots - left
    checks_of_the_record(site, rows, mine)
    SEEN.update([f"{r[ACTIVITY]} {r[PHASE]}".strip() for r in rows])
    SEEN.update(r[SPAN] for r in rows)


def checks_of_the_record(site: Site, rows: list[tuple], mine: list[tuple]) -> None:
    """Only the skilled work; the task begins by an arrival or the end of what comes before."""
    for k, (skill, _, _) in enumerate(site["teams"]):
        if not set(skill) & set(site["needs"]):
            assert not seconds_at_work(rows, f"t{k}")
    if site["before"] is not None and len(mine) > 1:
        before = [r[TIME] for r in rows if r[1:3] == ("task", "ended")]
        assert before[0] <= min(r[TIME] for r in mine if r[PHASE] == "started")
    for r in mine:
        cause = rows[r[CAUSE]]
        if r[PHASE] in ("started", "resumed", "interrupted"):
            assert cause[TIME] == r[TIME]
            wanted = ["arrive", "task", "work"] if r[PHASE] != "interrupted" else ["work"]
            assert cause[ACTIVITY] in wanted
        if r[SPAN] == "" and r[PHASE] == "asked":
            assert cause[ACTIVITY] == "occur"


def test_the_random_sites_saw_every_kind_of_row() -> None:
    """Runs after the test above and proves that it was not about empty sites."""
    assert SEEN.keys() >= {
        *("task asked", "task started", "task interrupted", "task resumed", "task ended"),
        *("work asked", "work started", "work interrupted", "work resumed", "work ended"),
        *("cancelled", "waiting_others", "waiting_task", "working", "open"),
    }


@given(st.lists(skills, max_size=5), st.lists(st.sampled_from("ab"), max_size=4))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_seats_go_to_as_many_as_possible_in_order_against_every_way_to_seat(
    people: list[list[str]], slots: list[str]
) -> None:
    taken = seated(tuple(slots), [frozenset(person) for person in people])
    assert sorted(taken.values()) == working(
        slots, list(range(len(people))), [(p,) for p in people]
    )
    assert all(slots[slot] in people[k] for slot, k in taken.items())
