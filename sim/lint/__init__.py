"""Warnings about scenarios that are valid but will hardly do what their author means.

    for warning in lint(load_scenario("my-drill.yaml")):
        print(warning)

Every check looks at one matter in a file of its own and is a pure function of the scenario.
"""

from sim.lint.checks import CHECKS, lint
from sim.lint.warning import LintWarning

__all__ = ["CHECKS", "LintWarning", "lint"]
