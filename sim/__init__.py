"""Yanlian (演练): emergency drills simulated, and drills judged, by one rule book.

    scenario = load_scenario("scenarios/chemical-leak.yaml")
    log = run(scenario, seed=1, packs=(load_pack("guangxi-2012-65"),))
    verdicts = score(log, load_pack("guangxi-2012-65"))
    swimlane(log, verdicts)

The names below are the public interface; each is imported when it is first used, so that
`import sim` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "EventLog": "sim.log",
    "Results": "sim.experiment",
    "Study": "sim.experiment",
    "UnusableInput": "sim.errors",
    "YanlianError": "sim.errors",
    "compared": "sim.experiment.compare",
    "compliance_chart": "sim.report.compliance_chart",
    "conduct": "sim.experiment",
    "convergence_chart": "sim.report.convergence_chart",
    "difference_chart": "sim.report.difference_chart",
    "display_names": "sim.report.names",
    "engine_named": "sim.experiment",
    "explain": "sim.report.explain",
    "frontier_chart": "sim.report.frontier_chart",
    "heat_chart": "sim.report.heat_chart",
    "knowledge_chart": "sim.report.knowledge",
    "ledger": "sim.rules",
    "load_finding": "sim.rules",
    "load_pack": "sim.rules",
    "load_scenario": "sim.scenario",
    "load_study": "sim.experiment",
    "load_targets": "sim.targets",
    "make_study": "sim.experiment",
    "map_chart": "sim.report.map",
    "mser5": "sim.experiment.steady",
    "numbers": "sim.experiment.answers",
    "order_fates": "sim.log",
    "order_lines": "sim.log",
    "pack_names": "sim.rules",
    "ranks": "sim.experiment.compare",
    "read_log": "sim.log",
    "read_results": "sim.experiment",
    "record_accuracy": "sim.log",
    "register_policy": "sim.model.dispatching",
    "relief_times": "sim.log",
    "report_ecdf": "sim.report.ecdf",
    "run": "sim.experiment",
    "safe_table": "sim.report.study_text",
    "score": "sim.rules",
    "score_targets": "sim.targets",
    "scorecard": "sim.report.scorecard",
    "shares": "sim.experiment.answers",
    "site_summary": "sim.log",
    "sobol": "sim.experiment.sensitivity",
    "stock_outs": "sim.log",
    "study_text": "sim.report.study_text",
    "supply_chart": "sim.report.supply_chart",
    "supply_costs": "sim.log",
    "supply_ecdf": "sim.report.supply_ecdf",
    "supply_stages": "sim.log",
    "supply_summary": "sim.log",
    "swimlane": "sim.report.swimlane",
    "target_names": "sim.targets",
    "task_times": "sim.log",
    "team_chart": "sim.report.gantt",
    "team_times": "sim.log",
    "tornado": "sim.experiment.sensitivity",
    "tornado_chart": "sim.report.tornado_chart",
    "unhoused": "sim.log",
    "unmet_need": "sim.log",
    "use_language": "sim.texts",
    "vehicle_use": "sim.log",
    "verify": "sim.experiment",
    "why": "sim.rules",
    "why_parts": "sim.rules",
    "write_log": "sim.log",
    "write_report": "sim.report.html",
    "write_study_report": "sim.report.study_page",
}
__all__ = [
    "EventLog",
    "Results",
    "Study",
    "UnusableInput",
    "YanlianError",
    "compared",
    "compliance_chart",
    "conduct",
    "convergence_chart",
    "difference_chart",
    "display_names",
    "engine_named",
    "explain",
    "frontier_chart",
    "heat_chart",
    "knowledge_chart",
    "ledger",
    "load_finding",
    "load_pack",
    "load_scenario",
    "load_study",
    "load_targets",
    "make_study",
    "map_chart",
    "mser5",
    "numbers",
    "order_fates",
    "order_lines",
    "pack_names",
    "ranks",
    "read_log",
    "read_results",
    "record_accuracy",
    "register_policy",
    "relief_times",
    "report_ecdf",
    "run",
    "safe_table",
    "score",
    "score_targets",
    "scorecard",
    "shares",
    "site_summary",
    "sobol",
    "stock_outs",
    "study_text",
    "supply_chart",
    "supply_costs",
    "supply_ecdf",
    "supply_stages",
    "supply_summary",
    "swimlane",
    "target_names",
    "task_times",
    "team_chart",
    "team_times",
    "tornado",
    "tornado_chart",
    "unhoused",
    "unmet_need",
    "use_language",
    "vehicle_use",
    "verify",
    "why",
    "why_parts",
    "write_log",
    "write_report",
    "write_study_report",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
