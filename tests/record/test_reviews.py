"""Series of documents: which give final figures."""

from __future__ import annotations

import json

from factpack.record.reviews import FINAL
from projects import ROOT


def test_accounts_bulletins_and_yearbooks_give_final_figures_and_plans_do_not() -> None:
    field = json.loads((ROOT / "schemas" / "document.schema.json").read_bytes())["properties"]["series"]
    assert set(field["enum"]) - FINAL == {"gwr", "plan", "plan_execution", "five_year_plan", "half_year", "budget"}
    assert set(field["enum"]) >= FINAL
