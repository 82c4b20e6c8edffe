"""`new --standard`: a record begins with what is known of a quantity that every report has, or of a unit."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from command_line import Run
from factpack.draft.standard import standard_indicator
from factpack.edit.starter import units_folder
from projects import tree


def record(root: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((root / "sources" / "indicators" / f"{name}.yaml").read_text("utf-8"))
    return found


def test_a_standard_indicator_gives_its_fields_and_the_units_that_it_needs(minimal: Path, run: Run) -> None:
    code, out, _ = run(minimal, "new", "indicator", "--standard", "grain-output")
    made = ["indicators/ind-grain-output", "units/unt-tonne-10k", "units/unt-tonne"]
    assert (code, out.splitlines()) == (0, [f"sources/{path}.yaml" for path in made])
    standard = standard_indicator("grain-output")
    assert standard is not None
    assert standard.fields().items() <= record(minimal, "ind-grain-output").items()
    for unit in ("unt-tonne-10k", "unt-tonne"):
        path = minimal / "sources" / "units" / f"{unit}.yaml"
        assert path.read_bytes() == (units_folder() / path.name).read_bytes()
    assert run(minimal, "check", str(minimal / "sources" / "units"))[0] == 0


def test_a_unit_that_the_project_has_stays_as_it_is(minimal: Path, run: Run) -> None:
    before = tree(minimal)
    code, out, _ = run(minimal, "new", "indicator", "--standard", "森林覆盖率")
    assert (code, out) == (0, "sources/indicators/ind-forest-cover.yaml\n")
    assert before.items() <= tree(minimal).items()


def test_of_its_printed_forms_it_gets_the_longest_that_is_in_the_quote(minimal: Path, run: Run) -> None:
    run(minimal, "new", "indicator", "--standard", "gdp-average-growth", "--quote", "国内生产总值年均增长8%")
    assert record(minimal, "ind-gdp-average-growth")["aliases"] == ["国内生产总值"]


def test_what_is_said_beside_it_counts_more(minimal: Path, run: Run) -> None:
    run(minimal, "new", "indicator", "ind-cover", "--standard", "forest-cover", "--en", "Cover", "--set", "aim=none")
    found = record(minimal, "ind-cover")
    assert (found["name"], found["aim"]) == ({"zh": "森林覆盖率", "en": "Cover"}, "none")


def test_a_name_that_standard_indicators_have_is_told_with_their_slugs(minimal: Path, run: Run) -> None:
    given = ("new", "indicator", "--zh", "社零额", "--en", "Sales", "--stdout")
    _, out, err = run(minimal, *given)
    assert err == "A standard indicator may be meant; --standard takes its fields: retail-sales, retail-sales-growth\n"
    assert "id: ind-sales\n" in out
    assert run(minimal, *given[:2], "--zh", "龙", "--en", "Dragons", "--stdout")[2] == ""
    assert run(minimal, "new", "place", "--zh", "出口", "--en", "Exit", "--stdout")[2] == ""


def test_a_standard_unit_comes_with_its_base_unit(minimal: Path, run: Run) -> None:
    code, out, err = run(minimal, "new", "unit", "--standard", "亿千瓦时")
    assert (code, err) == (0, "")
    names = ["unt-kilowatt-hour-100m", "unt-kilowatt-hour"]
    assert out.splitlines() == [f"sources/units/{name}.yaml" for name in names]
    assert run(minimal, "check")[:2] == (0, "")
    assert "the project has unt-kilowatt-hour already" in run(minimal, "new", "unit", "--standard", "kilowatt-hour")[2]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("indicator", "--standard", "GDP"), "choose one of: gdp, gdp-growth, gdp-average-growth"),
        (("indicator", "--standard", "dragons"), "called or printed 'dragons'; a part of its name"),
        (("unit", "--standard", "位"), "choose one of: unt-count, unt-person, unt-rank"),
        (("unit", "--standard", "龙"), "no standard record is called or printed '龙'"),
        (("place", "--standard", "gdp"), "no standard record of the type 'place'"),
    ],
)
def test_what_means_no_standard_record_or_several_is_told(
    minimal: Path, run: Run, args: tuple[str, ...], told: str
) -> None:
    before = tree(minimal)
    code, out, err = run(minimal, "new", *args)
    assert (code, out) == (2, "")
    assert told in err
    assert tree(minimal) == before
