"""A kind that no schema of the repository knows: its schema, a record of it and the unit that it needs."""

from __future__ import annotations

from typing import Any

SENTENCE = "临溪湖灯会吸引游客超8000人次，广受好评。"
"""What the published text of `minimal` says of it."""
REF, ROLE = "x-ref", "x-role"


def field(zh: str, en: str, **more: Any) -> dict[str, Any]:
    title, description = {"zh": zh, "en": en}, {"zh": f"{zh}。", "en": f"{en}."}
    texts = {"title": en, "description": f"{en}.", "x-title": title, "x-description": description}
    return {**texts, **more}


def shared(name: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return field(zh, en, **{"$ref": f"defs.schema.json#/$defs/{name}"}, **more)


FESTIVAL = {
    "$schema": "dialect.schema.json",
    "$id": "festival.schema.json",
    **field("节庆", "Festival"),
    "x-folder": "festivals",
    "x-prefix": "fst",
    "x-table": "festivals",
    "x-label": "name",
    "x-unique": [["name/zh"]],
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "name", "host", "unit", "editions", "evidence"],
    "properties": {
        "id": shared(
            "id",
            "编号",
            "Id",
            pattern="^fst-[a-z0-9](-?[a-z0-9])*$",
            **{ROLE: "id", "x-written": {"zh": "以 fst- 开头", "en": "fst-, then letters"}},
        ),
        "name": shared("text", "名称", "Name", **{ROLE: "name"}),
        "host": shared("id", "举办地", "Place where it is held", **{REF: "place"}),
        "unit": shared("id", "单位", "Unit of visitors", **{REF: "unit", ROLE: "unit"}),
        "evidence": shared("evidence", "证据", "Evidence", **{ROLE: "evidence"}),
        "retired": shared("retired", "停用", "Retired", **{ROLE: "retired"}),
        "editions": field(
            "各届",
            "Editions",
            type="array",
            minItems=1,
            items={
                **field("届", "Edition"),
                "type": "object",
                "x-table": "festival_editions",
                "x-key": ["period"],
                "additionalProperties": False,
                "required": ["period", "visitors", "bound", "evidence"],
                "properties": {
                    "period": shared("period", "时期", "Period", **{ROLE: "period"}),
                    "visitors": field("游客", "Visitors", type="number", **{ROLE: "value"}),
                    "bound": shared("bound", "界", "Bound", **{ROLE: "bound"}),
                    "evidence": shared("evidence", "证据", "Evidence", **{ROLE: "evidence"}),
                    "retired": shared("retired", "停用", "Retired", **{ROLE: "retired"}),
                },
                "x-derived": {
                    "festival_name": shared("text", "节庆名称", "Name of the festival", **{"x-from": "../name"}),
                    "host_name": shared("text", "举办地名称", "Name of the place", **{"x-from": "../host/name"}),
                    "plain_visitors": field("游客（人次）", "Visitors", type="number", **{"x-from": "@plain_value"}),
                    "printed": field("原文", "As printed", type="string", **{"x-from": "@printed"}),
                    "period_end": field("期末", "Last day", type="string", format="date", **{"x-from": "@period_end"}),
                },
            },
        ),
        "zones": field(
            "展区",
            "Zones",
            type="array",
            minItems=1,
            items={
                **field("展区", "Zone"),
                "type": "object",
                "x-table": "festival_zones",
                "x-letter": "z",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {"name": shared("text", "名称", "Name")},
            },
        ),
    },
}
LANTERNS = """\
id: fst-linxi-lantern-fair
name:
  zh: 临溪湖灯会
  en: Linxi Lake Lantern Fair
host: plc-linxi-lake
unit: unt-visits
evidence:
  - document: doc-report
    paragraph: 3
    quote: 临溪湖灯会
editions:
  - period: '2025'
    visitors: 8000
    bound: over
    evidence:
      - document: doc-report
        paragraph: 3
        quote: 临溪湖灯会吸引游客超8000人次
zones:
  - name:
      zh: 灯海
      en: Sea of lanterns
  - name:
      zh: 水幕
      en: Water screen
"""
VISITS = """\
id: unt-visits
name:
  zh: 人次
  en: Visits
symbol:
  zh: 人次
  en: visits
quantity: person_times
printed:
  - 人次
"""
