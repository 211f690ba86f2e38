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
    "UnusableInput": "sim.errors",
    "YanlianError": "sim.errors",
    "all_readings": "sim.rules",
    "clock_offsets": "sim.rules",
    "corrected": "sim.rules",
    "coverage": "sim.rules",
    "coverage_chart": "sim.report.coverage_chart",
    "display_names": "sim.report.names",
    "drills_all_met": "sim.rules.samples",
    "drills_for_width": "sim.rules.samples",
    "exact_share": "sim.rules.samples",
    "explain": "sim.report.explain",
    "grade_chart": "sim.report.grade_chart",
    "grade_facts": "sim.rules",
    "grades": "sim.rules",
    "hops": "sim.rules",
    "import_files": "sim.intake",
    "knowledge_chart": "sim.report.knowledge",
    "ledger": "sim.rules",
    "load_clocks": "sim.rules",
    "load_finding": "sim.rules",
    "load_pack": "sim.rules",
    "load_scenario": "sim.scenario",
    "load_scheme": "sim.rules.scheme",
    "load_targets": "sim.targets",
    "map_chart": "sim.report.map",
    "marks": "sim.rules.marks",
    "order_fates": "sim.log",
    "order_lines": "sim.log",
    "pack_names": "sim.rules",
    "read_checklist": "sim.rules",
    "read_log": "sim.log",
    "readings_text": "sim.report.readings",
    "record_accuracy": "sim.log",
    "register_policy": "sim.model.dispatching",
    "relief_times": "sim.log",
    "report_ecdf": "sim.report.ecdf",
    "run": "sim.experiment",
    "scheme_names": "sim.rules.scheme",
    "score": "sim.rules",
    "score_targets": "sim.targets",
    "scorecard": "sim.report.scorecard",
    "site_summary": "sim.log",
    "stock_outs": "sim.log",
    "suggestions": "sim.rules.suggest",
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
    "trigger_facts": "sim.rules",
    "unhoused": "sim.log",
    "unmet_need": "sim.log",
    "use_language": "sim.texts",
    "vehicle_use": "sim.log",
    "why": "sim.rules",
    "why_parts": "sim.rules",
    "write_checklist": "sim.rules",
    "write_coverage": "sim.report.coverage_page",
    "write_log": "sim.log",
    "write_report": "sim.report.html",
    "yearly": "sim.rules",
}
__all__ = [
    "EventLog",
    "UnusableInput",
    "YanlianError",
    "all_readings",
    "clock_offsets",
    "corrected",
    "coverage",
    "coverage_chart",
    "display_names",
    "drills_all_met",
    "drills_for_width",
    "exact_share",
    "explain",
    "grade_chart",
    "grade_facts",
    "grades",
    "hops",
    "import_files",
    "knowledge_chart",
    "ledger",
    "load_clocks",
    "load_finding",
    "load_pack",
    "load_scenario",
    "load_scheme",
    "load_targets",
    "map_chart",
    "marks",
    "order_fates",
    "order_lines",
    "pack_names",
    "read_checklist",
    "read_log",
    "readings_text",
    "record_accuracy",
    "register_policy",
    "relief_times",
    "report_ecdf",
    "run",
    "scheme_names",
    "score",
    "score_targets",
    "scorecard",
    "site_summary",
    "stock_outs",
    "suggestions",
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
    "trigger_facts",
    "unhoused",
    "unmet_need",
    "use_language",
    "vehicle_use",
    "why",
    "why_parts",
    "write_checklist",
    "write_coverage",
    "write_log",
    "write_report",
    "yearly",
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
