"""`yanlian animate`: writes, or refuses and leaves nothing."""

from __future__ import annotations

import pytest


def test_a_real_record_becomes_a_page_in_the_language_asked_for(call, hengxian, tmp_path) -> None:
    for lang, words in (("zh", "上一条"), ("en", "Previous")):
        out = tmp_path / f"{lang}.html"
        found = call("animate", hengxian, "--out", out, "--lang", lang)
        assert found.exit_code == 0, found.output
        assert str(out) in found.stdout
        assert words in out.read_text("utf-8")


def test_a_run_writes_its_first_drill_as_a_page_beside_its_other_files(
    call, scenarios, tmp_path
) -> None:
    found = call(
        *("run", scenarios / "chemical-leak.yaml", "--replications", "2"),
        *("--animate", "--out", tmp_path / "leak", "--lang", "en"),
    )
    assert found.exit_code == 0, found.output
    call(
        *("animate", tmp_path / "leak" / "events.csv", "--out", tmp_path / "again.html"),
        *("--scenario", scenarios / "chemical-leak.yaml", "--lang", "en"),
    )
    page = (tmp_path / "leak" / "animation.html").read_bytes()
    assert page == (tmp_path / "again.html").read_bytes()
    assert str(tmp_path / "leak" / "animation.html") in found.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.csv", "--out", "x.html"], "missing.csv"),
        (["LOG", "--out", "x.mp4"], ".html, .gif"),
        (["LOG", "--out", "none/x.html"], "none"),
        (["LOG", "--out", "x.html", "--scenario", "missing.yaml"], "missing.yaml"),
        (["broken.csv", "--out", "x.html"], "broken.csv"),
        (["empty.csv", "--out", "x.html"], "empty.csv"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_written(
    call, hengxian, tmp_path, monkeypatch, words, said
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.csv").write_text("time,activity,actor\nyesterday,nonsense,x\n", "utf-8")
    (tmp_path / "empty.csv").write_text(
        "row,time,activity,actor,actor_role\nr1,,role,x,unit\n", "utf-8"
    )
    before = sorted(tmp_path.iterdir())
    found = call("animate", *(hengxian if word == "LOG" else word for word in words))
    assert found.exit_code == 2, found.output
    assert said in found.stderr
    assert sorted(tmp_path.iterdir()) == before
