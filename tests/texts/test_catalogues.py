"""Every sentence that a user sees exists in Chinese, and the compiled catalogues are in step."""

from __future__ import annotations

import ast
import io
import re
import string
from pathlib import Path

import pytest

from sim.texts import LANGUAGES, in_language, label, t, vocabulary

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "sim/texts/zh/LC_MESSAGES"


def sentences() -> dict[str, str]:
    """Every literal given to `t(...)`, in code and templates, with the file it stands in."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        found[part.value] = str(path.relative_to(ROOT))
    for path in sorted((ROOT / "sim").rglob("*.html")):
        for quote, text in re.findall(r"""\bt\((["'])(.+?)\1""", path.read_text("utf-8")):
            assert quote
            found[text] = str(path.relative_to(ROOT))
    return found


KEYS_ONLY = {"low ≤ high", "low ≤ mode ≤ high"}
"""Sentences that are nothing but keys of the file: the same in every language."""


def names(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:  # a lone brace, meant literally
        return set()


@pytest.mark.parametrize(("text", "where"), sorted(sentences().items()))
def test_sentence_has_a_chinese_translation_with_the_same_values(text: str, where: str) -> None:
    with in_language("zh"):
        chinese = t(text)
    if text not in KEYS_ONLY and re.search("[A-Za-z]{3}", re.sub(r"\{\w*[^}]*\}", "", text)):
        assert chinese != text, f"{where}: no translation"
    assert names(chinese) == names(text), f"{where}: {text!r} / {chinese!r}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda p: p.stem)
def test_compiled_catalogue_is_in_step(path: Path) -> None:
    pofile = pytest.importorskip("babel.messages.pofile", reason="Babel is in the extra dev")
    from babel.messages.mofile import write_mo

    with path.open("rb") as file:
        catalogue = pofile.read_po(file, locale="zh")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == path.with_suffix(".mo").read_bytes(), "run: tasks.py texts"


def test_vocabulary_words_are_unique_and_labelled_in_both_languages() -> None:
    kinds = (
        "activity phase role span fate report channel grade verdict reading modality element field "
        "warning outcome group inject team rule confidence jurisdiction choice"
    )
    for kind in kinds.split():
        words = vocabulary(kind)
        assert words, kind
        assert all(zh and en for zh, en in words.values()), kind
    rows = (ROOT / "sim/texts/vocabulary.csv").read_text("utf-8").splitlines()[1:]
    keys = [tuple(row.split(",")[:2]) for row in rows]
    assert len(keys) == len(set(keys))


def test_labels_follow_the_language() -> None:
    shown = []
    for lang in LANGUAGES:
        with in_language(lang):
            shown.append(label("activity", "verify"))
    assert shown == ["核实", "verify"]
