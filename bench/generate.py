"""A corpus of any size that the real schemas accept: `python bench/generate.py N FOLDER` leaves a whole project there.

N counts record files. The corpus is that of a country: districts, each with yearly reports, and with indicators,
projects, places and terms that are proven by them. `factpack --root FOLDER check` finds nothing wrong with it. The same
arguments give the same bytes. The published texts lie in FOLDER/texts, their records in FOLDER/sources/texts.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from factpack.edit.standard_units import missing_units
from factpack.text import text_record

ROOT = Path(__file__).resolve().parent.parent
YEARS = range(2018, 2026)
"""Years that reports are on; each was delivered at the end of its year."""
FILES = 500
"""Record files of a district at most: a place, its reports, indicators (half of all), projects, places and terms."""
SMALLEST = 40
SHARES = {"projects": 0.33, "places": 0.12, "glossary": 0.02}

FIRST = "临江沿湖滨海依山傍林望城近郊迎春向阳长安永宁新兴广福同庆和顺东平西河南岭北川"
SECOND = "溪源桥堤岸港湾洲岛峰谷坪塘泉台关塔亭阁苑庄村镇屯营寨堡集店埠渡津浦口"
TOPICS = {
    "智慧": "smart", "社区": "community", "老年": "elderly", "青年": "youth", "外贸": "foreign-trade",
    "民营": "private", "绿色": "green", "公共": "public", "农村": "rural", "科技": "science",
    "文化": "culture", "旅游": "tourism", "医疗": "medical", "数字": "digital", "普惠": "inclusive",
    "应急": "emergency", "冷链": "cold-chain", "港口": "port", "航空": "aviation", "零售": "retail",
}  # fmt: skip
NOUNS = {
    "产业增加值": ("value added", "亿元", "unt-cny-100m", "flow"),
    "投资额": ("investment", "亿元", "unt-cny-100m", "flow"),
    "营业收入": ("revenue", "亿元", "unt-cny-100m", "flow"),
    "企业户数": ("enterprises", "家", "unt-count", "stock"),
    "项目储备": ("projects in reserve", "个", "unt-count", "stock"),
    "服务网点": ("service points", "处", "unt-count", "stock"),
    "从业人员": ("persons employed", "人", "unt-person", "stock"),
    "服务人次": ("visits served", "人次", "unt-person-time", "flow"),
    "覆盖面积": ("area covered", "平方公里", "unt-square-kilometre", "stock"),
    "道路长度": ("road length", "公里", "unt-kilometre", "stock"),
    "普及程度": ("rate of use", "%", "unt-percent", "share"),
    "发展速度": ("growth", "%", "unt-percent", "growth"),
}
WORKS = {"小学": "school", "医院": "health", "公园": "green_space", "泵站": "water", "隧道": "road", "书院": "culture",
         "车站": "transit", "养老院": "care", "创业园": "industrial_park", "商场": "commercial"}  # fmt: skip
STEPS = {"开工建设": ("started", "actual"), "建成投用": ("completed", "actual"), "正式启用": ("opened", "actual")}
SPOTS = {"湖": "lake", "山": "hill", "河": "river", "广场": "venue", "大街": "street", "社区": "residential"}
BOUNDS = {"突破": "over", "达到": "exact", "约": "about", "近": "nearly", "不少于": "at_least"}


@dataclass
class Report:
    """A report being written: its paragraphs, and the quotes that records take from each."""

    district: str
    year: int
    paragraphs: list[str]
    quotes: dict[int, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its document's id."""
        return f"doc-{self.district}-gwr-{self.year}"

    def say(self, before: str, quote: str, after: str) -> int:
        """Write a sentence that holds a quote; return its paragraph. Some sentences make a paragraph."""
        if len(self.paragraphs[-1]) > 150 or len(self.paragraphs) < 2:
            self.paragraphs.append("")
        self.paragraphs[-1] += f"{before}{quote}{after}。"
        self.quotes.setdefault(len(self.paragraphs), []).append(quote)
        return len(self.paragraphs)

    def evidence(self, paragraph: int, quote: str, indent: str) -> str:
        """Return a piece of evidence as YAML."""
        return (
            f"{indent}evidence:\n{indent}  - document: {self.id}\n"
            f"{indent}    paragraph: {paragraph}\n{indent}    quote: {quoted(quote)}\n"
        )


def quoted(text: str) -> str:
    """Return a text as YAML: plain, or in single quotes where it would be something else."""
    return f"'{text}'" if text[0].isdigit() or ": " in text else text


def names(count: int) -> Iterator[tuple[str, str]]:
    """Yield districts: slug and Chinese name, each once."""
    pairs = [a + b for a, b in product(FIRST, SECOND)]
    for number in range(count):
        more, at = divmod(number, len(pairs))
        yield f"d{number:05d}", ("" if not more else pairs[more - 1]) + pairs[at]


def record(kind: str, name: str, body: str) -> tuple[str, str]:
    """Return a record file: its path under sources, its text."""
    schema = {"indicators": "indicator", "projects": "project", "places": "place", "glossary": "term"}[kind]
    head = f"# yaml-language-server: $schema=../../schemas/{schema}.schema.json\nid: {name}\n"
    return f"{kind}/{name}.yaml", head + body


def concept(topic: str, noun: str) -> str:
    """Return what an indicator measures, as the list of concepts has it."""
    return f"{TOPICS[topic]}-{NOUNS[noun][0].replace(' ', '-')}"


def with_concepts(schema: bytes) -> bytes:
    """Return the schema of indicators with the concepts of the corpus as its list."""
    data = json.loads(schema)
    named = {concept(*pair): {"zh": "".join(pair), "en": concept(*pair)} for pair in product(TOPICS, NOUNS)}
    data["properties"]["concept"] |= {"enum": list(named), "x-labels": named}
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def indicator(
    chance: random.Random, slug: str, place: str, topic: str, noun: str, reports: dict[int, Report], mean: int
) -> tuple[str, str]:
    """Return an indicator with one observation for each of some years, and perhaps a target."""
    english, printed, unit, how = NOUNS[noun]
    words, name = concept(topic, noun), f"{topic}{noun}"
    measure = how if how in ("share", "growth") else "level"
    lines = [
        f"name:\n  zh: {place}{name}\n  en: {TOPICS[topic].capitalize()} {english} of {slug}\naliases:\n  - {name}\n",
        f"concept: {words}\n",
        f"description:\n  zh: {place}范围内的{name}，按报告所称口径，不含周边地区，亦不作价格调整。\n",
        f"  en: '{TOPICS[topic].capitalize()} {english} within the district {slug}, as the report counts it: areas"
        " around it are left out, and prices are not adjusted.'\n",
        f"theme: economy\nmeasure: {measure}\n" + (f"timing: {how}\n" if measure == "level" else ""),
        f"unit: {unit}\n" + ("whole:\n  zh: 未说明\n  en: not stated\n" if measure == "share" else ""),
        "observations:\n",
    ]
    count = max(1, min(len(YEARS), round(chance.gauss(mean, mean / 4))))
    for year in sorted(chance.sample(YEARS, count)):
        lines.append(observation(chance, slug, name, printed, measure, reports[year]))
    return record("indicators", f"ind-{slug}-{words}", "".join(lines))


def observation(chance: random.Random, slug: str, name: str, printed: str, measure: str, report: Report) -> str:
    """Return an observation of a report's year, and say it there."""
    word, bound = chance.choice(list(BOUNDS.items()))
    number = f"{chance.randint(1, 99)}.{chance.randint(1, 9)}" if printed == "%" else str(chance.randint(11, 9999))
    expected = chance.random() < 0.4
    quote = f"{'预计' if expected else ''}{name}{'增长' if measure == 'growth' else ''}{word}{number}{printed}"
    paragraph = report.say(
        chance.choice(["全区", "全年", "通过多方努力，"]), quote, chance.choice(["，稳步前行", "，再上台阶"])
    )
    lines = [
        f"  - period: '{report.year}'\n    status: {'estimate' if expected else 'actual'}\n    value: {number}\n",
        f"    bound: {bound}\n    area: plc-{slug}\n",
        f"    compared_to: '{report.year - 1}'\n" if measure == "growth" else "",
        "    period_basis: heading\n",
    ]
    if chance.random() < 0.15:
        lines.append(
            "    reading: ambiguous\n    note:\n      zh: 报告未说明口径是否与上年一致，此处照录。\n"
            "      en: The report does not say whether it counts as in the year before; it is recorded as printed.\n"
        )
    return "".join(lines) + report.evidence(paragraph, quote, "    ")


def project(chance: random.Random, slug: str, place: str, number: int, report: Report) -> tuple[str, str]:
    """Return a project with a milestone or two."""
    work, kind = chance.choice(list(WORKS.items()))
    name = f"{place}{_word(number)}{work}"
    step, (stage, status) = chance.choice(list(STEPS.items()))
    quote, aim = f"{name}{step}", f"力争{name}早日完成"
    first, second = report.say("今年以来，", quote, "，群众称好"), report.say("下一步，", aim, "，让更多人受益")
    return record(
        "projects",
        f"prj-{slug}-{kind.replace('_', '-')}-{number}",
        f"name:\n  zh: {name}\n  en: Number {number} {kind.replace('_', ' ')} of {slug}\n"
        f"kind: {kind}\ntheme: utilities\nplaces:\n  - plc-{slug}\n"
        + f"description:\n  zh: 位于{place}的{work}，由区里组织建设，服务周边居民。\n"
        + f"  en: One of the works of the district {slug}, built by the district for the people who live around it.\n"
        + report.evidence(first, quote, "")
        + f"milestones:\n  - stage: {stage}\n    status: {status}\n    period: '{report.year}'\n"
        + report.evidence(first, quote, "    ")
        + f"  - stage: completed\n    status: target\n    period: '{report.year + 1}'\n"
        + report.evidence(second, aim, "    "),
    )


def place_record(chance: random.Random, slug: str, place: str, number: int, report: Report) -> tuple[str, str]:
    """Return a place in a district."""
    spot, kind = chance.choice(list(SPOTS.items()))
    quote = f"{place}{_word(number)}{spot}"
    paragraph = report.say("我们治理", quote, "，面貌一新")
    body = f"name:\n  zh: {quote}\n  en: Spot {number} of {slug}\nkind: {kind}\npart_of: plc-{slug}\n"
    return record("places", f"plc-{slug}-{kind}-{number}", body + report.evidence(paragraph, quote, ""))


def term(slug: str, place: str, number: int, report: Report) -> tuple[str, str]:
    """Return a term of the report's notes with its components."""
    name = f"{place}{_word(number)}一湖两带"
    quote = f"{number}.“{name}”"
    report.paragraphs.append(f"{quote}：一个湖区，东西绿带。")
    report.quotes.setdefault(len(report.paragraphs), []).append(quote)
    groups = (
        ("一湖", "One lake", "中湖", "Middle lake"),
        ("两带", "Two belts", "东带", "East belt"),
        ("两带", "Two belts", "西带", "West belt"),
    )
    parts = "".join(
        f"  - group:\n      zh: {zh}\n      en: {en}\n    name:\n      zh: {of}\n      en: {of_en}\n"
        for zh, en, of, of_en in groups
    )
    return record(
        "glossary",
        f"trm-{slug}-layout-{number}",
        f"number: {number}\nname:\n  zh: {name}\n  en: Layout {number} of {slug}\n"
        "definition:\n  zh: 一处湖区与两条绿带组成的空间布局。\n  en: A layout of a lake area and two green belts.\n"
        f"components:\n{parts}{report.evidence(len(report.paragraphs), quote, '')}",
    )


def _word(number: int) -> str:
    """Return a name of two characters or more, none a numeral, for a number."""
    more, at = divmod(number, len(FIRST) * len(SECOND))
    return FIRST[at // len(SECOND)] + SECOND[at % len(SECOND)] + ("" if not more else _word(more - 1))


def document(report: Report, place: str) -> str:
    """Return the record of a report."""
    return (
        "# yaml-language-server: $schema=../../schemas/document.schema.json\n"
        f"id: {report.id}\ntitle:\n  zh: {place}区政府工作报告（{report.year} 年）\n"
        f"  en: Work report of the district {report.district}, {report.year}\n"
        f"publisher:\n  zh: {place}区人民政府\n  en: Government of the district {report.district}\ntype: report\n"
        f"delivered_on: '{report.year}-12-28'\nlanguage: zh-CN\n"
        f"url: https://example.org/{report.district}/{report.year}\n"
        "sections:\n  - label:\n      zh: 全文\n      en: Whole text\n"
        f"    first: 1\n    last: {len(report.paragraphs)}\n"
    )


def district(slug: str, place: str, files: int, mean: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a district, paths below the project; `files` of them are records."""
    chance = random.Random(f"{seed} {slug}")
    reports = {year: Report(slug, year, [f"{place}区政府工作报告"]) for year in YEARS}
    newest = reports[YEARS[-1]]
    paragraph = newest.say("各位代表，", f"{place}区", "迎来新的一年")
    whole = f"name:\n  zh: {place}区\n  en: District {slug}\nkind: county\npart_of: plc-country\n"
    made = [record("places", f"plc-{slug}", whole + newest.evidence(paragraph, f"{place}区", ""))]
    rest = max(0, files - 1 - len(YEARS))
    counts = {kind: round(rest * share) for kind, share in SHARES.items()}
    made += [project(chance, slug, place, number, newest) for number in range(1, counts["projects"] + 1)]
    made += [place_record(chance, slug, place, number, newest) for number in range(1, counts["places"] + 1)]
    pairs = list(product(TOPICS, NOUNS))[: rest - sum(counts.values())]
    made += [indicator(chance, slug, place, topic, noun, reports, mean) for topic, noun in pairs]
    made += [term(slug, place, number, newest) for number in range(1, rest - len(made) + 2)]
    for path, text in made:
        yield f"sources/{path}", text.encode()
    for report in reports.values():
        yield f"sources/documents/{report.id}.yaml", document(report, place).encode()
        yield f"texts/{report.id}.txt", "\n".join([*report.paragraphs, ""]).encode()
        body = text_record.split("\n".join(report.paragraphs))
        kept = text_record.with_quotes(text_record.make(report.id, body, frozenset()), body, report.quotes)
        yield f"sources/texts/{report.id}.json", text_record.encode(kept)


def generate(count: int, folder: Path, mean: int = 4, seed: int = 1) -> None:
    """Write a project of `count` record files, with `mean` observations an indicator."""
    if count < SMALLEST:
        sys.exit(f"N is {SMALLEST} at least: the units, a place and a document")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    schema = folder / "schemas" / "indicator.schema.json"
    schema.write_bytes(with_concepts(schema.read_bytes()))
    for kind in ("documents", "glossary", "indicators", "places", "projects", "texts", "units"):
        (folder / "sources" / kind).mkdir(parents=True)
    used = {unit for _, _, unit, _ in NOUNS.values()}
    units = {name: raw for unit in sorted(used) for name, raw in missing_units(unit, ()).items()}
    for name, raw in units.items():
        (folder / "sources" / "units" / f"{name}.yaml").write_bytes(raw)
    (folder / "texts").mkdir()
    (folder / "sources" / "package.yaml").write_text(PACKAGE, "utf-8")
    (folder / "sources" / "places" / "plc-country.yaml").write_text(COUNTRY, "utf-8")
    (folder / "sources" / "documents" / "doc-atlas.yaml").write_text(ATLAS, "utf-8")
    left = count - len(units) - 2
    districts = -(-left // FILES)
    for number, (slug, place) in enumerate(names(districts)):
        # Shared out evenly: what is left for the last could be fewer files than a district has reports.
        size = left // districts + (number < left % districts)
        for path, data in district(slug, place, size, mean, seed):
            (folder / path).write_bytes(data)


PACKAGE = """\
name: country-work-reports
title:
  zh: 全国政府工作报告
  en: Work reports of a country
description:
  zh: 供测量之用的虚构数据。
  en: Invented data to measure with.
version: 0.1.0
created: '2026-01-01T00:00:00Z'
area: plc-country
keywords:
  - benchmark
licenses:
  - name: CC-BY-4.0
    path: https://creativecommons.org/licenses/by/4.0/
    title: Creative Commons Attribution 4.0 International
contributors:
  - title: Nobody
    roles:
      - creator
format: 1
"""
COUNTRY = """\
id: plc-country
name:
  zh: 全国
  en: The country
kind: country
evidence:
  - document: doc-atlas
    locator: '1'
"""
ATLAS = """\
id: doc-atlas
title:
  zh: 地图集
  en: Atlas
publisher:
  zh: 无
  en: Nobody
type: standard
language: zh-CN
"""


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, metavar="N", help="record files")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to make the project; it must not exist")
    parser.add_argument(
        "--observations", type=int, default=4, metavar="M", help="observations an indicator (default 4)"
    )
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.folder.exists():
        sys.exit(f"{chosen.folder} exists")
    generate(chosen.count, chosen.folder, chosen.observations, chosen.seed)


if __name__ == "__main__":
    main()
