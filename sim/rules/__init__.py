"""Rule packs as data, and the scorer that turns a record and a pack into verdicts.

    pack = load_pack("guangxi-2012-65")
    verdicts = score(log, pack, {"end": "sent"})
    verdicts.table        # one row per rule × incident × owner (× recurrence)

The scorer does not ask whether a record is simulated or real.
"""

from sim.rules.agreement import Agreement, agreements
from sim.rules.all_readings import AllReadings, all_readings
from sim.rules.checklist import Tick, read_checklist, unticked, write_checklist
from sim.rules.clock_offsets import ClockOffsets, ContradictoryClocks, clock_offsets
from sim.rules.clockfile import Clocks, corrected, load_clocks
from sim.rules.coverage import Coverage, coverage
from sim.rules.deliveries import deliveries
from sim.rules.doubts import doubts
from sim.rules.editor import pack_schema
from sim.rules.finding import Finding, load_finding
from sim.rules.grades import grade_facts, grades
from sim.rules.hops import hops
from sim.rules.ledger import ledger
from sim.rules.load import load_pack, longest_limit, pack_names
from sim.rules.pack import Pack
from sim.rules.report_facts import column_help, report_facts
from sim.rules.right import minutes_until_right
from sim.rules.scoring import OutsideValidity, score
from sim.rules.triggers import trigger_facts
from sim.rules.verdicts import Verdicts
from sim.rules.why import why, why_parts
from sim.rules.yearly import yearly

__all__ = [
    "Agreement",
    "AllReadings",
    "ClockOffsets",
    "Clocks",
    "ContradictoryClocks",
    "Coverage",
    "Finding",
    "OutsideValidity",
    "Pack",
    "Tick",
    "Verdicts",
    "agreements",
    "all_readings",
    "clock_offsets",
    "column_help",
    "corrected",
    "coverage",
    "deliveries",
    "doubts",
    "grade_facts",
    "grades",
    "hops",
    "ledger",
    "load_clocks",
    "load_finding",
    "load_pack",
    "longest_limit",
    "minutes_until_right",
    "pack_names",
    "pack_schema",
    "read_checklist",
    "report_facts",
    "score",
    "trigger_facts",
    "unticked",
    "why",
    "why_parts",
    "write_checklist",
    "yearly",
]
