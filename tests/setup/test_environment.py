"""environment.yml must ask for the same packages as pyproject.toml.

The comparison is all there is: no conda solves the file here.
"""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
ON_CONDA_FORGE = {
    "matplotlib": "matplotlib-base",
    "duckdb": "python-duckdb",
}  # PyPI name: name on conda-forge
EXTRAS = ("excel", "lab", "test", "word")


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def conda():
    return YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def split(text):
    requirement = Requirement(text)
    return canonicalize_name(requirement.name), str(requirement.specifier)


def test_same_packages_and_versions(project, conda):
    texts = list(project["dependencies"])
    for extra in EXTRAS:
        texts += project["optional-dependencies"][extra]
    wanted = {}
    for name, versions in map(split, texts):
        assert wanted.setdefault(ON_CONDA_FORGE.get(name, name), versions) == versions
    listed = [split(item) for item in conda["dependencies"] if isinstance(item, str)]
    assert len({name for name, _ in listed}) == len(listed), "a package is listed twice"
    found = dict(listed)
    del found["pip"]
    assert found.pop("python") == project["requires-python"]
    assert found == wanted


def test_only_conda_forge_and_the_project_last(conda):
    assert conda["channels"] == ["conda-forge"]
    assert conda["dependencies"][-1] == {"pip": ["-e ."]}


def test_every_requirement_is_pinned(project):
    pinned = {
        split(line)[0]
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    texts = list(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        texts += extra
    assert {split(text)[0] for text in texts} - {"yanlian"} <= pinned


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml", "pyproject.toml"])
def test_names_no_address_of_an_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_all_holds_every_extra(project):
    extras = project["optional-dependencies"]
    (everything,) = extras["all"]
    assert Requirement(everything).extras == set(extras) - {"all"}
