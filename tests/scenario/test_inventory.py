"""Lists of stock and vehicles beside the scenario, real files made by openpyxl and as CSV."""

import datetime as dt
import random

import openpyxl
import pytest

from sim.errors import UnusableInput
from sim.scenario import load_scenario, numbers_with_sources, resolved_yaml
from sim.texts import in_language

SUPPLY = """\
sources: {count: {title: stock-taking}}
items:
  tent: {name: 帐篷, unit: piece}
  water: {name: {zh: 饮用水, en: drinking water}, unit: bottle, packs: {case: 24}}
  quilt: {name: 棉被, unit: 床}
depots:
  city-depot: {name: 市级库, place: town, procedures: [issue, deliver]}
  county-depot: {name: {zh: 县级库, en: county depot}, procedures: [issue, deliver], place: mine}
"""
INVENTORY = "inventory:\n  stock: {file: stock.xlsx%s}\n"
HEAD = ["仓库", "品名", "账面数量", "单位"]
ROWS = [
    ["市级库", "帐篷", 300, "顶"],
    [None, "饮用水", 10, "箱"],
    ["县级库", "棉被", "1,200", "床"],
]


@pytest.fixture
def base(base):
    """The small valid scenario, with procedures for its depots."""
    steps = "[{pick: {time: 1 min}}, {load: {time: 1 min}}]"
    issue = f"  issue: {{on: requested, by: crew, steps: {steps}}}\n"
    deliver = "  deliver: {on: loaded, steps: [travel, hand_over: {time: 1 min}, return]}\n"
    return base.replace("procedures:\n", f"procedures:\n{issue}{deliver}", 1)


@pytest.fixture
def made(write, base, tmp_path):
    """`made(rows, more="", merge=…)`: the path of a scenario with this list."""

    def made(rows, more="", merge=(), tail="", name="stock.xlsx"):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "库存"
        for row in rows:
            sheet.append(row)
        for cells in merge:
            sheet.merge_cells(cells)
        book.save(tmp_path / name)
        return write(base + SUPPLY + INVENTORY % more + tail)

    return made


@pytest.fixture
def csv(write, base, tmp_path):
    """`csv(text, more="", encoding="utf-8")`: the path of a scenario with this list."""

    def csv(text, more="", encoding="utf-8", tail=""):
        (tmp_path / "stock.csv").write_bytes(text.encode(encoding))
        return write(base + SUPPLY + INVENTORY.replace("xlsx", "csv") % more + tail)

    return csv


def wrong(path, lang="en"):
    with in_language(lang), pytest.raises(UnusableInput) as error:
        load_scenario(path)
    return str(error.value).replace(f"{path.parent}/", "").splitlines()


def stocks(path):
    found = {}
    for depot, there in load_scenario(path).depots.items():
        for item, stock in there.stock.items():
            found[depot, item] = stock
    return found


def test_a_merged_list_is_the_same_as_the_scenario_written_out(made, write, base):
    """The oracle is the scenario itself with the stock written by hand."""
    path = made([["某市物资库存表"], HEAD, *ROWS], merge=["A1:D1", "A3:A4"])
    by_hand = SUPPLY.replace("place: town", "place: town, stock: {tent: 300, water: 240}").replace(
        "place: mine", "place: mine, stock: {quilt: 1200}"
    )
    expected = load_scenario(write(base + by_hand, "by-hand.yaml"))
    assert load_scenario(path).depots == expected.depots


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_list_with_the_blanks_of_merged_cells(csv, encoding, separator):
    text = separator.join(HEAD) + "\n市级库,帐篷,300,顶\n,饮用水,10,箱\n".replace(",", separator)
    found = stocks(csv(text, more=", fill: [depot]", encoding=encoding))
    assert {key: stock.record for key, stock in found.items()} == {
        ("city-depot", "tent"): 300,
        ("city-depot", "water"): 240,
    }


def test_record_fact_damage_and_batches(made):
    head = ["仓库", "品名", "账面数", "实盘数", "损坏数", "单位", "生产日期", "有效期至"]
    rows = [
        head,
        ["市级库", "帐篷", 300, 290, 5, "顶", "—", "/"],
        ["市级库", "饮用水", 10, 9, 0, "箱", dt.date(2026, 1, 2), dt.date(2027, 1, 1)],
        ["市级库", "饮用水", 48, None, 2, "瓶", "2025年6月1日", "20260531"],
        ["县级库", "棉被", 100],
        ["县级库", "棉被", 50],
    ]
    found = stocks(made(rows))
    tent, water, quilt = found.values()
    assert (tent.record, tent.fact, tent.damaged, tent.batches) == (300, 290, 5, [])
    assert (water.record, water.quantity, water.damaged) == (288, 9 * 24 + 48, 2)
    assert [(b.quantity, b.made, b.expires) for b in water.batches] == [
        (216, dt.date(2026, 1, 2), dt.date(2027, 1, 1)),
        (48, dt.date(2025, 6, 1), dt.date(2026, 5, 31)),
    ]
    assert (quilt.record, [b.quantity for b in quilt.batches]) == (150, [100, 50])


@pytest.mark.parametrize(
    ("head", "cells", "more"),
    [
        (["数量", "单位"], [240, "瓶"], ""),
        (["数量", "单位"], [10, "case"], ""),
        (["数量", "单位"], ["10", " 箱 "], ""),
        (["数量（箱）"], [10], ""),
        (["数量"], ["10箱"], ""),
        (["数量"], ["１０ 箱"], ""),
        (["数量（账面）", "单位"], [10, "箱"], ""),
        (["数量（箱）", "单位"], [10, "case"], ""),
        (["数量", "单位"], [240, "支"], ", units: {支: bottle}"),
        (["数目", "计数单位"], [10, "箱"], ", columns: {quantity: 数目, unit: 计数单位}"),
    ],
)
def test_packs_become_pieces(made, head, cells, more):
    found = stocks(made([["仓库", "品名", *head], ["市级库", "饮用水", *cells]], more))
    assert found["city-depot", "water"].record == 240


def test_names_are_those_of_the_scenario_or_told(made):
    rows = [["仓库", "品名", "数量"], ["COUNTY DEPOT", "tent", 1], ["东区", "12平米帐篷", 2]]
    more = ", depots: {东区: city-depot}, items: {12平米帐篷: tent}"
    found = stocks(made(rows, more))
    assert {key: stock.record for key, stock in found.items()} == {
        ("county-depot", "tent"): 1,
        ("city-depot", "tent"): 2,
    }


def test_a_list_of_one_depot_needs_no_column_for_it(made):
    found = stocks(made([["品名", "数量"], ["帐篷", 2]], ", depot: county-depot"))
    assert list(found) == [("county-depot", "tent")]


def test_sheet_and_header_may_be_named(made, tmp_path):
    path = made([HEAD, *ROWS], ", sheet: 七月, header: 3", merge=["A2:A3"])
    book = openpyxl.load_workbook(tmp_path / "stock.xlsx")
    sheet = book.create_sheet("七月")
    for row in (["x"], HEAD, HEAD, ["市级库", "帐篷", 7, "顶"]):
        sheet.append(row)
    book.save(tmp_path / "stock.xlsx")
    assert stocks(path)["city-depot", "tent"].record == 7


def test_the_owner_of_a_depot(made):
    rows = [["仓库", "品名", "数量", "权属"], ["市级库", "帐篷", 1, "商业协议储备"]]
    assert load_scenario(made(rows)).depots["city-depot"].owner == "agreement"


def test_a_stock_stands_in_the_list_or_in_the_scenario(made):
    """Depot by depot and item by item; a library file is part of the scenario."""
    path = made([HEAD, *ROWS], merge=["A2:A3"], tail="use: [more]\n")
    more = "yanlian: 1\ndepots:\n  city-depot: {stock: {quilt: {record: 7, damaged: 1}}}\n"
    (path.parent / "more.yaml").write_text(more, encoding="utf-8")
    found = {key: stock.record for key, stock in stocks(path).items()}
    assert found == {
        ("city-depot", "quilt"): 7,
        ("city-depot", "tent"): 300,
        ("city-depot", "water"): 240,
        ("county-depot", "quilt"): 1200,
    }
    (path.parent / "more.yaml").write_text(more.replace("quilt", "tent"), encoding="utf-8")
    tent = "stock.xlsx:库存!C2: depots.city-depot.stock.tent: "
    assert wrong(path) == [
        f"{tent}expected one statement of it, received it stated twice: "
        "7 in the scenario (more.yaml:3), 300 in the list"
    ]
    assert wrong(path, "zh") == [
        f"{tent}应为只写一处，实为重复写明：情景（more.yaml:3）中为 7，清单中为 300"
    ]


def test_all_that_is_stated_twice_is_collected(made):
    """The same number twice is no better: which of them will be updated?"""
    rows = [[*HEAD, "权属"], ["市级库", "帐篷", 300, "顶", "社会"], ["市级库", "饮用水", 10, "箱"]]
    rows[1][-1] = "商业协议储备"
    path = made([*rows, ["县级库", "棉被", "若干", "床"]])
    text = path.read_text(encoding="utf-8")
    own = "place: town, owner: government, stock: {tent: 300, water: {record: 15}}"
    path.write_text(text.replace("place: town, proc", f"{own}, proc"), encoding="utf-8")
    assert [
        line.replace("expected one statement of it, received it stated twice: ", "")
        for line in wrong(path)
    ] == [
        "stock.xlsx:库存!C2: depots.city-depot.stock.tent: "
        "300 in the scenario (s.yaml:30), 300 in the list",
        "stock.xlsx:库存!E2: depots.city-depot.owner: "
        "'government' in the scenario (s.yaml:30), 'agreement' in the list",
        "stock.xlsx:库存!C3: depots.city-depot.stock.water: "
        "15 in the scenario (s.yaml:30), 240 in the list",
        "stock.xlsx:库存!C4: 账面数量: expected a whole number of at least 0, received '若干'",
    ]


def test_a_library_may_bring_the_list(write, base, made, tmp_path):
    made([HEAD, *ROWS], merge=["A2:A3"])
    library = "yanlian: 1\n" + SUPPLY + INVENTORY % ""
    (tmp_path / "lists.yaml").write_text(library, encoding="utf-8")
    path = write(base + "use: [lists]\n")
    assert stocks(path)["county-depot", "quilt"].record == 1200


def test_the_source_of_a_list_holds_for_its_numbers(made):
    path = made([HEAD, *ROWS], ", source: count, header: 1", merge=["A2:A3"])
    found = {where: source for where, _, source in numbers_with_sources(path)}
    assert found["depots.city-depot.stock.tent.record"] == "count"
    assert not [where for where in found if where.startswith("inventory")]


def test_a_resolved_scenario_needs_no_list(made, write):
    path = made([[*HEAD, "有效期至"], [*ROWS[0], dt.date(2027, 1, 1)], ROWS[2]])
    text = resolved_yaml(path)
    assert "inventory" not in text
    assert load_scenario(write(text, "r.yaml")).depots == load_scenario(path).depots


VEHICLES = """\
车型,所在仓库,台数,核定载重（吨）,容积,平均车速,冷藏,权属
厢式货车,市级库,4辆,5,30,50,否,自有
厢式货车,县级库,1,1.5,12 m³,45 km/h,是,租用
冲锋舟,市级库,2艘,800 kg,,"1,2 km/h",,
"""


def test_vehicles_become_entries(csv):
    text = VEHICLES.replace("800 kg", "0.8").replace('"1,2 km/h"', "20 公里/小时")
    text += "冷藏车,市级库,,2,,,√,\n"
    found = load_scenario(csv(text, ", kind: vehicles")).vehicles
    assert {
        key: (v.depot, v.number, v.capacity, v.volume, v.speed, v.cold, v.whose)
        for key, v in found.items()
    } == {
        "厢式货车": ("city-depot", 4, 5_000_000, 30_000_000, 50_000, False, "own"),
        "厢式货车-2": ("county-depot", 1, 1_500_000, 12_000_000, 45_000, True, "hired"),
        "冲锋舟": ("city-depot", 2, 800_000, None, 20_000, False, "own"),
        "冷藏车": ("city-depot", 1, 2_000_000, None, None, True, "own"),
    }
    assert found["厢式货车-2"].title("", "zh") == "厢式货车"


def test_a_vehicle_of_the_scenario_adds_to_the_list(csv):
    text = "编号,仓库,载重\n桂A·1,市级库,5 t\n"
    tail = "vehicles: {桂A-1: {speed: 60 km/h}}\n"
    found = load_scenario(csv(text, ", kind: vehicles", tail=tail)).vehicles["桂A-1"]
    assert (found.depot, found.capacity, found.speed) == ("city-depot", 5_000_000, 60_000)


def test_what_a_list_says_of_a_vehicle_the_scenario_does_not_say_again(csv):
    text = "编号,仓库,载重\n桂A·1,市级库,5 t\n"
    tail = "vehicles:\n  桂A-1: {depot: county-depot, capacity: 5 t}\n"
    said = "expected one statement of it, received it stated twice: "
    assert wrong(csv(text, ", kind: vehicles", tail=tail)) == [
        f"stock.csv:2: vehicles.桂A-1.capacity: {said}"
        "'5 t' in the scenario (s.yaml:35), '5 t' in the list",
        f"stock.csv:2: vehicles.桂A-1.depot: {said}"
        "'county-depot' in the scenario (s.yaml:35), 'city-depot' in the list",
    ]


def test_mistakes_with_vehicles_are_named_by_cell(csv):
    text = VEHICLES + "货车,市极库,0,-3,5 箱,快,也许,借\n货车,市级库,2.5,5,,,,\n"
    assert [line.partition(", received")[0] for line in wrong(csv(text, ", kind: vehicles"))] == [
        "stock.csv:4: 平均车速: expected a number of at least 0 with its unit",
        "stock.csv:4: 核定载重（吨）: expected one unit",
        "stock.csv:5: 平均车速: expected a number of at least 0 with its unit",
        "stock.csv:5: 所在仓库: expected a depot of the scenario, by key or name",
        "stock.csv:5: 核定载重（吨）: expected a number of at least 0 with its unit",
        "stock.csv:6: 台数: expected a whole number of at least 0",
    ]


def test_values_of_vehicles_meet_the_checks_of_the_scenario(csv):
    text = "车型,仓库,台数,载重,容积,冷藏,权属,方式\n货车,市级库,0,5 箱,,也许,借,公路\n"
    assert [line.partition(", received")[0] for line in wrong(csv(text, ", kind: vehicles"))] == [
        "stock.csv:2: vehicles.货车.capacity: expected a mass such as 20 kg",
        "stock.csv:2: vehicles.货车.cold: expected true or false",
        "stock.csv:2: vehicles.货车.number: expected a number of at least 1",
        "stock.csv:2: vehicles.货车.whose: expected one of own, hired, military",
    ]


WHOLE = "expected a whole number of at least 0, received "
WATER = "expected a unit of drinking water: bottle, case, received "
ITEM = "expected an item of the scenario, by key or name, received "
DEPOT = "expected a depot of the scenario, by key or name, received "
DATE = "expected a date such as 2026-07-01, received "
LESS = "expected no more damaged pieces than there are, received "
OWNER = "expected one of government, agreement, social, production, 政府储备, 商业协议储备, "
OWNER += "社会储备, 生产能力储备, received '政府储配', did you mean 政府储备?"
BROKEN = {
    "a negative number": (["市级库", "帐篷", -3, "顶"], "C2", WHOLE + "'-3'"),
    "a fraction": (["市级库", "饮用水", 2.5, "箱"], "C2", WHOLE + "'2.5'"),
    "no number": (["市级库", "帐篷", None, "顶"], "C2", WHOLE + "nothing"),
    "words": (["市级库", "帐篷", "若干", "顶"], "C2", WHOLE + "'若干'"),
    "a decimal comma": (["市级库", "帐篷", "12,5", "顶"], "C2", WHOLE + "'12,5'"),
    "a unit that is neither": (
        ["市级库", "饮用水", 3, "桶"],
        "D2",
        WATER + "'桶', did you mean units: {桶: bottle} or packs: {桶: …}?",
    ),
    "a pack that the item has not": (
        ["市级库", "帐篷", 3, "箱"],
        "D2",
        "expected a unit of 帐篷: piece, received '箱', did you mean units: {箱: piece} "
        "or packs: {箱: …}?",
    ),
    "a misspelt unit": (
        ["市级库", "饮用水", 3, "caes"],
        "D2",
        WATER + "'caes', did you mean case?",
    ),
    "no unit where there are packs": (["市级库", "饮用水", 3, None], "D2", WATER + "nothing"),
    "two units": (["市级库", "饮用水", "3瓶", "箱"], "C2", "expected one unit, received 瓶, 箱"),
    "an item nobody knows": (
        ["市级库", "帐蓬", 3, "顶"],
        "B2",
        ITEM + "'帐蓬', did you mean 帐篷?",
    ),
    "a misspelt item": (["市级库", "tents", 3, "顶"], "B2", ITEM + "'tents', did you mean tent?"),
    "no item": (["市级库", None, 3, "顶"], "B2", ITEM + "nothing"),
    "a misspelt depot": (
        ["市级仓", "帐篷", 3, "顶"],
        "A2",
        DEPOT + "'市级仓', did you mean 市级库?",
    ),
    "no depot": ([None, "帐篷", 3, "顶"], "A2", DEPOT + "nothing, did you mean fill: [depot]?"),
    "an error": (["市级库", "帐篷", "#REF!", "顶"], "C2", "expected a value, received #REF!"),
    "a formula nobody computed": (
        ["市级库", "帐篷", "=1+2", "顶"],
        "C2",
        "expected a value, received a formula that was never computed: open the file in Excel "
        "and save it",
    ),
    "damage beyond the stock": (["市级库", "帐篷", 3, "顶", 4], "E2", LESS + "4"),
    "damage beyond the count": (["市级库", "帐篷", 50, "顶", 40, 30], "E2", LESS + "40"),
    "a day number": (
        ["市级库", "帐篷", 3, "顶", None, None, 46204],
        "G2",
        DATE + "'46204', did you mean 2026-07-01?",
    ),
    "no such day": (
        ["市级库", "帐篷", 3, "顶", None, None, "2026年2月30日"],
        "G2",
        DATE + "'2026年2月30日'",
    ),
    "expiry before the making": (
        ["市级库", "帐篷", 3, "顶", None, None, "2026-07-01", "2026-06-01"],
        "H2",
        "expected a day not before 2026-07-01, received 2026-06-01",
    ),
    "a strange owner": (
        ["市级库", "帐篷", 3, "顶", None, None, None, None, "政府储配"],
        "I2",
        OWNER,
    ),
}

FULL = [*HEAD, "损坏数", "实盘数", "生产日期", "有效期至", "权属"]


def heading(cell):
    """Return what the list calls the column of a cell."""
    return FULL["ABCDEFGHI".index(cell[0])]


@pytest.mark.parametrize("name", list(BROKEN))
def test_broken_rows(made, name):
    row, cell, message = BROKEN[name]
    assert wrong(made([FULL, row])) == [f"stock.xlsx:库存!{cell}: {heading(cell)}: {message}"]


def test_all_mistakes_come_at_once_with_those_of_the_scenario(made):
    """One broken row of each kind in one list, and a mistake in the scenario itself."""
    rows = [row for row, *_ in BROKEN.values()]
    found = wrong(made([FULL, *rows], tail="vehicles: {v: {depot: nowhere, capacity: 5 t}}\n"))
    assert [line for line in found if line.startswith("s.yaml:") and "vehicles.v.depot" in line]
    lines = [line for line in found if line.startswith("stock.xlsx:库存!")]
    for k, (_, cell, message) in enumerate(BROKEN.values()):
        assert f"stock.xlsx:库存!{cell[0]}{k + 2}: {heading(cell)}: {message}" in lines
    assert len(lines) == len(BROKEN)


@pytest.mark.parametrize(
    ("head", "unit", "message"),
    [
        ("数量（个）", "箱", "C2: 数量（个）: expected one unit, received 箱, 个"),
        (
            "数量（个）",
            None,
            f"C2: 数量（个）: {WATER}'个', did you mean units: {{个: bottle}} or ",
        ),
        ("数量", "个", f"D2: 单位: {WATER}'个', did you mean units: {{个: bottle}} or "),
    ],
)
def test_the_cell_or_the_heading_is_named_that_holds_the_unit(made, head, unit, message):
    (line,) = wrong(made([["仓库", "品名", head, "单位"], ["市级库", "饮用水", 3, unit]]))
    assert line.startswith(f"stock.xlsx:库存!{message}")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("饮用水（12 升箱装）", "items: {饮用水（12 升箱装）: water}"),
        ("瓶装饮用水", "items: {瓶装饮用水: water}"),
        ("饮用", "饮用水"),
        ("单人帐篷: 蓝", 'items: {"单人帐篷: 蓝": tent}'),
        ("铁锹", "items: {铁锹: …}"),
    ],
)
def test_an_unknown_item_is_told_how_to_map(made, name, hint):
    (line,) = wrong(made([HEAD, ["市级库", name, 3, None]]))
    assert line == f"stock.xlsx:库存!B2: 品名: {ITEM}{name!r}, did you mean {hint}?"


def test_a_mapping_that_was_suggested_is_read(made):
    rows = [HEAD, ["市级库", "单人帐篷: 蓝", 3, None], ["东区库", "帐篷", 4, None]]
    more = ', items: {"单人帐篷: 蓝": tent}, depots: {东区库: county-depot}'
    found = stocks(made(rows, more))
    assert [stock.record for stock in found.values()] == [3, 4]


def test_a_missing_column_says_what_was_found_and_how_to_map(made):
    rows = [["仓库", "品名", "现有库存量（个）", "备注"], ["市级库", "帐篷", 3, ""]]
    path = made(rows)
    assert wrong(path) == [
        "stock.xlsx:库存!A1: quantity: expected a column quantity / 数量 / 库存 / 库存数 in "
        "stock.xlsx, received '仓库, 品名, 现有库存量（个）, 备注', did you mean "
        "columns: {quantity: 现有库存量（个）}?"
    ]
    text = path.read_text(encoding="utf-8")
    told = text.replace("stock.xlsx}", "stock.xlsx, columns: {quantity: 现有库存量（个）}}")
    path.write_text(told, encoding="utf-8")
    assert stocks(path)["city-depot", "tent"].record == 3


def test_a_file_that_does_not_exist_has_a_like_one_beside_it(made, tmp_path):
    path = made([HEAD, ROWS[0]], name="物资台账.xlsx")
    text = path.read_text(encoding="utf-8").replace("stock.xlsx", "物资台帐.xlsx")
    path.write_text(text, encoding="utf-8")
    where = "s.yaml:33: inventory.stock.file: "
    assert wrong(path) == [
        f"{where}expected a file inside the scenario's folder, received '物资台帐.xlsx', "
        "which does not exist, did you mean 物资台账.xlsx?"
    ]
    (tmp_path / "物资台账.xlsx").unlink()
    assert wrong(path, "zh") == [
        f"{where}应为情景所在文件夹内的文件，实为 '物资台帐.xlsx'，该文件不存在"
    ]


def test_numbers_and_dates_of_unknown_items_are_looked_at_too(made):
    found = wrong(made([FULL, ["市级库", "铁锹", -1, "把", "?", None, "昨天"]]))
    assert [line.partition(": expected")[0] for line in found] == [
        "stock.xlsx:库存!B2: 品名",
        "stock.xlsx:库存!C2: 账面数量",
        "stock.xlsx:库存!E2: 损坏数",
        "stock.xlsx:库存!G2: 生产日期",
    ]


def test_equal_mistakes_are_one_line_and_many_are_counted(made):
    rows = [["市级库", "帐蓬", 3, "顶"]] * 500 + [
        ["市级库", f"x{k:03}", 3, "顶"] for k in range(30)
    ]
    found = wrong(made([HEAD, *rows]))
    assert found[0].endswith("received '帐蓬' in 500 rows, did you mean 帐篷?")
    assert found[-1].endswith("received 11 more such cells")
    assert len(found) == 21


def test_rows_of_strangers_may_be_passed_over(made):
    rows = [["省级库", "帐篷", -1, "顶"], ["市级库", "铁锹", 1, "把"], ["市级库", "帐篷", 2, "顶"]]
    assert list(stocks(made([HEAD, *rows], ", unknown: skip"))) == [("city-depot", "tent")]


def test_one_quantity_over_two_rows_is_not_counted_twice(made):
    rows = [["市级库", "帐篷", 3, "顶"], ["县级库", "帐篷", None, "顶"]]
    assert wrong(made([HEAD, *rows], merge=["C2:C3"])) == [
        "stock.xlsx:库存!C3: 账面数量: expected a number of its own in every row, "
        "received a cell merged with the one above"
    ]


def test_an_item_of_a_depot_stands_in_one_list_only(made):
    tail = "  again: {file: stock.xlsx}\n"
    assert wrong(made([HEAD, ROWS[0]], tail=tail)) == [
        "stock.xlsx:库存!B2: 品名: expected an item of a depot in one list only, "
        "received an item that stands in stock.xlsx too"
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (", sheet: 库藏", "stock.xlsx: expected one of the sheets 库存, received '库藏'"),
        (", columns: {quantity: 数目}", "columns.quantity: expected a column 数目 in stock.xlsx"),
        (", columns: {quantty: 数}", "columns.quantty: expected one of the columns depot, item"),
        (", columnes: {}", "columnes: expected one of the keys"),
        (", kind: stok", "kind: expected one of stock, vehicles"),
        (", kind: vehicles", "stock.xlsx:库存!A1: capacity: expected a column capacity"),
        (", items: {帐篷: tant}", "items.帐篷: expected a key under items"),
        (", header: 0", "header: expected a number of at least 1"),
        (", header: 99", "stock.xlsx:库存!A99: expected a header line and rows"),
        (", fill: [depto]", "fill.depto: expected one of the columns"),
    ],
)
def test_mistakes_in_what_is_said_of_a_list(made, more, message):
    (found,) = wrong(made([HEAD, ROWS[0]], more))
    assert found.removeprefix("s.yaml:33: inventory.stock.").startswith(message)


@pytest.mark.parametrize("name", ["../stock.csv", "/etc/passwd", "nowhere.csv", "C:\\x.csv"])
def test_no_path_leaves_the_folder(write, base, name):
    path = write(base + SUPPLY + f"inventory: {{stock: {{file: '{name}'}}}}\n")
    assert [line.partition(", received")[0] for line in wrong(path)] == [
        "s.yaml:32: inventory.stock.file: expected a file inside the scenario's folder"
    ]


def test_messages_are_chinese_too(made):
    found = wrong(made([FULL, BROKEN["a unit that is neither"][0]]), "zh")
    assert found == [
        "stock.xlsx:库存!D2: 单位: 应为物资“饮用水”的计量单位（bottle, case），实为 '桶'，"
        "是否想写 units: {桶: bottle} 或 packs: {桶: …}？"
    ]


def test_random_lists_keep_every_piece(made):
    """Pieces in the scenario are those written down, whatever the unit (seed 5)."""
    dice = random.Random(5)
    rows, pieces = [], {}
    for _ in range(300):
        depot, item = dice.choice(["市级库", "县级库"]), dice.choice(["帐篷", "饮用水", "棉被"])
        packs = item == "饮用水" and dice.random() < 0.5
        number = dice.randrange(1000)
        unit = "箱" if packs else {"帐篷": "顶", "饮用水": "瓶", "棉被": "床"}[item]
        rows.append([depot, item, dice.choice([number, str(number), f"{number:,}"]), unit])
        pieces[depot, item] = pieces.get((depot, item), 0) + number * (24 if packs else 1)
    names = {"市级库": "city-depot", "县级库": "county-depot"}
    keys = {"帐篷": "tent", "饮用水": "water", "棉被": "quilt"}
    found = stocks(made([HEAD, *rows]))
    assert {key: stock.record for key, stock in found.items()} == {
        (names[depot], keys[item]): n for (depot, item), n in pieces.items()
    }
    assert all(stock.quantity == stock.record for stock in found.values())
