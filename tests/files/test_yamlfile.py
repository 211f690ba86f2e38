"""Strict YAML: what is read, and every refusal with its place."""

import pytest

from sim.errors import UnusableInput
from sim.files.yamlfile import read_yaml, validate
from sim.texts import in_language


@pytest.fixture
def read(tmp_path):
    """`read(text or bytes)`: the file read, or the messages with the folder cut off."""

    def read(content):
        path = tmp_path / "f.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with in_language("en"):
            try:
                return read_yaml(path)
            except UnusableInput as error:
                return str(error).replace(str(tmp_path) + "/", "")

    return read


def test_scalars_follow_yaml_1_2(read):
    data = read("a: 08:12\non: no\nb: 010\nc: 1e3\nd: ~\ne: 2026-07-01T08:00\n1: x\nf: 0x1F").data
    assert data == {
        "a": "08:12",
        "on": "no",
        "b": 10,
        "c": 1000.0,
        "d": None,
        "e": "2026-07-01T08:00",
        "1": "x",
        "f": 31,
    }


def test_a_directive_of_yaml_1_1_changes_no_value(read):
    assert read("%YAML 1.1\n---\na: yes\nb: 12:30\n").data == {"a": "yes", "b": "12:30"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(read, encoding):
    assert read("名称: 河池市".encode(encoding)).data == {"名称": "河池市"}


def test_lines_are_those_of_the_keys_or_of_the_nearest_parent(read):
    file = read("a:\n  b:\n    - 1\n    - 2\n  c: 3\n")
    assert [file.line(p) for p in (("a",), ("a", "b"), ("a", "b", 1), ("a", "c"))] == [1, 2, 4, 5]
    assert file.line(("a", "b", 7, "x")) == 2


MAPPING = "a mapping of keys to values"
COLON = "the same indentation, and quotes around a text with a colon"
ALIAS = "an alias (*) whose anchor (&) stands before it"
END = "the end of the file"


@pytest.mark.parametrize(
    ("content", "place", "expected", "received"),
    [
        ("", "f.yaml", MAPPING, "an empty file"),
        ("# only a remark\n", "f.yaml", MAPPING, "an empty file"),
        ("- 1\n", "f.yaml:1", MAPPING, "a list"),
        ("hello", "f.yaml:1", MAPPING, "a single value"),
        ("a: b: c\n", "f.yaml:1", COLON, "'a: b: c'"),
        ("a:\n\tb: 1\n", "f.yaml:2", "spaces, not a tab", "'b: 1'"),
        ("a: 'x\n", "f.yaml:2", "a closing quotation mark", END),
        ("a: *q\n", "f.yaml:1", ALIAS, "'a: *q'"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2", "one document only, without ---", "'---'"),
        ("a: !foo 3\n", "f.yaml:1: a", "a value without a tag", "!foo"),
        ("a: .inf\n", "f.yaml:1: a", "a finite number", ".inf"),
        ("a: [1, 2\n", "f.yaml:2", "a closing ]", END),
        ("a: \x07\n", "f.yaml:1", "printable characters", "'\\x07'"),
        (b"\xff\xfea\x00", "f.yaml", "text in UTF-8 or GB18030", "binary data or another encoding"),
        ("a: " + "[" * 5000, "f.yaml", "less than a hundred levels", "more"),
    ],
)
def test_unreadable_files_say_what_was_expected(read, content, place, expected, received):
    assert read(content) == f"{place}: expected {expected}, received {received}"


def test_every_doubled_key_is_reported(read):
    again = "it stands in line {} already, received the same key again"
    assert read("a: 1\na: 2\nb: {c: 1, c: 2}\n").splitlines() == [
        "f.yaml:2: a: expected the key a once, " + again.format(1),
        "f.yaml:3: b.c: expected the key c once, " + again.format(3),
    ]


def test_aliases_that_multiply_are_stopped(read):
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 12)]
    assert "expected at most 200000 entries" in read("\n".join(lines))


def test_an_alias_of_itself_is_stopped(read):
    assert "received more, perhaps by aliases (*)" in read("a: &a [*a]\n")


def test_a_missing_file_is_a_problem_not_a_traceback(tmp_path):
    with in_language("en"), pytest.raises(UnusableInput, match=r"none\.yaml: expected a file that"):
        read_yaml(tmp_path / "none.yaml")


def test_unions_report_the_branch_that_got_furthest(read):
    file = read("day: two\n")
    with in_language("en"):
        _, problems = validate(int | dict[str, int], file.data, file)
    assert [str(p).partition(": ")[2] for p in problems] == [
        "day: expected a whole number, received 'two'"
    ]


def test_a_file_read_twice_is_read_once_and_each_reader_has_his_own(tmp_path, monkeypatch):
    path = tmp_path / "same.yaml"
    path.write_text("a: {b: [1, 2]}\n", encoding="utf-8")
    first = read_yaml(path)
    first.data["a"]["b"].append(3)
    monkeypatch.setattr("sim.files.yamlfile._compose", None)  # nobody parses again
    assert read_yaml(path).data == {"a": {"b": [1, 2]}}
    assert read_yaml(path).line(("a", "b", 1)) == 1


def test_a_changed_file_is_read_anew(tmp_path):
    path = tmp_path / "same.yaml"
    for text in ("a: 1\n", "a: 2\n"):
        path.write_text(text, encoding="utf-8")
        assert read_yaml(path).data == {"a": int(text[3])}
