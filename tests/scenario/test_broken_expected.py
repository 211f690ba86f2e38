"""Kinds of broken expectations of injects: each with its message, line and path."""

import pytest

INJECTS = """\
injects:
  first:
    at: 1 h
    incident: collapse
    to: city
    kind: notice
    expect: {EXPECT}
  second: {SECOND, incident: collapse, to: city, kind: notice}
"""
GOOD = {"EXPECT": "does: send, to: superior, within: 5 min", "SECOND": "unless_done: first"}
EXPECT, SECOND = "s.yaml:28: injects.first.expect", "s.yaml:29: injects.second"
NEEDED = "expected an inject with expect: and in it does: and within:, received 'first'"
CASES = {
    "no such activity": (
        {"EXPECT": "does: sent, within: 5 min"},
        [f"{EXPECT}.does: expected one of begin, ", "did you mean send?"],
    ),
    "no such kind": (
        {"EXPECT": "does: send, kind: [initail], within: 5 min"},
        [f"{EXPECT}.kind.0: expected one of initial, ", "did you mean initial?"],
    ),
    "nobody of this name": (
        {"EXPECT": "does: send, who: citty, within: 5 min"},
        [
            f"{EXPECT}.who: expected a key under offices or teams or depots or shelters",
            "mean city?",
        ],
    ),
    "a recipient without an activity": (
        {"EXPECT": "text: report, to: superior", "SECOND": "at: 2 h"},
        [f"{EXPECT}.to: expected does: an activity beside it, received nothing"],
    ),
    "nothing said": (
        {"EXPECT": "within: 5 min", "SECOND": "at: 2 h"},
        [f"{EXPECT}: expected the key text, received nothing"],
    ),
    "hangs on words only": (
        {"EXPECT": "text: report, within: 5 min"},
        [f"{SECOND}.unless_done: {NEEDED}"],
    ),
    "hangs on what has no limit": (
        {"EXPECT": "does: send", "SECOND": "if_done: first"},
        [f"{SECOND}.if_done: {NEEDED}"],
    ),
    "no such inject": (
        {"SECOND": "unless_done: frist"},
        [f"{SECOND}.unless_done: expected a key under injects, received 'frist', did you mean"],
    ),
    "hangs on two things": (
        {"SECOND": "unless_done: first, on: {event: confirmed}"},
        [f"{SECOND}: expected only one of on, unless_done, received several"],
    ),
    "hangs on itself": (
        {"SECOND": "unless_done: second, expect: {does: send, within: 1 min}"},
        [f"{SECOND}.unless_done: expected a chain that ends, received second → second"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_message(case, base, messages):
    given, told = CASES[case]
    text = INJECTS
    for word, value in (GOOD | given).items():
        text = text.replace(word, value)
    found = messages(base + text)
    assert len(found) == 1, found
    for part in told:
        assert part in found[0]


def test_a_good_one_has_no_message(base, write):
    from sim.scenario import load_scenario

    text = INJECTS
    for word, value in GOOD.items():
        text = text.replace(word, value)
    injects = load_scenario(write(base + text)).injects
    assert (injects["first"].timed, injects["second"].timed) == (True, False)
    assert injects["second"].awaits == "first"


def test_an_outage_for_nobody_needs_who_should_act(base, messages):
    text = (
        "injects:\n  cut: {at: 1 h, kind: outage, channel: phone, for: 5 min, "
        "expect: {does: send, within: 5 min}}\n"
    )
    (found,) = messages(base + text)
    assert "injects.cut.expect.who: expected the key who, received nothing" in found
