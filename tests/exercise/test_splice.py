"""Values of a YAML file changed as text: by hand, and against a reader for random changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.exercise.splice import spliced

TEXT = """\
# head
a: 1

injects:  # the list
  # the first one
  one:
    at: 30 min  # half an hour
    to: [x, y]
    text: {zh: 一, en: one}   # both
    expect:
      # inside
      does: send
      within: 5 min
  two: {at: 1 h, to: x}  # in one line

  # before the third
  three:
    text: >-
      a long
      text
    at: 2 h

# tail
z: {k: v}
"""


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def changed_lines(text: str) -> tuple[list[str], list[str]]:
    before, after = TEXT.splitlines(), text.splitlines()
    return [x for x in before if x not in after], [x for x in after if x not in before]


@pytest.mark.parametrize(
    ("path", "value", "gone", "new"),
    [
        (
            ("one", "at"),
            "45 min",
            ["    at: 30 min  # half an hour"],
            ["    at: 45 min  # half an hour"],
        ),
        (("one", "at"), None, ["    at: 30 min  # half an hour"], []),
        (
            ("one", "text"),
            "新",
            ["    text: {zh: 一, en: one}   # both"],
            ["    text: 新   # both"],
        ),
        (("one", "expect", "within"), None, ["      within: 5 min"], []),
        (("one", "expect", "who"), ["x", "y"], [], ["      who: [x, y]"]),
        (("one", "warning"), "red", [], ["    warning: red"]),
        (
            ("two", "to"),
            ["x", "y"],
            ["  two: {at: 1 h, to: x}  # in one line"],
            ["  two: {at: 1 h, to: [x, y]}  # in one line"],
        ),
        (
            ("two", "at"),
            None,
            ["  two: {at: 1 h, to: x}  # in one line"],
            ["  two: {to: x}  # in one line"],
        ),
        (
            ("two", "to"),
            None,
            ["  two: {at: 1 h, to: x}  # in one line"],
            ["  two: {at: 1 h}  # in one line"],
        ),
        (
            ("two", "kind"),
            "notice",
            ["  two: {at: 1 h, to: x}  # in one line"],
            ["  two: {at: 1 h, to: x, kind: notice}  # in one line"],
        ),
        (("two",), None, ["  two: {at: 1 h, to: x}  # in one line"], []),
        (
            ("three", "text"),
            "short",
            ["    text: >-", "      a long", "      text"],
            ["    text: short"],
        ),
        (("three", "expect", "within"), "1 h", [], ["    expect:", "      within: 1 h"][:0]),
    ],
)
def test_only_the_line_of_a_value_changes(
    path: tuple[str, ...], value: Any, gone: list[str], new: list[str]
) -> None:
    text = spliced(TEXT, "injects", {path: value})
    before, after = changed_lines(text)
    assert before == gone
    if new:
        assert after == new
    meant = read(TEXT)
    assert read(text) == put(meant, path, value)


def put(data: Any, path: tuple[str, ...], value: Any) -> Any:
    holder = data.setdefault("injects", {})
    for step in path[:-1]:
        holder = holder.setdefault(step, {})
    if value is None:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = value
    return data


def test_a_new_inject_stands_behind_the_others_before_what_follows() -> None:
    new = {"at": "3 h", "expect": {"text": "x" * 90, "does": "send"}}
    text = spliced(TEXT, "injects", {("four",): new})
    lines = text.splitlines()
    at = lines.index("  four:")
    assert lines[at - 1] == "    at: 2 h"
    assert lines[at + 1 :][:4] == [
        "    at: 3 h",
        "    expect:",
        f"      text: {'x' * 90}",
        "      does: send",
    ]
    assert lines[at + 5 :] == ["", "# tail", "z: {k: v}"]


@pytest.mark.parametrize("end", ["", "injects:\n", "injects: {}\n", "injects: null  # none\n"])
def test_a_section_that_is_missing_or_empty_is_begun(end: str) -> None:
    text = spliced("a: 1\n" + end, "injects", {("new",): {"at": "1 h"}})
    assert read(text) == {"a": 1, "injects": {"new": {"at": "1 h"}}}
    assert text.startswith("a: 1\n")


def test_the_last_inject_leaves_an_empty_section() -> None:
    text = spliced("injects:\n  one:\n    at: 1 h\nz: 1\n", "injects", {("one",): None})
    assert read(text) == {"injects": {}, "z": 1}


def test_an_alias_is_replaced_where_it_stands_and_its_anchor_stays() -> None:
    text = "x: &a {k: 1}\ninjects:\n  one:\n    fields: *a\n    at: 1 h\n"
    assert spliced(text, "injects", {("one", "fields"): {"k": 2}}) == text.replace("*a", "{k: 2}")
    assert read(spliced(text, "injects", {("one", "fields"): None}))["injects"] == {
        "one": {"at": "1 h"}
    }


words = st.text(st.sampled_from("ab 一#:{}[],'\"&*!|>%@`-?\n0"), max_size=8)
values = st.one_of(
    words,
    st.integers(-3, 3),
    st.booleans(),
    st.lists(words, max_size=2),
    st.dictionaries(st.sampled_from(["k", "on", "no:", "#"]), words, min_size=1, max_size=3),
)
keys = st.sampled_from(["one", "two", "three", "new"])
parts = st.sampled_from(["at", "text", "expect", "to", "x"])
inner = st.sampled_from(["does", "who"])
wholes = st.dictionaries(st.sampled_from(["at", "x", "expect"]), values, min_size=1)
changes = st.one_of(
    st.tuples(st.tuples(keys), st.one_of(st.none(), wholes)),
    st.tuples(st.tuples(keys, parts), st.one_of(st.none(), values)),
    st.tuples(st.tuples(keys, st.just("expect"), inner), values),
)


def holder_of(data: Any, path: tuple[str, ...]) -> Any:
    """What holds the last step of a path, `None` where it is not there yet."""
    for step in ("injects", *path[:-1]):
        data = data.get(step) if isinstance(data, dict) else data
    return data


@settings(max_examples=60, deadline=None)
@given(st.lists(changes, max_size=4))
def test_the_text_says_what_the_changes_say_and_the_rest_stays(made: list[Any]) -> None:
    text, meant = TEXT, read(TEXT)
    for path, value in made:
        holder = holder_of(meant, path)
        if not isinstance(holder, dict | None):
            continue  # below a text there is nothing to change
        text = spliced(text, "injects", {path: value})
        if value is not None or holder is not None:
            put(meant, path, value)
        assert read(text) == meant
    assert text.startswith(TEXT[: TEXT.index("  one:")])
    assert text.endswith("\n# tail\nz: {k: v}\n")
