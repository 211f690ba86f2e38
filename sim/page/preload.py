"""Imported once, by the process from which tasks are forked: what they need sooner or later."""

import sim.exercise
import sim.exercise.papers
import sim.experiment.against
import sim.intake
import sim.joining
import sim.lint
import sim.page.work
import sim.register
import sim.report.animation.write
import sim.report.html
import sim.report.map
import sim.report.swimlane
import sim.report.word  # noqa: F401
