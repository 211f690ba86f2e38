"""Every sentence of files, records and scenarios has its Chinese."""

import ast
import gettext
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "sim" / "texts" / "zh" / "LC_MESSAGES"


def sentences(folder):
    """Yield (file, literal) of every call `t("…")`."""
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "t"
            ):
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"
                yield path.name, node.args[0].value


def chinese():
    found = {}
    for path in CATALOGUES.glob("*.mo"):
        with path.open("rb") as file:
            found |= gettext.GNUTranslations(file)._catalog
    return found


def names(text):
    return sorted(
        part.split("}")[0] for part in text.split("{")[1:] if part.split("}")[0].isidentifier()
    )


@pytest.mark.parametrize("room", ["files", "log", "scenario"])
def test_every_sentence_is_translated_with_the_same_names_in_braces(room):
    known = chinese()
    found = list(sentences(ROOT / "sim" / room))
    assert len(found) > 20
    assert [pair for pair in found if not known.get(pair[1])] == []
    assert [text for _, text in found if names(text) != names(known[text])] == []
