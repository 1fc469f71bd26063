from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.mentions import mentions, unit_named, units_in_cell
from pipeline.profile import Profile, default_folder, load

CASES = Path(__file__).parents[1] / "cases"
COUNTY = load(default_folder())
PIECES = sorted({name for unit in COUNTY.units for name in (unit.name, *unit.aliases[:3])})
TEXT = st.lists(
    st.sampled_from([*PIECES, "、", "和", "部门", "局", "委", "县", "省", "办", "理", "，", "请"]), max_size=12
)


def cases(name: str) -> list[Any]:
    return list(json.loads((CASES / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", cases("mentions_text.json"), ids=lambda case: case["text"])
def test_units_in_running_text(case: dict[str, Any]) -> None:
    found = [[m.unit, m.text, m.note] for m in mentions(case["text"], COUNTY)]
    assert found == case["units"]


@pytest.mark.parametrize("case", cases("mentions_cells.json"), ids=lambda case: case["cell"])
def test_units_in_cells(case: dict[str, Any]) -> None:
    assert list(units_in_cell(case["cell"], COUNTY)) == case["units"]
    assert unit_named(case["cell"], COUNTY) == (case["units"][0] if case["units"] else None)


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_spans_quote_the_text_and_never_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    found = mentions(text, COUNTY)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("unit", COUNTY.units, ids=lambda unit: unit.name)
def test_every_name_leads_to_its_unit(unit: Any) -> None:
    for name in (unit.name, *unit.aliases, *(old.name for old in unit.predecessors)):
        assert unit_named(name, COUNTY) == unit.name, name


def with_towns(folder: Path) -> Profile:
    for file in default_folder().iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    path = folder / "profile.toml"
    text = path.read_text(encoding="utf-8").replace("towns = []", 'towns = ["青石镇", "北门街道"]')
    path.write_text(text.replace('place = ""', 'place = "云禾县"'), encoding="utf-8")
    return load(folder)


def test_towns_of_the_profile_are_units_of_their_own(tmp_path: Path) -> None:
    county = with_towns(tmp_path)
    assert units_in_cell("青石镇、北门街道办、柳溪镇", county) == ("青石镇人民政府", "北门街道办事处", "乡镇人民政府")
    text = "由云禾县水利局会同青石镇政府办理，青石镇的水渠已修好"
    assert [(m.unit, m.text) for m in mentions(text, county)] == [
        ("水利局", "云禾县水利局"),
        ("青石镇人民政府", "青石镇政府"),
    ]


def test_a_changed_profile_is_read_anew() -> None:
    fewer = replace(COUNTY, units=tuple(unit for unit in COUNTY.units if unit.name != "水利局"))
    assert unit_named("县水务局", COUNTY) == "水利局"
    assert unit_named("县水务局", fewer) is None
