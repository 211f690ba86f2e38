"""Stocks: where they are filled up from, and whether anybody waits for what is made."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import YamlFile
from sim.scenario.depots import DepotOfSupply
from sim.scenario.scenario import Scenario
from sim.texts import t


def stock_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with how the depots' stocks are kept."""
    found: list[Problem] = []
    for key, depot in scenario.depots.items():
        found += _suppliers(scenario, key, depot, file)
        found += _makers(key, depot, file)
    return found


def _suppliers(
    scenario: Scenario, key: str, depot: DepotOfSupply, file: YamlFile
) -> Iterator[Problem]:
    """A supplier is another depot that keeps the item, and the chain of suppliers ends."""
    for item, rule in depot.replenish.items():
        supplier = scenario.depots.get(rule.from_ or "")
        if supplier is None:
            continue
        node = ("depots", key, "replenish", item, "from")
        chain = _chain(scenario, key, item)
        if supplier is depot:
            yield file.problem(node, t("another depot"), shown(key))
        elif chain[-1] == key:
            yield file.problem(node, t("a chain that ends"), " → ".join(chain))
        elif not {item} & {*supplier.stock, *supplier.replenish, *supplier.production}:
            yield file.problem(node, t("a depot that keeps {item}", item=item), shown(rule.from_))


def _chain(scenario: Scenario, key: str, item: str) -> list[str]:
    """Return the depots from which one another's stock comes, up to the first that stands twice."""
    chain = [key]
    while chain[-1] not in chain[:-1]:
        depot = scenario.depots.get(chain[-1])
        rule = depot.replenish.get(item) if depot else None
        if rule is None or rule.from_ is None:
            break
        chain.append(rule.from_)
    return chain


def _makers(key: str, depot: DepotOfSupply, file: YamlFile) -> Iterator[Problem]:
    """What is made is what is owed: only a depot that promises more than it has owes anything."""
    if depot.production and not depot.waits:
        expected = t("owner: production, or backorders: true")
        yield file.problem(("depots", key, "production"), expected, ", ".join(depot.production))
