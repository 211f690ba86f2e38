"""What an animation shows when: the pace by closed form, the rest by slow twins and by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.report.acts import Acts, Bar, read_acts
from sim.report.animation.board import CARD, LEVELS, lay_board
from sim.report.animation.film import EVEN, doing_of, make_film, pace
from sim.report.animation.moves import moves, position
from sim.report.animation.stage import HEIGHT, WIDTH, set_stage
from sim.report.names import roles
from sim.report.style import figure_style
from sim.report.window import Window
from sim.texts import in_language, label

FOLDER = Path(__file__).parents[3] / "scenarios"


@pytest.mark.parametrize("instants", [[], [500], list(range(0, 1001, 4))])
def test_evenly_spread_instants_give_an_even_clock(instants: list[int]) -> None:
    for part, second in pace(instants, Window(0, 1000)):
        assert part == pytest.approx(second / 1000, abs=0.02)


def test_what_is_busy_gets_its_share_of_the_film() -> None:
    """All instants in the first tenth: it gets the busy part and a tenth of the even part."""
    knots = {s: p for p, s in pace(list(range(0, 1000, 5)), Window(0, 10_000))}
    at = min(knots, key=lambda second: abs(second - 1000))
    assert knots[at] == pytest.approx((1 - EVEN) + EVEN * 0.1, abs=0.01)


def test_the_clock_never_runs_backwards_and_holds_both_ends() -> None:
    knots = pace([3, 3, 3, 700, 702], Window(0, 1003))
    parts, seconds = zip(*knots, strict=True)
    assert list(parts) == sorted(parts)
    assert list(seconds) == sorted(seconds)
    assert (knots[0], knots[-1]) == ((0, 0), (1, 1003))


def test_what_an_actor_does_against_looking_second_by_second() -> None:
    bars = [
        Bar("x", 0, 10, "check", "verifying", "1"),
        Bar("x", 4, 12, "write", "drafting", "2"),
        Bar("y", 2, 5, "work", "working", "3"),
        Bar("x", 20, 25, "other", "period", "4"),
    ]
    with in_language("en"):
        found = doing_of(Acts(bars, [], [], 0, 30))
        for actor in "xy":
            for second in range(30):
                here = [b.span for b in bars if b.actor == actor and b.start <= second < b.end]
                words = ", ".join(label("span", s) for s in here if s != "period")
                shown = [w for a, s, e, w in found if a == actor and s <= second < e]
                assert shown == ([words] if words else [])


def test_messages_sites_captions_and_what_is_unknown(small_log, towns) -> None:
    with in_language("en"):
        film = make_film(small_log, towns, {})
    assert [(p.sender, p.recipient, p.look) for p in film.passings] == [
        ("county", "city", "report"),
        ("county", "t1", "order"),
        ("county", "t2", "order"),
    ]
    assert film.sites == [(60, "c", "fire")]
    assert film.unknown == ["nowhere"]
    assert [c.time for c in film.captions] == sorted(c.time for c in film.captions)
    assert [c.clock for c in film.captions][:2] == ["05:01", "05:01"]
    assert film.captions[1].words.startswith("county reported")


def test_the_film_lasts_until_the_last_thing_to_be_told(make_record) -> None:
    record, row = make_record
    rows = [row(60 * k, "reported", "a", "b", message=f"m{k}", kind="initial") for k in range(30)]
    late = [row(40 * 86_400, "terminate", "b"), row(41 * 86_400, "draft started", "b")]
    film = make_film(record([row(0, "occur"), *rows, *late]), None, {})
    assert film.captions[-1].time == film.window.end == 40 * 86_400
    assert {s: p for p, s in film.pace}[film.window.end] == 1


def stage_of(log, scenario, lang="en"):
    with in_language(lang), figure_style():
        film = make_film(log, scenario, {})
        links = scenario.links.values() if scenario else ()
        roads = {(link.from_, link.to): link.kind for link in links}
        return film, set_stage(film, roles(log.table), roads, "title")


def test_a_team_is_on_its_way_where_the_length_driven_says(small_log, towns) -> None:
    """a-b is 0.3°, b-c 0.4° of latitude: in pixels the way bends where a-b ends."""
    film, stage = stage_of(small_log, towns)
    data = moves(film, stage)
    view = stage.views["overview"]
    a, b, c = (view.place(towns.places[key].at) for key in "abc")
    (team,) = [m for m in data["movers"] if m["number"] == 1]
    across, up = b[0] - a[0], b[1] - c[1]
    speed = (across + up) / 100
    assert position(team, "overview", 100) == (a, False)
    x, y = position(team, "overview", 200 + 0.5 * across / speed)[0]
    assert (x, y) == (pytest.approx(a[0] + across / 2), a[1])
    x, y = position(team, "overview", 200 + (across + 0.25 * up) / speed)[0]
    assert (x, y) == (pytest.approx(b[0]), pytest.approx(b[1] - up / 4, abs=0.2))
    assert position(team, "overview", 301) == (c, False)


def test_vehicles_are_seen_while_they_drive_and_not_on_ways_nobody_knows(small_log, towns) -> None:
    film, stage = stage_of(small_log, towns)
    data = moves(film, stage)
    trucks = [m for m in data["movers"] if not m["number"]]
    assert len(trucks) == 1, "the one to `nowhere` is not drawn"
    assert [position(trucks[0], "scene", s) is not None for s in (319, 320, 380, 381)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert [m["number"] for m in data["movers"] if m["stays"]] == [1, 2], "t2 stays at home"


def test_a_team_that_went_nobody_knows_where_is_not_shown_at_home(make_record, towns) -> None:
    record, row = make_record
    rows = [
        row(0, "role", "t", actor_role="team", place="a"),
        row(0, "role", "o", actor_role="county_gov", place="b"),
        row(1, "occur", place="c"),
        row(5, "dispatch", "o", "t", "o1"),
        row(10, "travel started", "t", matter="o1", place="a"),
        row(90, "travel ended", "t", matter="o1", place="x"),
        row(95, "arrive", "t", matter="o1", place="x"),
    ]
    film, stage = stage_of(record(rows), towns)
    (team,) = moves(film, stage)["movers"]
    assert [position(team, "scene", s) is not None for s in (5, 50, 95)] == [True, False, False]


@pytest.mark.parametrize("count", [1, 7, 40, 90])
def test_cards_never_overlap_nor_leave_the_board(count: int) -> None:
    names = [f"x{k}" for k in range(count)]
    flat = [role for roles_ in LEVELS for role in roles_] + [""]
    role = {name: flat[k % len(flat)] for k, name in enumerate(names)}
    board = lay_board(names, role, (12, 54, 492, 632))
    cards = list(board.cards.values())
    assert len(cards) + len(board.left_out) == count
    assert len(board.left_out) == 0 or count == 90
    for k, one in enumerate(cards):
        assert one.x >= 12
        assert one.x + one.width <= 504
        assert one.y + CARD <= 54 + 632 + 1
        for other in cards[k + 1 :]:
            apart = (abs(one.x - other.x) >= one.width, abs(one.y - other.y) >= CARD)
            assert any(apart), (one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["city-bridges", "typhoon-warning"])
def test_the_stage_of_shipped_drills_has_no_text_over_another_or_outside(name, lang) -> None:
    from itertools import combinations

    scenario = sim.load_scenario(FOLDER / f"{name}.yaml")
    film, stage = stage_of(sim.run(scenario, 1, name=name), scenario, lang)
    picture = stage.picture
    renderer = picture.canvas.get_renderer()
    for ax in picture.axes:
        boxes = [(x, x.get_window_extent(renderer)) for x in ax.texts if x.get_gid() != "city"]
        for text, box in boxes:
            assert 0 <= box.x0 < box.x1 <= WIDTH, text
            assert 0 <= box.y0 < box.y1 <= HEIGHT, text
        for (one, box), (other, second) in combinations(boxes, 2):
            assert not box.overlaps(second), (one.get_text(), other.get_text())
    assert moves(film, stage)["messages"]


def test_a_record_without_places_has_a_board_and_no_map() -> None:
    log = sim.read_log(FOLDER / "real" / "qingdao_2013_pipeline" / "events.csv")
    _, stage = stage_of(log, None)
    assert stage.views == {}
    assert set(stage.board.cards) == set(read_acts(log).actors())
    assert any("No place is known" in note for note in stage.notes)


def test_places_found_by_name_are_said_to_be() -> None:
    log = sim.read_log(FOLDER / "real" / "hengxian_2009_fire" / "events.csv")
    with in_language("zh"):
        _, stage = stage_of(log, None, "zh")
    assert set(stage.views) == {"scene", "overview"}
    assert any("横州市" in note and "按名称" in note for note in stage.notes)
    assert any("yunbiao-gov" in note for note in stage.notes)
