"""What people read: scorecard, pictures, one self-contained HTML page.

`sim.report.scorecard.scorecard`, `sim.report.swimlane.swimlane`, `sim.report.ecdf.report_ecdf`,
`sim.report.html.write_report`; `import sim` offers them by their names.  Nothing is imported
here, so that a scorecard does not wait for the plotting library.
"""
