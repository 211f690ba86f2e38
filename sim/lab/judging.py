"""One record judged anew: with other readings of the text, and clocks put right by so much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.lab.answers import block, table
from sim.log import EventLog
from sim.report.duties import Duty, Reading, duties, listed
from sim.report.names import named
from sim.report.words import cell, owner_words, recurring
from sim.rules import Pack, all_readings, corrected, score
from sim.rules.all_readings import choices_of
from sim.rules.clockfile import Clocks, Offset
from sim.texts import t
from sim.texts.clauses import clause_words


class Judging:
    """A record and a pack; `options` are the choices that count at first.

    `actors`: those whose stamps are in the record, as they first appear.  `questions`: option ->
    its choices, of the pack's options that turn over at least one verdict of this record.
    """

    def __init__(self, log: EventLog, pack: Pack, options: Mapping[str, str] | None = None):
        self.log, self.pack, self.options = log, pack, dict(options or {})
        stamped = log.table[log.table["time"].notna() & (log.table["actor"] != "")]
        stamped = stamped[~stamped["activity"].isin(["role", "observe"])]
        self.actors = list(dict.fromkeys(stamped["actor"]))
        flips = all_readings(log, pack, self.options).flips
        named = {name for words in flips["choices"] for name in choices_of(words)}
        self.questions = {
            name: list(option.choices) for name, option in pack.options.items() if name in named
        }
        self.first = self.verdicts({}, {})

    def choice(self, option: str) -> str:
        """Return the choice of an option that counts at first."""
        return self.options.get(option, self.pack.options[option].default)

    def verdicts(self, choices: Mapping[str, str], minutes: Mapping[str, int]) -> Any:
        """Return the verdicts by these choices, with so many minutes added to actors' stamps."""
        moved = {actor: Offset(offset=f"{m} min") for actor, m in minutes.items() if m}
        log = corrected(self.log, Clocks(clocks=moved)) if moved else self.log
        return score(log, self.pack, {**self.options, **choices})

    def html(self, verdicts: Any, names: Mapping[str, str]) -> str:
        """Return every duty with its verdict at first and now; what has changed is coloured."""
        before = {_key(duty): (duty.word, _said(duty)) for duty in duties(self.first)}
        head = [t("clause"), t("rule"), t("owner → recipient"), t("as recorded"), t("as set")]
        rows, changed, moved = [], 0, 0
        for duty in listed(duties(verdicts)):
            word, then = before.get(_key(duty), ("", "—"))
            now = _said(duty)
            changed += duty.word != word
            moved += duty.word == word and now != then
            parties = owner_words(duty, names)
            if duty.recipient:
                to = t(", ").join(named(names, one) for one in duty.recipient.split("|"))
                parties += f" → {to}"
            texts = [clause_words(duty.clause), recurring(duty), parties, then]
            rows.append([*((text, "") for text in texts), (now, "told" * (now != then))])
        note = t("Margins in minutes: + to spare, - late.")
        sums = t("verdicts changed: {n}; only their margins: {m}", n=changed, m=moved)
        return block(table(head, rows), sums, note)


def _key(duty: Duty) -> tuple[Any, ...]:
    return duty.case, duty.rule, duty.incident, duty.owner, duty.recipient, duty.recurrence


def _said(duty: Duty) -> str:
    return cell(Reading(duty.verdict, margin=duty.margin, word=duty.word))
