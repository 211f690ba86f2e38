"""Kinds of broken supply: each with its message, line and path."""

import pytest

GOOD = {
    "ask": "from: store, items: {tent: 5}, time: 1 min",
    "approve": "time: 1 min",
    "issue": "",
    "pick": "pick: {time: 1 min}",
    "load": "load: {time: 1 min}",
    "event": "loaded",
    "deliver": "steps: [travel, hand_over: {time: 1 min}, return]",
    "procedures": "issue, deliver",
    "item": "unit: piece, weight: 60 kg, norm: 1",
    "depot": "stock: {tent: 9}",
    "vehicle": "capacity: 5 t",
    "shelter": "items: [tent]",
}
TEXT = """\
items:
  tent: {{{item}}}
depots:
  store:
    place: town
    superior: city
    procedures: [{procedures}]
    {depot}
vehicles:
  truck: {{depot: store, {vehicle}}}
shelters:
  hall: {{place: town, {shelter}}}
"""
STEPS = """\
  ask:
    on: confirmed
    steps:
      - request: {{{ask}}}
  issue:
    on: requested
    by: crew{issue}
    steps:
      - approve: {{{approve}}}
      - {pick}
      - {load}
  deliver: {{on: {event}, {deliver}}}
"""
ASK = "s.yaml:20: procedures.ask.steps.0.request"
LEVELS = "s.yaml:25: procedures.issue.steps.0.approve.levels"
STOCK = "s.yaml:41: depots.store.stock.tent"
CASES = {
    "nothing asked for": (
        {"ask": "from: store, time: 1 min"},
        f"{ASK}.items: expected items, except in a procedure on needed or received",
    ),
    "no such source": (
        {"ask": "from: [own, neigbours], items: {tent: 5}, time: 1 min"},
        f"{ASK}.from.1: expected a key under depots, received 'neigbours', did you mean neighbours",
    ),
    "the superior without a channel": (
        {"ask": "from: [own, superior], items: {tent: 5}, time: 1 min"},
        f"{ASK}.channel: expected a channel to the superior, received nothing",
    ),
    "no pieces": (
        {"ask": "from: store, items: {tent: 0}, time: 1 min"},
        f"{ASK}.items.tent: expected a number of at least 1",
    ),
    "half a piece": (
        {"ask": "from: store, items: {tent: 2.5}, time: 1 min"},
        f"{ASK}.items.tent: expected a whole number",
    ),
    "amounts that fall": (
        {
            "approve": "time: 1 min, levels: [{up_to: 900, by: superior.duty}, "
            "{up_to: 800, by: superior.leader}]"
        },
        f"{LEVELS}.1.up_to: expected amounts that rise from level to level, received 800",
    ),
    "a level after the last": (
        {
            "approve": "time: 1 min, levels: [{by: superior.duty}, "
            "{up_to: 800, by: superior.leader}]"
        },
        f"{LEVELS}.0.up_to: expected amounts that rise from level to level",
    ),
    "approved by nobody": (
        {"approve": "time: 1 min, levels: [{by: superior.lieder}]"},
        f"{LEVELS}.0.by: expected a post of city: duty, leader, received 'superior.lieder', did",
    ),
    "approved by a superior that is not there": (
        {"approve": "time: 1 min, levels: [{by: superior.superior.leader}]"},
        f"{LEVELS}.0.by: expected a superior, whose post superior.superior.leader asks for",
    ),
    "nobody drives away": (
        {"event": "started"},
        "s.yaml:40: depots.store.procedures: expected a procedure on loaded, received issue, ",
    ),
    "vehicles that never come back": (
        {"deliver": "steps: [travel, hand_over: {time: 1 min}]"},
        "s.yaml:28: procedures.deliver.steps: expected a step return in a procedure on loaded, "
        "received travel, hand_over",
    ),
    "goods that are handed over to nobody": (
        {"deliver": "steps: [travel, return]"},
        "s.yaml:28: procedures.deliver.steps: expected a step hand_over in a procedure on loaded",
    ),
    "goods that nobody takes off the shelf": (
        {"pick": "load: {id: other, time: 1 min}"},
        "s.yaml:24: procedures.issue.steps: expected a step pick in a procedure on requested",
    ),
    "goods that stay in the depot": (
        {"load": "pick: {id: again, time: 1 min}"},
        "s.yaml:24: procedures.issue.steps: expected a step load/hand_over in a procedure on "
        "requested",
    ),
    "goods for one incident only": (
        {"deliver": "when: {dead: '> 3'}, steps: [travel, hand_over: {time: 1 min}, return]"},
        "s.yaml:28: procedures.deliver.when: expected a procedure on loaded for all goods, without "
        "conditions, received dead",
    ),
    "two drivers for one vehicle": (
        {
            "procedures": "issue, deliver, again",
            "deliver": "steps: &way [travel, hand_over: "
            "{time: 1 min}, return]}\n  again: {on: loaded, steps: *way",
        },
        "s.yaml:41: depots.store.procedures: expected one procedure on loaded, received deliver, "
        "again",
    ),
    "one pair of hands throughout": (
        {"issue": "\n    hold: procedure"},
        "s.yaml:24: procedures.issue.hold: expected hold: step where goods are issued",
    ),
    "an order that is dropped": (
        {"ask": "from: store, items: {tent: 5}, time: 1 min, interrupted: drop"},
        f"{ASK}.interrupted: expected resume or restart, for what is ordered must not be dropped, "
        "received drop",
    ),
    "goods that are dropped": (
        {"pick": "pick: {time: 1 min, interrupted: drop}"},
        "s.yaml:26: procedures.issue.steps.1.pick.interrupted: expected resume or restart",
    ),
    "fact and batches": (
        {"depot": "stock: {tent: {record: 9, fact: 8, batches: [{quantity: 8}]}}"},
        f"{STOCK}: expected either fact or batches",
    ),
    "more damaged than there are": (
        {"depot": "stock: {tent: {record: 9, fact: 8, damaged: 9}}"},
        f"{STOCK}: expected no more damaged pieces than there are",
    ),
    "a stock below zero": (
        {"depot": "stock: {tent: -3}"},
        f"{STOCK}: expected a number of at least 0",
    ),
    "an item that does not exist": (
        {"depot": "stock: {tnet: 3}"},
        "s.yaml:41: depots.store.stock.tnet: expected a key under items, received 'tnet', did you "
        "mean tent?",
    ),
    "two policies of replenishment": (
        {"depot": "replenish: {tent: {up_to: 9, order: 3}}"},
        "s.yaml:41: depots.store.replenish.tent: expected either up_to or order",
    ),
    "order without below": (
        {"depot": "replenish: {tent: {order: 3}}"},
        "s.yaml:41: depots.store.replenish.tent: expected below beside order",
    ),
    "s above S": (
        {"depot": "replenish: {tent: {below: 9, up_to: 9}}"},
        "s.yaml:41: depots.store.replenish.tent: expected below less than up_to",
    ),
    "replenished by itself": (
        {"depot": "replenish: {tent: {up_to: 9, from: store}}"},
        "s.yaml:41: depots.store.replenish.tent.from: expected another depot, received 'store'",
    ),
    "replenished by another one after some time": (
        {"depot": "replenish: {tent: {up_to: 9, from: other, lead: 1 h}}"},
        "s.yaml:41: depots.store.replenish.tent: expected either from or lead",
    ),
    "replenished in a ring": (
        {
            "depot": "stock: {tent: 9}\n    replenish: {tent: {up_to: 9, from: other}}\n"
            "  other: {place: town, superior: city, procedures: [issue, deliver], "
            "replenish: {tent: {up_to: 9, from: store}}}"
        },
        "s.yaml:42: depots.store.replenish.tent.from: expected a chain that ends, received "
        "store → other → store",
    ),
    "replenished with what the other one has not got": (
        {
            "depot": "stock: {tent: 9}\n    replenish: {tent: {up_to: 9, from: other}}\n"
            "  other: {place: town, superior: city, procedures: [issue, deliver]}"
        },
        "s.yaml:42: depots.store.replenish.tent.from: expected a depot that keeps tent, received "
        "'other'",
    ),
    "production for nobody": (
        {"depot": "production: {tent: {after: 1 h, every: 1 h, quantity: 9}}"},
        "s.yaml:41: depots.store.production: expected owner: production, or backorders: true, "
        "received tent",
    ),
    "off before it was made": (
        {
            "depot": "stock: {tent: {record: 9, batches: "
            "[{quantity: 9, made: 2026-06-02, expires: 2026-06-01}]}}"
        },
        f"{STOCK}.batches.0: expected expires no earlier than made",
    ),
    "an owner that nobody is": (
        {"depot": "owner: goverment"},
        "s.yaml:41: depots.store.owner: expected one of government, agreement, social, production",
    ),
    "a volume without unit": (
        {"item": "unit: piece, volume: 0.4"},
        "s.yaml:35: items.tent.volume: expected a volume such as 0.4 m3, received 0.4, did you "
        "mean 0.4 m3?",
    ),
    "a vehicle for nothing": (
        {"vehicle": "capacity: 0 t"},
        "s.yaml:43: vehicles.truck.capacity: expected a number above 0",
    ),
    "somebody else's vehicle": (
        {"vehicle": "capacity: 5 t, whose: rented"},
        "s.yaml:43: vehicles.truck.whose: expected one of own, hired, military, received 'rented'",
    ),
}


@pytest.fixture
def supply(base):
    """`supply(**parts)`: a scenario with a depot, its parts replaced."""

    def supply(**parts):
        given = GOOD | parts
        head, found, rest = base.partition("offices:\n")
        text = head + STEPS.format_map(given) + found + rest
        return text.replace("city: {", "city: {procedures: [ask], ") + TEXT.format_map(given)

    return supply


def test_the_scenario_that_the_cases_change_is_valid(messages, supply):
    assert messages(supply()) == []


@pytest.mark.parametrize("kind", CASES)
def test_broken_supply_is_refused(messages, supply, kind):
    parts, expected = CASES[kind]
    found = messages(supply(**parts))
    assert any(line.startswith(expected) for line in found), found


def test_all_mistakes_come_at_once(messages, supply):
    parts = {"ask": CASES["no such source"][0]["ask"]} | CASES["s above S"][0]
    found = messages(supply(**parts, item="unit: piece, volume: 0.4"))
    assert len(found) == 3
