"""Kinds of broken scenarios: each with its message, file, line and path."""

import pytest


def changed(base, old, new):
    assert base.count(old) == 1
    return base.replace(old, new)


TELL = "time: 1 min}\nprocedures:\n  tell:\n    on: noticed\n    steps:\n"
ACTORS = "offices or teams or depots or shelters"
CASES = {
    "unknown top key": (
        ("places:\n  town", "plces: {}\nplaces:\n  town"),
        "s.yaml:4: plces: expected one of the keys ",
        ", received 'plces', did you mean places?",
    ),
    "unknown key of an object": (
        ("superior: city, proc", "superier: city, proc"),
        "s.yaml:19: offices.unit.superier: expected one of the keys name, source, note, role, ",
        ", received 'superier', did you mean superior?",
    ),
    "unknown key of a step": (
        ("draft: {time: 2 min}", "draft: {tme: 2 min}"),
        "s.yaml:15: procedures.tell.steps.0.draft.tme: expected one of the keys id, by, ",
        ", received 'tme', did you mean time?",
    ),
    "number without unit": (
        ("draft: {time: 2 min}", "draft: {time: 2}"),
        "s.yaml:15: procedures.tell.steps.0.draft.time: expected a duration such as 15 min",
        ", received 2, did you mean 2 min?",
    ),
    "wrong unit": (
        ("horizon: 6 h", "horizon: 6 km"),
        "s.yaml:3: horizon: expected a duration such as 15 min, received '6 km'",
        "",
    ),
    "no length": (
        ("horizon: 6 h", "horizon: 0 h"),
        "s.yaml:3: horizon: expected a duration above 0, received 0",
        "",
    ),
    "missing key": (
        ("role: unit, ", ""),
        "s.yaml:19: offices.unit.role: expected the key role, received nothing",
        "",
    ),
    "outages without a gap": (
        ("time: 1 min}", "time: 1 min, fails: {every: 0 s, for: 1 min}}"),
        "s.yaml:10: channels.phone.fails.every: expected a time between outages of at least 1 s",
        ", received '0 s'",
    ),
    "ring of a fax": (
        ("kind: phone, time: 1 min}", "kind: fax, time: 1 min, ring: 45 s}"),
        "s.yaml:10: channels.phone.ring: expected no ring on a channel that nobody picks up",
        ", received '45 s'",
    ),
    "a call back by fax": (
        (
            "1 min}\nprocedures:\n  tell:\n    on: noticed\n    steps:\n",
            "1 min}\n  fax: {kind: fax, time: 1 min}\nprocedures:\n  tell:\n    on: noticed\n"
            "    steps:\n      - verify: {time: 1 min, by_call: {to: city, channel: fax}}\n",
        ),
        "s.yaml:16: procedures.tell.steps.0.verify.by_call.channel: expected a channel over which "
        "two persons talk",
        ", received 'fax'",
    ),
    "a confirmation by fax": (
        (
            "1 min}\nprocedures:\n  tell:\n    on: noticed\n    steps:\n",
            "1 min}\n  fax: {kind: fax, time: 1 min}\nprocedures:\n  tell:\n    on: noticed\n"
            "    steps:\n      - send: {to: city, channel: phone, report: initial, confirm: fax}\n",
        ),
        "s.yaml:16: procedures.tell.steps.0.send.confirm: expected a channel over which two "
        "persons talk",
        ", received 'fax'",
    ),
    "zeros of what is no figure": (
        ("- draft: {time: 2 min}", "- draft: {time: 2 min, zero: [daed]}"),
        "s.yaml:15: procedures.tell.steps.0.draft.zero.0: expected one of dead, missing",
        "did you mean dead?",
    ),
    "an office sends somebody from nowhere": (
        ("- draft: {time: 2 min}", "- verify: {time: 2 min, by_visit: {}}"),
        "s.yaml:19: offices.unit: expected a place of the office, or the time of the way",
        " (by_visit: way), received neither",
    ),
    "a team sends somebody to see": (
        (
            "offices:\n",
            "  go: {on: ordered, steps: [verify: {time: 1 min, by_visit: {way: 1 min}}]}\n"
            "teams:\n  t: {base: town, skills: [a], strength: 1, procedures: [go]}\noffices:\n",
        ),
        "s.yaml:17: procedures.go.steps.0.verify.by_visit: expected by_visit only in procedures",
        " of offices and depots, received 't'",
    ),
    "misspelt field on the way": (
        ("time: 1 min}", "time: 1 min, garble: {deaad: {mishear: 0.1}}}"),
        "s.yaml:10: channels.phone.garble.deaad: expected one of all, ",
        ", received 'deaad', did you mean dead?",
    ),
    "communications check without a limit": (
        (
            "incidents:\n",
            "injects:\n  c: {at: 1 h, kind: comms_check, incident: collapse, to: [unit, city], "
            "channel: phone}\nincidents:\n",
        ),
        "s.yaml:21: injects.c: expected a limit (limit) for the answer",
        ", received nothing",
    ),
    "dispatch to a task that does not exist": (
        ("- draft: {time: 2 min}", "- dispatch: {time: 2 min, task: recon}"),
        "s.yaml:15: procedures.tell.steps.0.dispatch.task: expected one of ",
        ", received 'recon'",
    ),
    "dispatch for nothing": (
        ("- draft: {time: 2 min}", "- dispatch: {time: 2 min}"),
        "s.yaml:15: procedures.tell.steps.0.dispatch: expected skills, or a task that lacks teams",
        ", received neither",
    ),
    "work of an office without a time": (
        ("- draft: {time: 2 min}", "- work: {}"),
        "s.yaml:15: procedures.tell.steps.0.work: expected a time, for there is no order",
        " with a task, received none",
    ),
    "work for a time, but at most": (
        ("- draft: {time: 2 min}", "- work: {time: 2 min, at_most: 1 min}"),
        "s.yaml:15: procedures.tell.steps.0.work.at_most: expected work on a task, without a time",
        ", received a time",
    ),
    "an outage without an end": (
        ("incidents:\n", "injects:\n  c: {at: 1 h, kind: outage, channel: phone}\nincidents:\n"),
        "s.yaml:21: injects.c.for: expected the key for, received nothing",
        "",
    ),
    "an outage of what is no channel": (
        (
            "incidents:\n",
            "injects:\n  c: {at: 1 h, kind: outage, channel: person, for: 1 h}\nincidents:\n",
        ),
        "s.yaml:21: injects.c.channel: expected one of phone, received 'person'",
        "",
    ),
    "an outage on condition that looks at nobody": (
        (
            "incidents:\n",
            "injects:\n  c: {on: {event: received}, kind: outage, channel: phone, for: 1 h}\n"
            "incidents:\n",
        ),
        "s.yaml:21: injects.c.to: expected the key to, received nothing",
        "",
    ),
    "an inject that goes to nobody": (
        ("incidents:\n", "injects:\n  c: {at: 1 h, incident: collapse}\nincidents:\n"),
        "s.yaml:21: injects.c.to: expected the key to, received nothing",
        "",
    ),
    "lines of an office without an outage": (
        (
            "incidents:\n",
            "injects:\n  c: {at: 1 h, incident: collapse, to: city, lines_of: [city]}\n"
            "incidents:\n",
        ),
        "s.yaml:21: injects.c.lines_of: expected kind: outage beside it, received 'initial'",
        "",
    ),
    "misspelt reference": (
        ("superior: city, proc", "superior: citty, proc"),
        "s.yaml:19: offices.unit.superior: expected a key under offices, received 'citty'",
        ", did you mean city?",
    ),
    "misspelt reference as a key": (
        ("noticed: {unit: 5 min}", "noticed: {unnit: 5 min}"),
        f"s.yaml:21: incidents.collapse.noticed.unnit: expected a key under {ACTORS}",
        ", received 'unnit', did you mean unit?",
    ),
    "misspelt reference in a step": (
        ("channel: phone}", "channel: phon}"),
        "s.yaml:16: procedures.tell.steps.1.send.channel: expected a key under channels",
        ", received 'phon', did you mean phone?",
    ),
    "list for a mapping": (
        (
            'places:\n  town: {adcode: "451200"}\n  mine: {at: [107.9, 24.8]}',
            "places: [town, mine]\n\n",
        ),
        "s.yaml:4: places: expected a mapping whose keys are the ids, not a list, received a list",
        "",
    ),
    "unknown word": (
        ("hazard: mine, place", "hazard: mien, place"),
        "s.yaml:21: incidents.collapse.hazard: expected one of ",
        ", received 'mien', did you mean mine?",
    ),
    "unknown role": (
        ("role: city_gov", "role: city_gv"),
        "s.yaml:18: offices.city.role: expected one of unit, ",
        ", received 'city_gv', did you mean city_gov?",
    ),
    "unknown kind of step": (
        ("- draft:", "- draught:"),
        "s.yaml:15: procedures.tell.steps.0: expected one of activate, ",
        ", received a mapping with the keys draught, did you mean draft?",
    ),
    "unknown distribution": (
        ("time: 1 min", "time: {lognorml: {median: 1 min}}"),
        "s.yaml:10: channels.phone.time: expected one of constant, lognormal, ",
        ", received a mapping with the keys lognorml, did you mean lognormal?",
    ),
    "distribution without sense": (
        ("time: 1 min", "time: {lognormal: {median: 9 min, p90: 1 min}}"),
        "s.yaml:10: channels.phone.time.lognormal: expected a p90 above the median, received a map",
        "ping with the keys median, p90",
    ),
    "two steps of one id": (
        ("- draft: {time: 2 min}\n", "- draft: {time: 2 min}\n      - draft: {time: 1 min}\n"),
        "s.yaml:16: procedures.tell.steps.1.draft: expected an id of its own for every step of a ",
        "procedure, received 'draft'",
    ),
    "guard on what nobody is told": (
        ("on: noticed\n", "on: noticed\n    when: {deaths: 3}\n"),
        "s.yaml:14: procedures.tell.when.deaths: expected one of hazard, grade, ",
        ", received 'deaths'",
    ),
    "guard that cannot be compared": (
        ("on: noticed\n", "on: noticed\n    when: {grade: '>= bad'}\n"),
        's.yaml:14: procedures.tell.when.grade: expected a comparison such as ">= III" or "< 10"',
        ", received '>= bad'",
    ),
    "warning of an unknown level": (
        ("draft: {time: 2 min}", "draft: {report: warning, warning: purple, time: 2 min}"),
        "s.yaml:15: procedures.tell.steps.0.draft.warning: expected one of red, orange, yellow",
        ", blue, lifted, received 'purple'",
    ),
    "else over a talk group": (
        (
            f"phone, {TELL}      - draft: {{time",
            f"radio, group: true, {TELL}      - send: "
            "{id: all, channel: phone, to: [city, unit], else: [record: {time: 1 s}]}\n"
            "      - draft: {time",
        ),
        "s.yaml:15: procedures.tell.steps.0.send.else: expected no else over a channel with group",
        ", received 'phone'",
    ),
    "review that sends back to nobody": (
        ("draft: {time: 2 min}", "review: {time: 2 min, sent_back: 0.2}"),
        "s.yaml:15: procedures.tell.steps.0.review.steps: expected the steps that draft it anew",
        ", received nothing",
    ),
    "channel to the public that is unknown": (
        ("draft: {time: 2 min}", "publish: {time: 2 min, reach: {smss: {share: 1, within: 1 s}}}"),
        "s.yaml:15: procedures.tell.steps.0.publish.reach.smss: expected one of phone, ",
        ", received 'smss', did you mean sms?",
    ),
    "share above all": (
        ("draft: {time: 2 min}", "publish: {time: 2 min, reach: {sms: {share: 2, within: 1 s}}}"),
        "s.yaml:15: procedures.tell.steps.0.publish.reach.sms.share: expected a number",
        "received 2",
    ),
    "working group that is unknown": (
        ("draft: {time: 2 min}", "stand_up: {time: 2 min, group: pres}"),
        "s.yaml:15: procedures.tell.steps.0.stand_up.group: expected one of press, ",
        ", received 'pres', did you mean press?",
    ),
    "consultation with nobody known": (
        ("draft: {time: 2 min}", "consult: {with: [cty], time: 2 min}"),
        "s.yaml:15: procedures.tell.steps.0.consult.with.0: expected a key under offices",
        ", received 'cty', did you mean city?",
    ),
    "consultation with a post that is not there": (
        ("draft: {time: 2 min}", "consult: {with: [city], post: press, time: 2 min}"),
        "s.yaml:15: procedures.tell.steps.0.consult.with.0: expected an office with the post ",
        "press, received 'city'",
    ),
    "truth of what never occurs": (
        ("noticed: {unit: 5 min}}", "noticed: {unit: 5 min}, occurs: false}"),
        "s.yaml:21: incidents.collapse.occurs: expected neither course nor noticed for what ",
        "never occurs, received false",
    ),
    "inject about nothing": (
        ("channels:\n", "injects: {a: {at: 1 h, to: unit}}\nchannels:\n"),
        "s.yaml:9: injects.a: expected the key incident, received nothing",
        "",
    ),
    "limit on what is no roll call": (
        (
            "channels:\n",
            "injects: {a: {at: 1 h, incident: collapse, to: unit, limit: 9 s}}\nchannels:\n",
        ),
        "s.yaml:9: injects.a.limit: expected kind: roll_call beside it, received 'initial'",
        "",
    ),
    "roll call of an unknown office": (
        ("channels:\n", "injects: {a: {at: 1 h, kind: roll_call, to: [city, cty]}}\nchannels:\n"),
        f"s.yaml:9: injects.a.to.1: expected a key under {ACTORS}, received 'cty'",
        ", did you mean city?",
    ),
    "times of an unknown step": (
        ("procedures: [tell]}", "procedures: [tell], times: {tell/drafts: 1 min}}"),
        "s.yaml:19: offices.unit.times.tell/drafts: expected procedure/step of a timed step ",
        "of unit, received 'tell/drafts', did you mean tell/draft?",
    ),
    "post that an office has not": (
        ("draft: {time: 2 min}", "draft: {by: leeder, time: 2 min}"),
        "s.yaml:15: procedures.tell.steps.0.draft.by: expected a post of unit: duty, leader",
        ", received 'leeder', did you mean leader?",
    ),
    "on call in an unknown shift": (
        ("duty: {day: 2, night: 1}", "duty: {persons: {day: 2, night: 1}, on_call: [nigt]}"),
        "s.yaml:18: offices.city.duty.on_call.0: expected a shift that the post is staffed in",
        ", received 'nigt', did you mean night?",
    ),
    "an unknown shift of a post in full": (
        ("duty: {day: 2, night: 1}", "duty: {persons: {day: 2, nigt: 1}}"),
        "s.yaml:18: offices.city.duty.persons.nigt: expected a shift of the calendar daily",
        ", received 'nigt', did you mean night?",
    ),
    "an unknown rule for the end of a shift": (
        ("duty: {day: 2, night: 1}", "duty: {persons: 1, at_end: hand-over}"),
        "s.yaml:18: offices.city.duty.at_end: expected",
        "did you mean hand_over?",
    ),
    "fatigue without a source": (
        ("duty: {day: 2, night: 1}", "duty: {persons: 1, fatigue: {after: 8 h, factor: 1.2}}"),
        "s.yaml:18: offices.city.duty.fatigue.source: expected",
        "",
    ),
    "hours in the short form": (
        ('day: "08:00-18:00"', 'day: "8-18"'),
        "s.yaml:",
        "shifts.day: expected hours of the day such as 08:00-18:00, received '8-18'",
    ),
    "an unknown day of a shift": (
        ('day: "08:00-18:00"', 'day: {hours: "08:00-18:00", days: [workdays]}'),
        "s.yaml:",
        "calendars.daily.shifts.day.days.0: expected",
    ),
    "interruption of who is held throughout": (
        ("on: noticed", "on: noticed\n    hold: procedure\n    interruptible: true"),
        "s.yaml:",
        "procedures.tell.hold: expected hold: step where work can be interrupted",
    ),
    "staff of an unknown shift": (
        ("duty: {day: 2, night: 1}", "duty: {day: 2, nigt: 1}"),
        "s.yaml:18: offices.city.duty.nigt: expected a shift of the calendar daily",
        ", received 'nigt', did you mean night?",
    ),
    "person on an unknown post": (
        ("channels:\n", "people: {li: {posts: [city/dutty]}}\nchannels:\n"),
        "s.yaml:9: people.li.posts.0: expected a post such as hechi/duty",
        ", received 'city/dutty', did you mean city/duty?",
    ),
    "ring of superiors": (
        ("role: city_gov,", "role: city_gov, superior: unit,"),
        "s.yaml:18: offices.city.superior: expected a chain that ends",
        ", received city → unit → city",
    ),
    "inject at no time": (
        ("incidents:\n", "injects: {call: {incident: collapse, to: city}}\nincidents:\n"),
        "s.yaml:20: injects.call: expected a time (at) or an event (on), received neither",
        "",
    ),
    "calls without a gap": (
        ("incidents:\n", "background: {b: {to: unit, gap: 0 s, procedure: tell}}\nincidents:\n"),
        "s.yaml:20: background.b.gap: expected a gap of at least 1 s on average, received '0 s'",
        "",
    ),
    "calls without a gap in the busiest hour": (
        (
            "incidents:\n",
            "background: {b: {to: unit, gap: 5 s, by_hour: {'08:00': 10}, procedure: tell}}\n"
            "incidents:\n",
        ),
        "s.yaml:20: background.b.gap: expected a gap of at least 1 s on average, received '0.5 s'",
        "",
    ),
    "no busy hour at all": (
        (
            "incidents:\n",
            "background: {b: {to: unit, gap: 5 s, by_hour: {'08:00': 0}, procedure: tell}}\n"
            "incidents:\n",
        ),
        "s.yaml:20: background.b.by_hour: expected a multiplier above 0 at some hour",
        "",
    ),
    "an hour named twice": (
        (
            "incidents:\n",
            "background: {b: {to: unit, gap: 5 s, by_hour: {'8:00': 1, '08:00': 2}, "
            "procedure: tell}}\nincidents:\n",
        ),
        "s.yaml:20: background.b.by_hour: expected every time of day once",
        "",
    ),
    "source of a number that is not there": (
        ("phone: {", "phone: {ring: 15 s, source: {rings: s1}, "),
        "s.yaml:10: channels.phone.source.rings: expected one of the keys ",
        ", received 'rings', did you mean ring?",
    ),
    "unknown adcode": (
        ('"451200"', '"451299"'),
        "s.yaml:5: places.town.adcode: expected the code of a city or county of Guangxi",
        ", did you mean ",
    ),
    "latitude first": (
        ("[107.9, 24.8]", "[24.8, 107.9]"),
        "s.yaml:6: places.mine.at: expected [longitude, latitude] in degrees",
        ", received [24.8, 107.9], did you mean [107.9, 24.8]?",
    ),
    "one id for two actors": (
        ("incidents:\n", "shelters: {city: {place: town}}\nincidents:\n"),
        "s.yaml:20: shelters.city: expected an id that is not used under offices already",
        ", received 'city'",
    ),
    "id with a slash": (
        ("  phone: {", "  ph/one: {"),
        "s.yaml:10: channels.ph/one: expected an id of letters, digits, - and _",
        ", received 'ph/one'",
    ),
    "start that is a number": (
        ("2026-07-01T08:00+08:00", "20260701"),
        "s.yaml:2: start: expected a date and time such as 2026-07-01T08:00+08:00",
        ", received 20260701",
    ),
    "start on no day": (
        ("2026-07-01T08:00+08:00", "2026-02-30T08:00+08:00"),
        "s.yaml:2: start: expected a date and time such as 2026-07-01T08:00+08:00",
        ", received '2026-02-30T08:00+08:00'",
    ),
    "other version": (
        ("yanlian: 1", "yanlian: 2"),
        "s.yaml:1: yanlian: expected yanlian: 1 (version of the format), received 2",
        "",
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_broken_scenario_says_where_and_what(messages, base, kind):
    change, begin, end = CASES[kind]
    found = messages(changed(base, *change))
    fitting = [line for line in found if line.startswith(begin) and end in line]
    assert len(fitting) == 1, found


def test_the_unbroken_scenario_loads(messages, base):
    assert messages(base) == []


def test_all_mistakes_are_reported_at_once(messages, base):
    text = base
    for kind in ("number without unit", "unknown role", "latitude first", "other version"):
        text = changed(text, *CASES[kind][0])
    text = changed(text, "noticed: {unit: 5 min}", "noticed: {unit: 5, city: soon}")
    assert [line.split(": expected")[0] for line in messages(text)] == [
        "s.yaml:1: yanlian",
        "s.yaml:6: places.mine.at",
        "s.yaml:15: procedures.tell.steps.0.draft.time",
        "s.yaml:18: offices.city.role",
        "s.yaml:21: incidents.collapse.noticed.city",
        "s.yaml:21: incidents.collapse.noticed.unit",
    ]


def test_messages_in_chinese(messages, base):
    text = changed(base, "superior: city, proc", "superior: citty, proc")
    assert messages(text, lang="zh") == [
        "s.yaml:19: offices.unit.superior: 应为 offices 中的键，实为 'citty'，是否想写 city？"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("role: unit, ", "", "s.yaml:19: offices.unit.role: 缺少 role"),
        ("horizon: 6 h", "horizon: ", "s.yaml:3: horizon: 缺少带单位的时长，如 15 min"),
        (
            "horizon: 6 h",
            "horizon: []",
            "s.yaml:3: horizon: 应为带单位的时长，如 15 min，实为含 0 项的列表",
        ),
        (
            "{unit: 5 min}",
            "{units: 5 min}",
            "s.yaml:21: incidents.collapse.noticed.units: 应为 offices 或 teams "
            "或 depots 或 shelters 中的键，实为 'units'，是否想写 unit？",
        ),
    ],
)
def test_chinese_and_latin_words_stand_apart(messages, base, old, new, message):
    assert messages(changed(base, old, new), lang="zh") == [message]


@pytest.mark.parametrize("name", ["灵川县", "lingchuan county", "灵川 县", "灵川现"])
def test_a_display_name_suggests_its_key(messages, base, name):
    text = changed(
        base, "  mine: {", "  lingchuan: {name: {zh: 灵川县, en: Lingchuan County}}\n  mine: {"
    )
    found = messages(changed(text, "hazard: mine, place: mine", f"hazard: mine, place: {name}"))
    (line,) = [line for line in found if "incidents.collapse.place: expected" in line]
    assert line.endswith(f"received '{name}', did you mean lingchuan?")


def test_who_must_travel_needs_a_way(messages, base):
    text = changed(base, "mine: {at: [107.9, 24.8]}", "mine: {}")
    assert messages(text) == []  # nobody goes there
    text += "teams:\n  fire: {base: town, skills: [rescue], strength: 8, procedures: [go]}\n"
    text = changed(text, "offices:\n", "  go: {on: ordered, steps: [travel]}\noffices:\n")
    text = changed(text, "- draft:", "- dispatch: {skills: [rescue], time: 1 min}\n      - draft:")
    assert messages(text) == [
        "s.yaml:6: places.mine: expected coordinates (at or adcode), or links to town, "
        "received neither"
    ]
    assert messages(text + "links: {road: {from: town, to: mine, length: 12 km}}\n") == []
    assert messages(text + "links: {road: {from: town, to: town}}\n")[-2:] == [
        "s.yaml:26: links.road: expected a length or a time, received neither",
        "s.yaml:26: links.road.to: expected another place than `from`, received 'town'",
    ]
