"""What people look at: pictures, the scorecard, and the report page.

swimlane(log, verdicts)               # a figure that shows itself in a notebook
report_ecdf(log, verdicts, "GX-02-city")
print(scorecard(verdicts))
write_report("report.html", log, verdicts, scenario)
"""

from sim.report.animation import write_animation
from sim.report.ecdf import report_ecdf
from sim.report.gantt import team_chart
from sim.report.html import write_report
from sim.report.map import map_chart
from sim.report.scorecard import scorecard
from sim.report.supply_chart import supply_chart
from sim.report.supply_ecdf import supply_ecdf
from sim.report.swimlane import swimlane

__all__ = [
    "map_chart",
    "report_ecdf",
    "scorecard",
    "supply_chart",
    "supply_ecdf",
    "swimlane",
    "team_chart",
    "write_animation",
    "write_report",
]
