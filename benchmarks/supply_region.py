"""The region of both sides: depots of 14 cities, needs of 111 counties, 40 items, 300 vehicles.

Numbers stand here once; `scenario()` is our model's form of them and `twin_supply` runs them as an
ordinary SimPy program.  Times in seconds as (median, 90 % quantile), weights in kilograms.
"""

from __future__ import annotations

import csv
from pathlib import Path

import sim.scenario
from sim.scenario import Scenario

UNTIL = 10 * 86_400
GAP = 86_400
"""Mean time between two needs of one kit in one county; every county asks for two kits."""
OFFICERS, CREW, DOCKS = 2, 6, 3
DECIDE, APPROVE, PICK = (900, 1800), (600, 1500), (1800, 3600)
LOAD, UNLOAD, HAND_OVER = (1200, 2100), (1200, 2400), (900, 1800)
CAPACITY, SPEED, DETOUR = 3000, 50_000, 1.4
STOCK, BELOW, ORDER, LEAD = 800, 600, 600, 2 * 86_400
ITEMS = {f"item-{k}": 1 + (7 * k) % 19 for k in range(40)}
"""Item: kilograms a piece."""
KITS = {
    f"kit-{k}": {f"item-{5 * k + j}": 30 + 10 * ((k + 3 * j) % 5) for j in range(5)}
    for k in range(8)
}

_ROWS = csv.DictReader(
    (Path(sim.scenario.__file__).parent / "geo" / "guangxi_places.csv")
    .read_text(encoding="utf-8")
    .splitlines()
)
_PLACES = {row["adcode"]: row for row in _ROWS}
CITIES = [code for code, row in _PLACES.items() if row["level"] == "city"]
COUNTIES = {code: row["parent"] for code, row in _PLACES.items() if row["level"] == "county"}
AT = {
    code: (float(_PLACES[code]["longitude"]), float(_PLACES[code]["latitude"]))
    for code in (*CITIES, *COUNTIES)
}
"""Longitude and latitude in degrees."""
FLEET = {city: 22 if k < 6 else 21 for k, city in enumerate(CITIES)}
ASKS = {county: (f"kit-{k % 8}", f"kit-{(k + 3) % 8}") for k, county in enumerate(COUNTIES)}


def scenario() -> Scenario:
    """Return the region as a scenario."""
    asks = {
        f"{city}-{kit}": {
            "on": "called",
            "steps": [{"request": {"items": items, "from": f"d{city}"} | _time(DECIDE)}],
        }
        for city in CITIES
        for kit, items in KITS.items()
    }
    fixed = {
        "issue": {
            "on": "requested",
            "by": "crew",
            "steps": [
                {"approve": {"by": "superior.leader"} | _time(APPROVE)},
                {"pick": _time(PICK)},
                {"load": _time(LOAD)},
            ],
        },
        "deliver": {
            "on": "loaded",
            "by": "crew",
            "steps": [
                "travel",
                {"unload": _time(UNLOAD)},
                {"hand_over": _time(HAND_OVER)},
                "return",
            ],
        },
    }
    return Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": f"{UNTIL} s",
            "tail": "0 s",
            "places": {f"p{code}": {"at": at} for code, at in AT.items()},
            "offices": {f"o{city}": {"role": "city_gov", "place": f"p{city}"} for city in CITIES}
            | {
                f"c{county}": {"role": "county_gov", "place": f"p{county}", "duty": OFFICERS}
                for county in COUNTIES
            },
            "procedures": asks | fixed,
            "policies": {
                "travel": {"detour": DETOUR, "speed": f"{SPEED // 1000} km/h"},
                "supply": {"consolidate": False},
            },
            "items": {key: {"unit": "piece", "weight": f"{kg} kg"} for key, kg in ITEMS.items()},
            "depots": {
                f"d{city}": {
                    "place": f"p{city}",
                    "superior": f"o{city}",
                    "stock": dict.fromkeys(ITEMS, STOCK),
                    "replenish": {
                        item: {"below": BELOW, "order": ORDER, "lead": f"{LEAD} s"}
                        for item in ITEMS
                    },
                    "crew": CREW,
                    "docks": DOCKS,
                    "procedures": ["issue", "deliver"],
                }
                for city in CITIES
            },
            "vehicles": {
                f"v{city}": {
                    "depot": f"d{city}",
                    "number": number,
                    "capacity": f"{CAPACITY} kg",
                }
                for city, number in FLEET.items()
            },
            "background": {
                f"b{county}-{kit}": {
                    "to": f"c{county}",
                    "gap": {"exponential": {"mean": f"{GAP} s"}},
                    "procedure": f"{COUNTIES[county]}-{kit}",
                    "places": {f"p{county}": 1},
                }
                for county, kits in ASKS.items()
                for kit in kits
            },
        }
    )


def _time(times: tuple[int, int]) -> dict[str, object]:
    return {"time": {"lognormal": {"median": f"{times[0]} s", "p90": f"{times[1]} s"}}}
