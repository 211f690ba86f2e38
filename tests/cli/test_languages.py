"""Refusals speak the language asked for, whatever the locale says."""

from __future__ import annotations

import re

import pytest

BAD = {
    "no such option": ("score", "{scenario}", "--schem", "x"),
    "no such command": ("scor",),
    "nothing given": ("run",),
    "too many": ("score", "{record}", "b"),
    "not a number": ("run", "{scenario}", "--seed", "x"),
    "not a choice": ("score", "{record}", "--format", "xml"),
    "no value": ("score", "{record}", "--pack"),
    "no such file": ("score", "none.csv"),
    "a scenario as record": ("score", "{scenario}"),
    "a record as scenario": ("run", "{record}"),
    "a scenario as study": ("study", "{scenario}"),
    "a text as mapping": ("import", "{record}", "--mapping", "{scenario}"),
    "no such pack": ("score", "{record}", "--pack", "guangxi"),
    "no such ending": ("report", "{record}", "--out", "x.pptx"),
    "no such rule": ("explain", "{record}", "--rule", "GX"),
    "broken YAML": ("check", "{broken}"),
    "not what fits together": ("score", "{record}", "--targets", "nfpa-1710", "--format", "json"),
}
PROSE = re.compile(r"\b(the|a|is|not|of|expected|received|mean|missing|no such|try|usage)\b", re.I)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("lang", "locale"), [("zh", "en_US.UTF-8"), ("en", "zh_CN.UTF-8")])
@pytest.mark.parametrize("what", BAD)
def test_a_refusal_speaks_one_language(call, scenarios, hengxian, tmp_path, what, lang, locale):
    broken = tmp_path / "broken.yaml"
    broken.write_text("yanlian: 1\n\toffices: [\n", encoding="utf-8")
    files = {"scenario": scenarios / "hotel-fire.yaml", "record": hengxian, "broken": broken}
    words = [word.format(**files) for word in BAD[what]]
    group = [] if what == "no such command" else ["--lang", lang]
    done = call(*words, *group, LC_ALL=locale, LANGUAGE="")
    if what == "no such command":
        lang = "en" if locale.startswith("en") else "zh"
    assert done.exit_code == 2
    said = re.sub(r"'[^']*'|`[^`]*`|“[^”]*”|\S*[/\\]\S*", " ", done.stderr)
    assert said.strip()
    assert bool(CHINESE.search(said)) == (lang == "zh")
    assert lang == "en" or not PROSE.search(said), said


def test_a_pack_that_was_not_in_force_is_a_note_not_a_python_warning(call, scenarios):
    record = scenarios / "real" / "hengxian_2009_fire" / "events.csv"
    for lang, word in (("zh", "说明："), ("en", "note: ")):
        done = call("score", record, "--pack", "guangxi-2012-65", "--lang", lang)
        assert done.exit_code == 0
        assert done.stderr.startswith(word), done.stderr
        assert "Warning" not in done.stderr
