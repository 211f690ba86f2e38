"""Which clauses are seen from where: against the record itself, and by what must not be seen."""

from __future__ import annotations

from sim.exercise.papers.seen import posts, seen


def seen_by_hand(drill, actors):
    """Rules decided in some drill of which these actors owe one, or have a row that proves it."""
    found = set()
    for duty in drill.verdicts.table.to_dict("records"):
        if duty["verdict"] not in ("met", "late", "excused"):
            continue
        proofs = drill.log.table[
            (drill.log.table["case"] == duty["case"])
            & drill.log.table["row"].isin(duty["evidence"].split("|"))
        ]
        parties = set(proofs["actor"]) | set(proofs["recipient"]) | {duty["owner"]}
        if parties & set(actors):
            found.add(duty["rule"])
    return found


def test_clauses_of_every_post_against_a_loop_over_the_verdicts(drill):
    found = seen(drill)
    for post, actors in posts(drill).items():
        assert {one.name for one in found[post]} == seen_by_hand(drill, actors), post
    assert all(found.values())


def test_the_same_clause_is_owed_at_one_post_and_told_at_the_other(drill):
    part = {post: {one.name: one.part for one in own} for post, own in seen(drill).items()}
    assert part["city-gov"]["GX-02-city"] == "owes"
    assert part["region-gov"]["GX-02-city"] == "told"
    assert part["unit"]["GX-05-grassroots-gov"] == "owes"
    assert part["county-gov"]["GX-05-grassroots-gov"] == "told"


def test_nobody_is_asked_to_see_what_happens_elsewhere_or_on_another_day(drill):
    names = {post: {one.name for one in own} for post, own in seen(drill).items()}
    assert "GX-02-city" not in names["unit"] | names["county-dept"] | names["scene"]
    everywhere = set().union(*names.values())
    assert not everywhere & {"A03-1", "A03-2", "A03-4"}, "frequencies, reviews of plans"
    assert names["scene"] == {"A05-1", "A05-2"}


def test_posts_are_the_offices_the_scene_and_no_stores_where_there_are_none(drill):
    assert list(posts(drill)) == [*drill.scenario.offices, "scene"]
