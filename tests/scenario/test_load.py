"""Loading: what a file becomes, `use:`, the resolved text, sources, the JSON Schema."""

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

from sim.errors import UnusableInput
from sim.files.yamlfile import read_yaml
from sim.scenario import load_scenario, numbers_with_sources, resolved_yaml, scenario_schema
from sim.scenario.geo import distance_m, guangxi
from sim.texts import in_language

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))


def test_values_are_in_the_units_of_the_program(write, base):
    scenario = load_scenario(write(base))
    assert scenario.horizon == 6 * 3600
    assert scenario.start.utcoffset() == timedelta(hours=8)
    assert scenario.channels["phone"].time.seconds(0) == 60
    assert scenario.calendars["daily"].shifts["night"].hours == ((64_800, 28_800),)
    assert [step.id for step in scenario.procedures["tell"].steps] == ["draft", "send"]
    assert scenario.incidents["collapse"].course[0].dead == 3


def test_places_get_the_coordinates_of_their_adcode(write, base):
    scenario = load_scenario(write(base))
    assert scenario.places["town"].at == guangxi()["451200"][1]
    assert guangxi()["451200"][0] == "河池市"


def test_a_naive_start_means_china(write, base):
    scenario = load_scenario(write(base.replace("+08:00", "")))
    assert scenario.start.isoformat() == "2026-07-01T08:00:00+08:00"


def test_great_circle_against_a_degree_of_the_meridian():
    assert distance_m((108.0, 23.0), (108.0, 24.0)) == pytest.approx(111_195, abs=1)
    assert distance_m((0.0, 0.0), (180.0, 0.0)) == pytest.approx(20_015_115, abs=1)  # half round


def use(base, *names):
    return base.replace("horizon:", f"use: [{', '.join(names)}]\nhorizon:")


def test_later_wins_down_to_the_keys_of_an_object(write, base):
    lib = "yanlian: 1\nchannels:\n"
    lib += "  phone: {kind: fax, tries: 4, time: {uniform: {low: 1 s, high: 2 s}}}\n"
    write(lib + "  fax: {kind: fax, time: 3 min}\n", "a.yaml")
    write("yanlian: 1\nchannels:\n  fax: {tries: 2}\n", "b.yaml")
    scenario = load_scenario(write(use(base, "a", "b.yaml")))
    assert (scenario.channels["fax"].tries, scenario.channels["fax"].time.seconds(0)) == (2, 180)
    phone = scenario.channels["phone"]  # `time` replaced whole, `tries` kept
    assert (phone.kind, phone.tries, phone.time.seconds(0)) == ("phone", 4, 60)


def test_mistakes_of_a_used_file_carry_its_own_name_and_line(write, base, messages):
    write("yanlian: 1\nchannels:\n  fax:\n    kind: fax\n    time: 3\n", "lib/a.yaml")
    assert messages(use(base, "lib/a.yaml")) == [
        "lib/a.yaml:5: channels.fax.time: "
        "expected a duration such as 15 min, received 3, did you mean 3 min?"
    ]


@pytest.mark.parametrize("name", ["../a.yaml", "/etc/hosts", "'C:\\a.yaml'", "guangxi-dutty"])
def test_what_is_used_lies_beside_the_scenario_or_is_shipped(messages, base, name):
    (message,) = messages(use(base, name))
    assert message.startswith(
        "s.yaml:3: use.0: expected a file in the scenario's folder, or one of"
    )
    assert ("did you mean guangxi-duty?" in message) == (name == "guangxi-dutty")


def test_a_link_out_of_the_folder_is_not_followed(messages, base, tmp_path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "a.yaml"
    outside.write_text("yanlian: 1\n")
    (tmp_path / "a.yaml").symlink_to(outside)
    assert "use.0: expected a file in the scenario's folder" in messages(use(base, "a"))[0]


def test_files_that_use_each_other_are_refused(messages, base, write):
    write("yanlian: 1\nuse: [b]\n", "a.yaml")
    write("yanlian: 1\nuse: [a]\n", "b.yaml")
    assert messages(use(base, "a")) == [
        "b.yaml:2: use.0: expected files that do not use each other in a ring, "
        "received a.yaml → b.yaml → a.yaml"
    ]


def test_the_resolved_text_is_the_same_scenario_without_use(write, base):
    write("yanlian: 1\nchannels:\n  fax: {kind: fax, time: 3 min}\n", "a.yaml")
    path = write(use(base, "a"))
    text = resolved_yaml(path)
    again = write(text, "again.yaml")
    assert "use" not in read_yaml(again).data
    assert text.startswith("yanlian: 1\n")
    assert load_scenario(again) == load_scenario(path).model_copy(update={"use": []})


def test_sources_are_inherited_downward(write, base):
    text = base.replace("{kind: phone, time", "{kind: phone, tries: 2, source: s1, time")
    text = text.replace("- draft: {time: 2 min}", "- draft: {time: 2 min, source: assumed}")
    text = text.replace("on: noticed\n", "on: noticed\n    source: p\n")
    found = {path: (value, source) for path, value, source in numbers_with_sources(write(text))}
    assert found["channels.phone.tries"] == ("2", "s1")
    assert found["channels.phone.time"] == ("1 min", "s1")
    assert found["procedures.tell.steps.0.draft.time"] == ("2 min", "")
    assert found["offices.city.duty.day"] == ("2", "")
    assert not any(path.split(".")[0] in ("start", "horizon", "yanlian") for path in found)


def test_a_library_file_gives_its_source_to_its_objects(write, base):
    fax = "channels:\n  fax: {kind: fax, time: {exponential: {mean: 3 min}}}\n"
    write("yanlian: 1\nsource: lib\n" + fax, "a.yaml")
    found = numbers_with_sources(write(use(base, "a")))
    assert ("channels.fax.time", "exponential: mean 3 min", "lib") in found
    assert ("channels.phone.time", "1 min", "") in found


def test_a_source_may_be_of_single_numbers(write, base):
    """Named ones have their own, the others that of what is around them, in a library too."""
    text = base.replace("{kind: phone, time", "{kind: phone, ring: 15 s, source: {ring: r}, time")
    fax = (
        "  fax: {kind: fax, time: 3 min, tries: 2, lines: 1, source: {tries: x, lines: assumed}}\n"
    )
    write("yanlian: 1\nsource: lib\nchannels:\n" + fax, "a.yaml")
    found = {path: source for path, _, source in numbers_with_sources(write(use(text, "a")))}
    assert found["channels.phone.ring"] == "r"
    assert found["channels.phone.time"] == ""
    names = ("tries", "lines", "time")
    assert [found[f"channels.fax.{name}"] for name in names] == ["x", "", "lib"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_load_and_fit_the_json_schema(path):
    assert load_scenario(path).incidents
    jsonschema.Draft202012Validator(scenario_schema()).validate(read_yaml(path).data)


def test_the_json_schema_is_one_and_refuses_what_the_loader_refuses(base, write):
    schema = scenario_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = read_yaml(write(base)).data
    assert validator.is_valid(good)
    for old, new in (
        ("draft: {time: 2 min}", "draft: {time: 2}"),
        ("- draft: {time: 2 min}", "- {draft: {time: 2 min}, verify: {time: 1 min}}"),
        ("role: unit", "roll: unit"),
        ("horizon: 6 h", "horizon: 6"),
    ):
        assert not validator.is_valid(read_yaml(write(base.replace(old, new))).data), new


def test_the_committed_json_schema_is_in_step():
    """Update with `yanlian schema > scenarios/scenario.schema.json`."""
    committed = json.loads(
        (ROOT / "scenarios" / "scenario.schema.json").read_text(encoding="utf-8")
    )
    assert committed == scenario_schema()


def test_a_file_that_is_not_there(tmp_path):
    with in_language("en"), pytest.raises(UnusableInput, match="a file that can be read"):
        load_scenario(tmp_path / "none.yaml")
