"""The event record: one row per thing that happened, simulated or real."""

from sim.log.check import check_log
from sim.log.contradictions import contradictions
from sim.log.corrections import corrections, counted
from sim.log.costs import supply_costs
from sim.log.csvfile import read_log, write_log
from sim.log.fates import fates
from sim.log.orders import order_fates
from sim.log.record import EventLog
from sim.log.relief import relief_times
from sim.log.rows import to_log
from sim.log.stages import supply_stages
from sim.log.stocks import record_accuracy, stock_outs
from sim.log.supply import order_lines
from sim.log.supply_sums import supply_summary
from sim.log.tasks import task_times
from sim.log.teams import site_summary, team_times
from sim.log.unhoused import unhoused
from sim.log.unmet import unmet_need
from sim.log.vehicles import vehicle_use
from sim.log.warnings import warnings

__all__ = [
    "EventLog",
    "check_log",
    "contradictions",
    "corrections",
    "counted",
    "fates",
    "order_fates",
    "order_lines",
    "read_log",
    "record_accuracy",
    "relief_times",
    "site_summary",
    "stock_outs",
    "supply_costs",
    "supply_stages",
    "supply_summary",
    "task_times",
    "team_times",
    "to_log",
    "unhoused",
    "unmet_need",
    "vehicle_use",
    "warnings",
    "write_log",
]
