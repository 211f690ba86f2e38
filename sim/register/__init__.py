"""Drills, findings and improvement actions over the years, in a database.

    with open_register("out/register.sqlite", make=True) as db:
        add_drills(db, log, verdicts, Drill(sha256, by="evaluator", kind="comprehensive"))
        trend(db)

Nothing is overwritten: what corrects a row is a new row that names it, with who and when.
"""

from sim.register.actions import actions, assign, close
from sim.register.appraisal import appraisal
from sim.register.database import Database, open_register
from sim.register.drills import Drill, Entry, add_drills, bodies, body_names, drills
from sim.register.findings import decide, findings
from sim.register.frequency import Frequency, frequency
from sim.register.sheet import read_actions, write_actions
from sim.register.trend import trend
from sim.register.verdicts import kept_verdicts

__all__ = [
    "Database",
    "Drill",
    "Entry",
    "Frequency",
    "actions",
    "add_drills",
    "appraisal",
    "assign",
    "bodies",
    "body_names",
    "close",
    "decide",
    "drills",
    "findings",
    "frequency",
    "kept_verdicts",
    "open_register",
    "read_actions",
    "trend",
    "write_actions",
]
