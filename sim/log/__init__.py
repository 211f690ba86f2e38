"""The event record: one row per thing that happened, simulated or real."""

from sim.log.check import check_log
from sim.log.csvfile import read_log, write_log
from sim.log.fates import fates
from sim.log.record import EventLog
from sim.log.rows import to_log
from sim.log.teams import site_summary, team_times
from sim.log.warnings import warnings

__all__ = [
    "EventLog",
    "check_log",
    "fates",
    "read_log",
    "site_summary",
    "team_times",
    "to_log",
    "warnings",
    "write_log",
]
