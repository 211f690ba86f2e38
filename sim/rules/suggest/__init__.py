"""Which inject would put an obligation to the test: from the rule's own words and a record.

for one in suggestions(log, pack, coverage(score(log, pack)).never()):
    print(one.words)
    print(one.yaml())     # to paste into the scenario
"""

from sim.rules.suggest.suggestion import Suggestion, in_a_row, suggest, suggestions

__all__ = ["Suggestion", "in_a_row", "suggest", "suggestions"]
