"""The site in a browser: it is found, sorted, copied and read, over http and from a folder, and judged by others.

The programs beside this file do one thing each in Chromium, or in Firefox as Debian has it, and print what they saw;
what must be so is said here, once for both. The site is that of the frozen project. Two rules of html-validate are not
as it recommends: ids hold points, since the id of a part is its anchor (`valid-id` is relaxed), and a title is as long
as the names of the record and of the package are (`long-title` is off).
"""

from __future__ import annotations

import base64
import fcntl
import gzip
import json
import os
import shutil
import struct
import subprocess
import threading
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from command_line import called
from factpack.package.collation import name_key
from frozen import REPORT, RETIRED, year_after
from projects import ROOT

PROGRAMS = Path(__file__).parent
NODE, CHROMIUM, FIREFOX = shutil.which("node"), shutil.which("chromium"), shutil.which("firefox-esr")
PACKAGES = ("playwright-core", "axe-core", "lighthouse", "html-validate")
BUNDLE = ROOT / "scripts" / "factpack" / "site" / "client" / "bundle"


def _lacking() -> str:
    """Return what these tests need and is not here."""
    if NODE is None:
        return "needs Node.js"
    if missing := [each for each in PACKAGES if not (ROOT / "tests" / "node_modules" / each).is_dir()]:
        return f"needs {', '.join(missing)} (npm ci --ignore-scripts --prefix tests)"
    if CHROMIUM is None:
        return "needs Chromium (apt-get install chromium)"
    if not (BUNDLE / "site.js").is_file():
        return "needs the bundle of the site (make site)"
    return ""


pytestmark = pytest.mark.skipif(bool(_lacking()), reason=_lacking() or "nothing is lacking")

RECORDS = (
    *("ind-gdp", "ind-good-air-rate", "ind-foreign-trade"),
    *("prj-qingshi-substation", "plc-linxi-lake", "trm-five-hearts-service", "unt-cny"),
)
OVERVIEWS = (
    "theme",
    "theme/transport",
    "board",
    "targets",
    "coverage",
    "downloads",
    "dictionary",
    "dictionary/observations",
    "fields",
    "about",
    "method",
    "search",
    "changes",
)
LISTS = ("indicators", "projects", "places", "glossary", "documents", "units", "observations")
MISSING = "404.html"
"""The page for addresses that do not exist, which a host shows: what it loads is not found from a folder."""
CHINESE = [
    "index.html",
    *(f"id/{each}/index.html" for each in (*RECORDS, REPORT, RETIRED)),
    *(f"list/{each}/index.html" for each in LISTS),
    "embed/ind-gdp/index.html",
    *(f"{each}/index.html" for each in OVERVIEWS),
    MISSING,
]
LANGUAGES = {"zh": CHINESE, "en": [f"en/{each}" for each in CHINESE]}
"""One page of every type, by language."""
AFTER = [
    f"{home}{path}/index.html"
    for home in ("", "en/")
    for path in (
        *(".", "targets", "list/indicators", "id/ind-parking-spaces-added", "id/ind-budget-revenue-growth"),
        *("id/ind-listed-companies-new", "id/prj-qingshi-road-south"),
    )
]
"""Pages of what replaces, contradicts, changes and answers what was said the year before."""
GONE = "ind-needy-people-visited.2024.actual"
"""A part that is retired."""
WAYS = ("file", "http")
LIGHTEST = 60 * 1024
"""Bytes that a page of a record may have with all it loads, compressed."""
ENOUGH = 0.95
"""What Lighthouse gives a page at least."""
JUDGED = ("accessibility", "best-practices", "seo")
"""What Lighthouse judges here; how fast a page is depends on what else runs, so `bench/lighthouse.py` measures that."""
PHONE = {"width": 390, "height": 844}
SCHEMES = ("light", "dark")
in_firefox = pytest.mark.skipif(FIREFOX is None, reason="needs Firefox (apt-get install firefox-esr)")
browsers = pytest.mark.parametrize("browser", ["chromium", pytest.param("firefox", marks=in_firefox)])
places = pytest.mark.parametrize(
    ("browser", "way"),
    [*(("chromium", way) for way in WAYS), pytest.param("firefox", "http", marks=in_firefox)],
)
"""Where those tests run that tell nothing new of Firefox in a folder."""
languages = pytest.mark.parametrize("language", LANGUAGES)
ways = pytest.mark.parametrize("way", WAYS)


def ran(program: str, browser: str = "chromium", **asked: Any) -> Any:
    """Return what a program in `browser/` printed."""
    executable = {"chromium": CHROMIUM, "firefox": FIREFOX}[browser]
    command = [str(NODE), str(PROGRAMS / f"{program}.mjs"), json.dumps({browser: executable, **asked})]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300, cwd=PROGRAMS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, linxi: Path) -> Path:
    """The site of the frozen project, made once for all workers."""
    return _made(tmp_path_factory, "browser", linxi)


@pytest.fixture(scope="module")
def site_after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the frozen project with the documents of the year after."""
    return _made(tmp_path_factory, "browser-after", year_after())


def _made(tmp_path_factory: pytest.TempPathFactory, name: str, project: Path) -> Path:
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "site").exists():
            shutil.rmtree(shared / "project", ignore_errors=True)
            shutil.copytree(project, shared / "project")
            ended = called("--lang", "en", "site", "--out", "made", cwd=shared / "project")
            assert ended.exit_code == 0, ended.stderr
            (shared / "project" / "made").rename(shared / "site")
    return shared / "site"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def bases(site: Path) -> Iterator[dict[str, str]]:
    """Addresses of the site: as a folder, and over http."""
    for address in served(site):
        yield {"file": f"{site.as_uri()}/", "http": address}


def kind_of(path: str) -> str:
    """Return the type of a page by its path: for records the prefix of their ids, for lists what they are of."""
    folder, _, rest = path.removeprefix("en/").removesuffix("index.html").partition("/")
    return f"{folder}/{rest.partition('-')[0]}" if folder in ("id", "list") else f"{folder}/*" if rest else folder


def test_a_page_of_every_type_is_judged(site: Path) -> None:
    made = {kind_of(path.relative_to(site).as_posix()) for path in site.rglob("*.html")}
    assert {kind_of(path) for path in CHINESE} == made


# ---- what readers do


@ways
@browsers
def test_a_search_finds_names_characters_ids_and_numbers_wherever_it_is_typed(
    bases: dict[str, str], way: str, browser: str
) -> None:
    first = dict.fromkeys(("地区生产总值", "GDP", "ind-gdp", "310"), "ind-gdp") | {"临溪湖": "plc-linxi-lake"}
    parts = ("ind-gdp.2025.estimate", "ind-gdp.2025.estimate.e1", GONE)
    first |= {part: part.partition(".")[0] for part in parts}
    among = {"碳": "ind-carbon-firms-revenue", "片区更新": "ind-area-renewals-started"}
    homes = ("", "en/")
    done = ran("search", browser, base=bases[way], homes=homes, queries=[*first, *among])
    assert len(done["told"]) == len(homes) * 10
    for told in done["told"]:
        query, found = told["query"], told["addressed"]
        assert found[0] == first.get(query, found[0]), told
        assert among.get(query, found[0]) in found, told
        assert told["href"].endswith(f"/index.html#{query}" if query in parts else f"{found[0]}/index.html")
        assert told["typed"] == found
        assert str(len(found)) in told["said"]
        other_names = {"片区更新": {"": ["又名：片区更新"], "en/": ["also: 片区更新"]}}
        assert query not in other_names or told["also"] == other_names[query][told["home"]]
    begun = [told for told in done["told"] if "led" in told]
    assert [told["home"] for told in begun] == list(homes)
    for told in begun:
        found = told["addressed"]
        assert (told["submitted"], told["shown"]) == (found, told["query"])
        assert told["led"] == {"url": f"{bases[way]}{told['home']}id/{found[0]}/index.html", "id": found[0]}
    assert done["nothing"]["ids"] == []
    assert done["nothing"]["said"].startswith("没有找到")
    assert done["complaints"] == []


@browsers
def test_a_mistyped_address_is_answered_in_its_language_with_the_records_most_like_it(
    site: Path, bases: dict[str, str], browser: str
) -> None:
    meant = {
        "id/ind-gpd/": ("zh-CN", "/id/ind-gdp/index.html"),
        "en/id/plc-linxi-lak/": ("en", "/en/id/plc-linxi-lake/index.html"),
        "id/plc-linxi-lake-park.html": ("zh-CN", "/id/plc-linxi-lake-park/index.html"),
    }
    paths = [*meant, "en/nothing/of/the/sort"]
    done = ran("missing", browser, base=bases["http"], shown=str(site / "404.html"), paths=paths)
    assert [each["complaints"] for each in done] == [[]] * 4
    assert all(each["fits"] for each in done)
    for told, (language, first) in zip(done, meant.values(), strict=False):
        assert (told["language"], told["offered"][0]) == (language, first)
    assert (done[-1]["language"], done[-1]["offered"]) == ("en", [])


@browsers
def test_the_search_is_used_by_keyboard_and_filtered_by_type(bases: dict[str, str], browser: str) -> None:
    for told in ran("keys", browser, base=bases["http"], homes=("", "en/"), query="2026"):
        first = f"hit {told['first']}"
        assert [told["steps"][each] for each in (0, 1, 3, 4, 5, 6, 7, 8)] == [
            *("q", first, first, "query", first, "query", first, "query"),
        ]
        assert told["steps"][2].startswith("hit ")
        assert str(told["all"]) in told["said"]
        kinds = {*told["filtered"]["kinds"]}
        assert len(kinds) == 1
        assert told["filtered"]["pressed"].startswith(*kinds)
        assert "kind=" in told["filtered"]["address"]
        assert "/id/" in told["url"]


LIST = {"path": "list/indicators/index.html", "text": "湖", "filter": "theme", "sort": "value"}
"""The list that programs use, and how they filter and sort it."""


def keys(rows: list[dict[str, Any]], column: int) -> list[tuple[str, float]]:
    """Return the units and numbers of a column, without those of blanks, which must come last."""
    cells = [row["cells"][column] for row in rows]
    filled = [bool(cell["text"]) for cell in cells]
    assert filled == sorted(filled, reverse=True), "blanks come last"
    return [(cell["unit"], float(cell["sort"])) for cell in cells if cell["sort"]]


def runs(found: list[Any]) -> list[Any]:
    """Return each of some values that follow each other once."""
    return [each for at, each in enumerate(found) if at == 0 or found[at - 1] != each]


@places
def test_a_list_is_sorted_by_its_headings_and_is_then_as_it_was(bases: dict[str, str], way: str, browser: str) -> None:
    values, theme = 1, 3
    done = ran("lists", browser, base=bases[way], columns=[values, theme], **LIST)
    before = done["before"]["rows"]
    names = {row["cells"][0]["text"] for row in before}
    assert len(names) == len(before) > 90
    assert [(each["column"], each["direction"]) for each in done["sorted"]] == [
        (column, direction) for column in (values, theme) for direction in ("ascending", "descending", None)
    ]
    for each in done["sorted"]:
        assert {row["cells"][0]["text"] for row in each["rows"]} == names
    for at in (2, 5):
        assert done["sorted"][at]["rows"] == before
    assert len({row["group"] for row in before}) > 5
    assert all(row["group"] == row["cells"][theme]["text"] for row in before)
    up, down = (keys(each["rows"], values) for each in done["sorted"][:2])
    assert runs([unit for unit, _ in up]) == runs([unit for unit, _ in down])
    assert len(runs([unit for unit, _ in up])) == len({unit for unit, _ in up}) > 5, "values are sorted within a unit"
    for unit in {unit for unit, _ in up}:
        numbers = [[number for own, number in each if own == unit] for each in (up, down)]
        assert numbers == [sorted(numbers[0]), sorted(numbers[1], reverse=True)]
    texts = [[row["cells"][theme]["text"] for row in each["rows"]] for each in done["sorted"][3:5]]
    assert runs(texts[0]) == runs(texts[1])[::-1]
    assert len(runs(texts[0])) == len(set(texts[0])) > 5
    assert done["byKey"] == "ascending"
    assert done["complaints"] == []


def shown(state: dict[str, Any]) -> list[list[str]]:
    """Return the texts of the rows that are shown."""
    return [[cell["text"] for cell in row["cells"]] for row in state["rows"] if not row["hidden"]]


@places
def test_a_list_is_filtered_and_the_filter_comes_back(bases: dict[str, str], way: str, browser: str) -> None:
    done = ran("lists", browser, base=bases[way], columns=[1], **LIST)
    count = len(done["before"]["rows"])
    for state in ("before", "byText", "bySelect", "both", "back", "cleared", "typed", "nothing", "all"):
        said = "{} of {} shown" if state in ("nothing", "all") else "显示{}/{}条"
        assert done[state]["said"] == said.format(len(shown(done[state])), count)
    assert len(shown(done["before"])) == len(shown(done["cleared"])) == count
    assert all(any("湖" in text for text in row) for row in shown(done["byText"]))
    assert 0 < len(shown(done["byText"])) < count
    select = done["bySelect"]
    assert {row[select["column"]] for row in shown(select)} == {select["choice"]}
    assert 0 < len(shown(select)) < count
    assert shown(done["back"]) == shown(done["both"])
    assert (done["back"]["text"], done["back"]["choice"]) == ("湖", select["value"])
    assert (done["before"]["hash"], done["cleared"]["hash"]) == ("", "")
    assert select["hash"] == f"#theme={select['value']}"
    assert done["complaints"] == []


@places
def test_a_filter_is_an_address_that_both_languages_know(bases: dict[str, str], way: str, browser: str) -> None:
    done = ran("lists", browser, base=bases[way], columns=[1], **LIST)
    typed, other = done["typed"], done["other"]
    assert typed["hash"] == other["hash"] == f"#theme={done['bySelect']['value']}&sort=-value"
    assert typed["order"] == "value"
    assert len(shown(typed)) == len(shown(other)) == len(shown(done["bySelect"]))
    for state in (typed, other):
        found = keys([row for row in state["rows"] if not row["hidden"]], 1)
        for unit in {unit for unit, _ in found}:
            numbers = [number for own, number in found if own == unit]
            assert numbers == sorted(numbers, reverse=True)
    assert shown(typed) != shown(other), "the languages differ"
    assert (shown(done["nothing"]), done["nothing"]["none"]) == ([], True)
    assert (len(shown(done["all"])), done["all"]["none"]) == (len(done["before"]["rows"]), False)
    assert (done["nothing"]["hash"], done["all"]["hash"]) == ("#has=no+such+words", "")


def test_choices_of_a_filter_say_how_many_rows_they_leave(bases: dict[str, str]) -> None:
    done = ran("lists", base=bases["http"], columns=[1], **LIST)
    select = done["bySelect"]
    assert select["told"] == f"{select['choice']} ({len(shown(select))})"
    left = {text.rpartition(" (")[0]: int(text.rpartition(" (")[2].rstrip(")")) for text in done["counts"][1:]}
    texts = [row[select["column"]] for row in shown(done["byText"])]
    assert left == {theme: texts.count(theme) for theme in left}
    assert sum(left.values()) == len(texts)


@browsers
def test_names_sort_by_pinyin(bases: dict[str, str], browser: str) -> None:
    done = ran("lists", browser, base=bases["http"], columns=[0, 3], **LIST)
    up, down = ([row["cells"][0]["text"] for row in each["rows"]] for each in done["sorted"][:2])
    assert up == down[::-1]
    assert up == sorted(up, key=name_key)
    themes = [row["cells"][3]["text"] for row in done["sorted"][3]["rows"]]
    assert themes == sorted(themes, key=name_key)


def raw(file: dict[str, str]) -> bytes:
    """Return the bytes of a file that a reader took."""
    return base64.b64decode(file["base64"])


@ways
def test_rows_are_taken_as_they_are_shown_and_as_the_table_has_them(
    bases: dict[str, str], way: str, site: Path
) -> None:
    hashes = ("", "#theme=economy&status=target&sort=-value", "#has=no+such+words")
    done = ran("taking", base=bases[way], path="list/observations/index.html", hashes=hashes, chart="index.html")
    table = (site / "build" / "csv" / "observations.csv").read_bytes()
    head, *lines = table.decode("utf-8").splitlines(keepends=True)
    known = {line.partition(",")[0]: line for line in lines}
    for hash, told in done["rows"].items():
        files, ids = told["files"], told["ids"]
        assert raw(files["csv"]).decode("utf-8") == head + "".join(known[own] for own in ids), hash
        assert raw(files["excel"]) == b"\xef\xbb\xbf" + raw(files["csv"])
        objects = json.loads(raw(files["json"]))
        assert [each["id"] for each in objects] == ids
        assert all(isinstance(each["value"], (int, float, type(None))) for each in objects)
    everything, some, none = (done["rows"][hash] for hash in hashes)
    assert Counter(everything["ids"]) == Counter([*known])
    assert everything["first"] == 100 < len(known)
    assert 0 < len(some["ids"]) < len(known)
    assert none["ids"] == []
    assert some["files"]["csv"]["name"] == "observations.theme-economy.status-target.csv"
    assert some["files"]["excel"]["name"] == "observations.theme-economy.status-target.excel.csv"
    assert done["complaints"] == []


def test_targets_beside_results_are_taken_as_a_picture(bases: dict[str, str]) -> None:
    done = ran("taking", base=bases["file"], path="", hashes=(), chart="en/targets/index.html", scheme="dark")
    assert done["charts"]
    for each in done["charts"]:
        assert raw(each["png"]).startswith(b"\x89PNG")
        words = " ".join(ET.fromstring(raw(each["svg"])).itertext())
        for told in ("Targets beside a result: ", " target", "Source: ", "Licence: "):
            assert told in words, told
    assert done["complaints"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@ways
def test_a_chart_is_taken_as_a_picture_with_its_title_source_and_licence(
    bases: dict[str, str], way: str, scheme: str
) -> None:
    done = ran("taking", base=bases[way], path="", hashes=(), chart="en/id/ind-gdp/index.html", scheme=scheme)
    assert done["charts"]
    for each in done["charts"]:
        assert raw(each["png"]).startswith(b"\x89PNG")
        width, height = struct.unpack(">II", raw(each["png"])[16:24])
        assert width == 3 * (2 * 320 + 20 + 2 * 20)
        assert height > 400
        drawing = ET.fromstring(raw(each["svg"]))
        words = " ".join(drawing.itertext())
        for told in ("Gross regional product (GDP)", "CNY", "Source: ", "Licence: ", "ind-gdp"):
            assert told in words, told
        assert drawing.find("{http://www.w3.org/2000/svg}rect").get("fill") == "rgb(255, 255, 255)", (
            "as on a light page"
        )
        assert not [part for part in drawing.iter() if part.get("class")]
        assert each["svg"]["name"].startswith("ind-gdp.")
    assert done["complaints"] == []
    assert {urlsplit(each).netloc for each in done["requests"] if not each.startswith("blob:")} <= {
        urlsplit(bases[way]).netloc
    }


@pytest.mark.parametrize("plain", [False, True], ids=["clipboard", "no clipboard"])
@ways
@browsers
def test_a_copy_button_puts_what_it_stands_beside_into_the_clipboard(
    bases: dict[str, str], way: str, plain: bool, browser: str
) -> None:
    done = ran("copying", browser, base=bases[way], path="id/ind-gdp/index.html", plain=plain)
    assert len(done["told"]) == 11
    for told in done["told"]:
        assert told["pasted"] == told["shown"] != ""
        assert told["after"] == told["before"].replace("复制", "已复制", 1)
    assert done["restored"] == [told["before"] for told in done["told"]]
    assert any("ind-gdp.2025.estimate" in told["pasted"] for told in done["told"])
    assert done["complaints"] == []


@places
def test_the_other_language_is_that_of_the_same_record_and_leads_back(
    bases: dict[str, str], way: str, browser: str
) -> None:
    paths = [f"{language}id/{own}/index.html" for own in ("ind-gdp", REPORT, RETIRED) for language in ("", "en/")]
    for path, (here, there, back) in ran("languages", browser, base=bases[way], paths=paths).items():
        assert here == back
        assert {here["path"], there["path"]} == {path, path.removeprefix("en/")} | {f"en/{path.removeprefix('en/')}"}
        assert {here["lang"], there["lang"]} == {"zh-CN", "en"}
        assert here["id"] == there["id"]
        assert here["heading"] != there["heading"]


def test_a_list_on_a_phone_is_sorted_and_filtered_and_still_a_table(bases: dict[str, str]) -> None:
    """There a list is laid out as a grid: rows that are filtered out go, and it stays a table to those who listen."""
    values, targets, path = 1, 2, LIST["path"]
    done = ran("lists", base=bases["http"], columns=[values, targets], viewport=PHONE, **LIST)
    for each, column in zip(done["sorted"][::3], (values, targets), strict=True):
        found = keys(each["rows"], column)
        for unit in {unit for unit, _ in found}:
            numbers = [number for own, number in found if own == unit]
            assert numbers == sorted(numbers)
    found = shown(done["byText"])
    assert 0 < len(found) < len(done["before"]["rows"])
    assert all(any("湖" in text for text in row) for row in found)
    told = ran("access", base=bases["http"], paths=[path], schemes=["light", "dark"], viewport=PHONE)[path]
    groups = len({row["group"] for row in done["before"]["rows"]})
    count = len(done["before"]["rows"]) + groups
    assert told["violations"] == []
    assert told["wider"] == 0
    roles = {role: told["roles"].get(role) for role in ("table", "row", "rowheader", "columnheader")}
    assert roles == {"table": 1, "row": count + 1, "rowheader": count, "columnheader": 3}
    assert told["roles"]["cell"] >= 2 * count


@languages
@browsers
def test_pages_without_javascript_show_all_that_they_hold(bases: dict[str, str], language: str, browser: str) -> None:
    home = "" if language == "zh" else "en/"
    record, listed, search = (f"{home}{each}/index.html" for each in ("id/ind-gdp", "list/indicators", "search"))
    told = ran("plain", browser, base=bases["http"], paths=[record, listed, search])
    assert {"zh": "超310亿元（预计）", "en": "over CNY 31 billion"}[language] in told[record]["text"]
    assert "首次突破290亿元" in told[record]["text"]
    assert told[listed]["rows"] > 90
    assert (told[record]["buttons"], told[listed]["filters"]) == (0, 0), "what needs JavaScript is not shown"
    assert "JavaScript" in told[search]["text"]
    assert f"../{'list/indicators/index.html'}" in told[search]["links"]


# ---- what pages ask for


def amiss(base: str, paths: list[str], browser: str = "chromium") -> list[str]:
    """Return what pages complained of, and what they asked of anyone but their own site."""
    found = []
    untold = browser == "firefox" and base.startswith("file:")  # WebDriver BiDi knows no request for a file
    for path, told in ran("pages", browser, base=base, paths=paths).items():
        assert told["requests"][:1] == ([] if untold else [base + path])
        found += [f"{path}: {each}" for each in told["complaints"]]
        found += [f"{path}: asked for {each}" for each in told["requests"] if not each.startswith(base)]
    return found


@pytest.mark.parametrize(
    ("browser", "way", "language"),
    [
        *(("chromium", way, language) for way in WAYS for language in LANGUAGES),
        *(pytest.param("firefox", *each, marks=in_firefox) for each in zip(WAYS, LANGUAGES, strict=True)),
    ],
)
def test_pages_complain_of_nothing_and_ask_nobody_else(
    bases: dict[str, str], browser: str, way: str, language: str
) -> None:
    paths = [each for each in LANGUAGES[language] if way == "http" or not each.endswith(MISSING)]
    assert amiss(bases[way], paths, browser) == []


@browsers
def test_a_page_that_complains_or_asks_somebody_else_is_found(tmp_path: Path, browser: str) -> None:
    pages = {
        "image": '<img src="http://elsewhere.invalid/x.png" alt="">',
        "gone": '<script src="gone.js"></script>',
        "warning": "<script>console.warn('so')</script>",
        "thrown": "<script>throw new Error('bad')</script>",
    }
    for name, text in pages.items():
        (tmp_path / f"{name}.html").write_text(f'<!DOCTYPE html><link rel="icon" href="data:,">{text}', "utf-8")
    for address in served(tmp_path):
        found = amiss(address, [f"{name}.html" for name in pages], browser)
    assert "image.html: asked for http://elsewhere.invalid/x.png" in found
    assert "warning.html: console warning: so" in found
    assert "thrown.html: error: bad" in found
    assert any(each.startswith("gone.html: 404: ") for each in found)


@languages
def test_a_page_is_light_with_all_that_it_loads(site: Path, bases: dict[str, str], language: str) -> None:
    records = (f"id/{each}/index.html" for each in (*RECORDS, REPORT))
    listed = ("index.html", "list/indicators/index.html", "targets/index.html", *records)
    paths = [each if language == "zh" else f"en/{each}" for each in listed]
    for path, told in ran("pages", base=bases["http"], paths=paths).items():
        names = {unquote(urlsplit(each).path).lstrip("/") for each in told["requests"]} | {"icon.svg"}
        assert names == {path, "site.js", "style.css", "icon.svg"}
        assert sum(len(gzip.compress((site / name).read_bytes(), 6)) for name in names) <= LIGHTEST, path


# ---- what others say of pages


@languages
def test_pages_have_no_violation_that_axe_knows_and_drawings_have_names(bases: dict[str, str], language: str) -> None:
    told = ran("access", base=bases["http"], paths=LANGUAGES[language], schemes=["light", "dark"])
    assert list(told) == LANGUAGES[language]
    assert {path: each["violations"] for path, each in told.items() if each["violations"]} == {}
    assert min(each["passes"] for each in told.values()) > 40
    drawings = [(path, drawn) for path, each in told.items() for drawn in each["drawings"]]
    assert len(drawings) > 15
    for path, drawn in drawings:
        if drawn["ignored"]:
            assert drawn["beside"], f"{path}: before a drawing that some are not told of stands what it shows"
        else:
            assert drawn["name"].strip(), path
            assert drawn["description"].strip(), path


@in_firefox
@pytest.mark.parametrize(("language", "scheme"), [*zip(LANGUAGES, SCHEMES, strict=True)])
def test_axe_finds_nothing_in_firefox_either(bases: dict[str, str], language: str, scheme: str) -> None:
    told = ran("access", "firefox", base=bases["http"], paths=LANGUAGES[language], schemes=[scheme])
    assert list(told) == LANGUAGES[language]
    assert {path: each["violations"] for path, each in told.items() if each["violations"]} == {}
    assert min(each["passes"] for each in told.values()) > 20


@in_firefox
def test_axe_judges_the_scheme_that_firefox_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pale.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><style>p { color: #777; background: #fff }'
        "@media (prefers-color-scheme: dark) { p { color: #000 } }</style><main><h1>x</h1><p>pale</p></main>",
        "utf-8",
    )
    asked = {"base": f"{tmp_path.as_uri()}/", "paths": ["pale.html"]}
    light, dark = (ran("access", "firefox", schemes=[each], **asked)["pale.html"]["violations"] for each in SCHEMES)
    assert [each.split()[:2] for each in light] == [["light", "color-contrast"]]
    assert dark == []


def test_what_the_search_shows_keeps_nobody_out_on_a_telephone_either(bases: dict[str, str]) -> None:
    paths = [f"{home}search/index.html?q={query}" for home in ("", "en/") for query in ("2026", "GDP", "GPD", "zzzz")]
    told = ran(
        "access", base=bases["http"], paths=paths, schemes=["light", "dark"], viewport={"width": 360, "height": 740}
    )
    assert {path: each["violations"] for path, each in told.items() if each["violations"]} == {}
    assert {path: each["wider"] for path, each in told.items() if each["wider"]} == {}


def test_what_pages_say_of_years_that_follow_each_other_keeps_nobody_out(site_after: Path) -> None:
    for size in (PHONE, {"width": 1200, "height": 900}):
        told = ran("access", base=f"{site_after.as_uri()}/", paths=AFTER, schemes=["light", "dark"], viewport=size)
        assert {path: each["violations"] for path, each in told.items() if each["violations"]} == {}
        assert {path: each["wider"] for path, each in told.items() if each["wider"] > 0} == {}
    told = ran("validate", files=[str(site_after / path) for path in AFTER])
    assert {path: each for path, each in told.items() if each} == {}


def test_a_page_that_keeps_readers_out_is_found_by_axe(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><style>p { color: #777; background: #fff }'
        "@media (prefers-color-scheme: dark) { p { color: #000 } }"
        "aside { content-visibility: auto; margin-top: 9000px; width: 400px }</style>"
        '<main><h1>x</h1><p>pale</p><img src="x.png"><svg class="chart" role="img"></svg></main>'
        '<aside><p id="far">pale and far</p></aside>',
        "utf-8",
    )
    asked = {"paths": ["bad.html"], "schemes": ["light", "dark"], "viewport": {"width": 300, "height": 500}}
    told = ran("access", base=f"{tmp_path.as_uri()}/", **asked)["bad.html"]
    assert any(each.startswith("light color-contrast #far") for each in told["violations"]), "out of sight, and judged"
    assert told["wider"] > 0
    rules = {tuple(each.split()[:2]) for each in told["violations"]}
    assert {
        ("light", "image-alt"),
        ("dark", "image-alt"),
        ("light", "svg-img-alt"),
        ("light", "color-contrast"),
    } <= rules
    assert ("dark", "color-contrast") not in rules, "the dark scheme is the one that was judged"
    assert [(drawn["name"], drawn["description"]) for drawn in told["drawings"]] == [("", "")]


def test_lighthouse_gives_pages_95_of_100_in_everything_but_speed(bases: dict[str, str]) -> None:
    folders = ("", "id/ind-gdp/", "list/indicators/", "targets/", "theme/transport/", "list/observations/", "board/")
    paths = [f"{each}index.html" for each in folders]
    for path, (told,) in ran("lighthouse", base=bases["http"], paths=paths, categories=JUDGED, runs=1).items():
        assert told["error"] == "", path
        assert set(told["scores"]) == set(JUDGED)
        assert min(told["scores"].values()) >= ENOUGH, (path, told)


def test_lighthouse_finds_a_page_that_is_bad_in_everything_but_speed(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<html><body><p>x<img src=gone.png></body></html>", "utf-8")
    for address in served(tmp_path):
        (told,) = ran("lighthouse", base=address, paths=["bad.html"], categories=JUDGED, runs=1)["bad.html"]
    assert all(told["scores"][each] < ENOUGH for each in JUDGED), told


@languages
def test_pages_are_valid_html(site: Path, language: str) -> None:
    files = [str(site / path) for path in LANGUAGES[language]]
    told = ran("validate", files=files)
    assert list(told) == files
    assert {path: each for path, each in told.items() if each} == {}


def test_a_page_that_is_no_valid_html_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(
        '<!DOCTYPE html>\n<html><p><div id="a b">x</div></p><a id="c"><a id="c">y</a></a></html>\n', "utf-8"
    )
    said = " ".join(ran("validate", files=[str(path)])[str(path)])
    assert all(
        rule in said for rule in ("valid-id", "no-dup-id", "element-permitted-content", "element-required-content")
    )
