"""Networks of roads as CSV files beside the scenario."""

from __future__ import annotations

import pytest

from sim.errors import UnusableInput
from sim.scenario import load_scenario, numbers_with_sources, resolved_yaml
from sim.scenario.geo import distance_m

NODES = """\
id,longitude,latitude,name
n1,108.00,24.70,
n2,108.10,24.70,桥头
n3,108.10,24.80,
"""
LINKS = """\
id,from,to,length,class,speed,one_way,mode
r1,n1,n2,11 km,secondary,,no,
r2,n2,n3,12500,primary,45,yes,road
,n3,n1,16 km,,,,
river,n1,n3,20 km,,10 km/h,,water
"""
NETWORK = "network: {links: links.csv, nodes: nodes.csv, source: osm}\n"


@pytest.fixture
def files(write, base):
    """`files(links, nodes, network)`: the path of a scenario with a network."""

    def files(links=LINKS, nodes=NODES, network=NETWORK, encoding="utf-8"):
        write("", "links.csv").write_bytes(links.encode(encoding))
        write("", "nodes.csv").write_bytes(nodes.encode(encoding))
        return write(base + network)

    return files


def wrong(path, tmp_path):
    with pytest.raises(UnusableInput) as error:
        load_scenario(path)
    return str(error.value).replace(f"{tmp_path}/", "").splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_links_and_nodes_are_read(files, encoding):
    scenario = load_scenario(files(encoding=encoding))
    assert list(scenario.links)[:4] == ["r1", "r2", "n3-n1", "river"]
    r2 = scenario.links["r2"]
    assert (r2.from_, r2.to, r2.length, r2.class_) == ("n2", "n3", 12_500, "primary")
    assert (r2.speed, r2.one_way, r2.mode) == (45_000, True, "road")
    assert scenario.links["river"].mode == "water"
    assert scenario.places["n2"].at == (108.10, 24.70)
    assert scenario.places["n2"].title("n2", "zh") == "桥头"


def test_columns_of_openstreetmap_tools(files):
    """As an edge table of such tools has them: metres, km/h, True and False, further columns."""
    links = (
        "u,v,key,osmid,highway,maxspeed,oneway,length,name\n"
        "n1,n2,0,17,residential,,False,10150.7,\n"
        "n2,n1,0,17,residential,,False,10150.7,\n"
        "n2,n3,0,18,motorway_link,80,True,11200,\n"
    )
    nodes = NODES.replace("id,longitude,latitude", "osmid,x,y")
    scenario = load_scenario(files(links, nodes))
    found = [(k, v.class_, v.speed, v.one_way, v.length) for k, v in scenario.links.items()][:3]
    assert found == [
        ("n1-n2", "local", None, False, 10_151),
        ("n2-n1", "local", None, False, 10_151),
        ("n2-n3", "motorway", 80_000, True, 11_200),
    ]


def test_columns_of_a_chinese_table(files):
    links = "起点；终点；长度；道路等级；单向\nn1；n2；11 km；二级公路；否\n".replace("；", "\t")
    link = load_scenario(files(links, encoding="gb18030")).links["n1-n2"]
    assert (link.class_, link.one_way) == ("primary", False)


def test_places_beside_the_network_are_joined_to_the_nearest_node(files):
    """mine lies at 107.9, 24.8: nearest is n1, one tenth of a degree either way."""
    scenario = load_scenario(files())
    joined = scenario.links["mine--n1"]
    metres = distance_m((107.9, 24.8), (108.0, 24.7)) * 1.4
    assert joined.length == int(metres + 1)
    assert (joined.from_, joined.to, joined.mode) == ("mine", "n1", "road")
    few = load_scenario(files(network=NETWORK.replace("source: osm", "attach: 10 km")))
    assert "mine--n1" not in few.links


def test_a_network_may_be_the_name_of_its_links_alone(files, write, base):
    files()
    links = "from,to,length\ntown,mine,30 km\n"
    write(links, "links.csv")
    assert list(load_scenario(write(base + "network: links.csv\n")).links) == ["town-mine"]


def test_what_the_scenario_says_itself_wins(files):
    more = "links: {r1: {length: 15 km}}\n"
    link = load_scenario(files(network=NETWORK + more)).links["r1"]
    assert (link.length, link.to, link.class_) == (15_000, "n2", "secondary")


def test_a_library_may_bring_the_network(files, write, base):
    files()
    write("yanlian: 1\n" + NETWORK, "roads.yaml")
    assert "r1" in load_scenario(write(base + "use: [roads]\n")).links


def test_all_mistakes_are_reported_with_file_and_line(files, tmp_path):
    links = (
        "from,to,length,class,speed,one_way\n"
        "n1,n2,abc,secondary,,\n"
        "n1,nn1,12 km,,,\n"
        "\n"
        "n2,n3,12 km,secundary,,perhaps\n"
        "n2,n3,3 km,,,\n"
        "n1,,12 km,,,\n"
    )
    nodes = NODES.replace("n3,108.10,24.80", "n3,24.80,108.10")
    found = wrong(files(links, nodes), tmp_path)
    expected = [
        ("links.csv:2: links.n1-n2.length: expected a length such as 12 km", "'abc'"),
        ("links.csv:3: links.n1-nn1.to: expected a key under places", "did you mean n1?"),
        ("links.csv:5: links.n2-n3.class: expected one of motorway", "did you mean secondary?"),
        ("links.csv:5: links.n2-n3.one_way: expected ", "'perhaps'"),
        ("links.csv:7: links.n1-.to: expected the key to", "nothing"),
        ("nodes.csv:4: places.n3.at: expected [longitude, latitude] in degrees", "did you mean "),
    ]
    for begin, end in expected:
        assert [line for line in found if line.startswith(begin) and end in line], (begin, found)


def test_a_link_shorter_than_the_straight_line_is_a_mistake(files, tmp_path):
    """n2 to n3 is a tenth of a degree of latitude: 11.1 km."""
    found = wrong(files(LINKS.replace("12500", "3000")), tmp_path)
    assert found == [
        "links.csv:3: links.r2.length: expected no less than the straight line, 11.1 km, "
        "received 3 km"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("from,to", "form,to", "links.csv:1: from: expected a column from in links.csv"),
        ("r2,", "r1,", "links.csv:3: id: expected an id that no other line has, received 'r1'"),
        (",no,\n", ",no,,9\n", "links.csv:2: expected as many cells as the header has"),
    ],
)
def test_mistakes_of_the_table_itself(files, tmp_path, old, new, message):
    found = wrong(files(LINKS.replace(old, new, 1)), tmp_path)
    assert [line.replace(str(tmp_path) + "/", "")[: len(message)] for line in found] == [message]


@pytest.mark.parametrize("name", ["../links.csv", "/etc/passwd", "nowhere.csv", "C:\\x.csv"])
def test_no_path_leaves_the_folder(files, write, tmp_path, name):
    (tmp_path / "in").mkdir()
    files()
    path = write("yanlian: 1\nnetwork: '" + name + "'\n", "in/s.yaml")
    expected = "expected a file inside the scenario's folder"
    assert [line for line in wrong(path, tmp_path) if f"in/s.yaml:2: network: {expected}" in line]


def test_a_link_outside_by_symbolic_link_is_refused(files, write, base, tmp_path):
    (tmp_path / "in").mkdir()
    files()
    (tmp_path / "in" / "l.csv").symlink_to(tmp_path / "links.csv")
    path = write(base + "network: l.csv\n", "in/s.yaml")
    assert "expected a file inside the scenario's folder" in wrong(path, tmp_path)[0]


def test_the_source_of_a_network_holds_for_its_numbers(files):
    found = {path: source for path, _, source in numbers_with_sources(files())}
    assert found["links.r1.length"] == "osm"


def test_a_resolved_scenario_needs_no_table(files, write):
    text = resolved_yaml(files())
    assert "network" not in text
    assert list(load_scenario(write(text, "resolved.yaml")).links)[:2] == ["r1", "r2"]


CLOSURE = "network: {links: links.csv, nodes: nodes.csv}\nclosures:\n  k: {%s}\n"


@pytest.mark.parametrize(
    ("closure", "message"),
    [
        ("from: 1 h", "closures.k: expected links, classes or near: what is closed"),
        ("links: [r9], from: 1 h", "closures.k.links.0: expected a key under links"),
        ("links: [r1]", "closures.k: expected a time (from), a gap (every), an incident, or an"),
        ("links: [r1], every: 0 s, lasts: 1 h", "closures.k.every: expected a time between"),
        ("links: [r1], every: 1 h", "closures.k.every: expected a duration (lasts) and no"),
        ("links: [r1], from: 2 h, until: 1 h", "closures.k.until: expected a time after from"),
        ("links: [r1], from: 0 s, until: 1 h, lasts: 1 h", "closures.k.until: expected either"),
        ("links: [r1], from: 0 s, factor: 1", "closures.k.factor: expected "),
        ("links: [r1], incident: colapse", "closures.k.incident: expected a key under incidents"),
        ("links: [r1], from: 0 s, reason: rain", "closures.k.reason: expected one of flooded"),
    ],
)
def test_broken_closures(files, tmp_path, closure, message):
    found = wrong(files(network=CLOSURE % closure), tmp_path)
    assert [line for line in found if f"s.yaml:24: {message}" in line], found


def test_an_inject_of_a_closure_names_one(files, tmp_path):
    network = CLOSURE % "links: [r1], from: 1 h"
    inject = "injects: {n: {at: 1 h, to: city, kind: closure}}\n"
    expected = "s.yaml:25: injects.n: expected kind: closure together with closure: and the key"
    assert wrong(files(network=network + inject), tmp_path)[0].startswith(expected)
    good = "injects: {n: {at: 1 h, to: city, kind: closure, closure: k}}\n"
    assert load_scenario(files(network=network + good)).injects["n"].closure == "k"


def test_the_fast_lane_names_what_exists(files, tmp_path):
    lane = "policies: {travel: {fast_lane: {factor: 0.5, links: [r7], entitled: {teams: [x]}}}}\n"
    found = wrong(files(network=NETWORK + lane), tmp_path)
    assert [line.partition(" expected")[0] for line in found] == [
        "s.yaml:23: policies.travel.fast_lane.entitled.teams.0:",
        "s.yaml:23: policies.travel.fast_lane.links.0:",
    ]
