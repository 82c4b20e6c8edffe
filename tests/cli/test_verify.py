"""A published text against the record kept of it: `factpack verify`, as its users run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import FACTPACK, Run, hear_interrupts
from factpack.text import lookalikes
from factpack.text.page import PAGE_LIMIT, paragraphs
from factpack.text.saved import UnreadableText
from projects import EXAMPLES, MINIMAL, assemble
from text import saved_pages as pages

TEXT = (MINIMAL / "texts" / "doc-report.txt").read_text("utf-8")
RECORD = "sources/texts/doc-report.json"
OVER_TIME = EXAMPLES / "good" / "names-and-terms-over-time"


def text_file(folder: Path, text: str, name: str = "report.txt", encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def as_page(text: str) -> str:
    body = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    return (
        "<!DOCTYPE html><html><head><title>报告</title><style>p{color:red}</style></head>"
        "<body><script>var a='1';</script>"
        f"<div>首页 &gt; 报告</div>{body}<div>版权所有 © 2026</div></body></html>"
    )


def test_the_same_text_gives_the_same_record(minimal: Path, run: Run, tmp_path: Path) -> None:
    before = (minimal / RECORD).read_bytes()
    code, out, err = run(minimal, "verify", "doc-report", text_file(tmp_path, TEXT))
    assert (code, out) == (0, "")
    assert err.startswith("5 paragraphs, ")
    assert err.endswith(" quotes verified, 0 not\n")
    assert (minimal / RECORD).read_bytes() == before


def test_the_record_holds_no_sentence_of_the_text(minimal: Path) -> None:
    record = (minimal / RECORD).read_text("utf-8")
    assert not any(clause in record for clause in ("临溪湖公园建成开放", "社会保持稳定", "全区地区生产总值"))


def test_a_saved_page_is_read_and_what_stands_around_the_text_is_ignored(
    minimal: Path, run: Run, tmp_path: Path
) -> None:
    page = text_file(tmp_path, as_page(TEXT), "page.html")
    before = (minimal / RECORD).read_bytes()
    assert run(minimal, "verify", "doc-report", page)[0] == 0
    assert (minimal / RECORD).read_bytes() == before


def test_a_page_in_gb18030_is_read(minimal: Path, run: Run, tmp_path: Path) -> None:
    page = text_file(tmp_path, as_page(TEXT), "page.html", "gb18030")
    assert run(minimal, "verify", "doc-report", page, "--check")[0] == 0


def test_a_changed_paragraph_is_named_and_nothing_is_written_until_it_is_accepted(
    minimal: Path, run: Run, tmp_path: Path
) -> None:
    changed = text_file(tmp_path, TEXT.replace("突破210亿元", "突破211亿元"))
    before = (minimal / RECORD).read_bytes()
    code, out, err = run(minimal, "verify", "doc-report", changed)
    assert code == 1
    assert out.startswith("doc-report paragraph 2: changed: ")
    assert "--accept" in err
    assert (minimal / RECORD).read_bytes() == before
    code, out, _ = run(minimal, "verify", "doc-report", changed, "--accept")
    assert code == 1, "the quote with 210 is no longer in the text"
    assert "unverified-quote" in out
    assert (minimal / RECORD).read_bytes() != before


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (
            TEXT.replace("临溪区政府工作报告\n", "临溪区政府工作报告\n新的一段。\n", 1),
            "paragraph 1: text added after it: 新的一段",
        ),
        ("\n".join(line for line in TEXT.splitlines() if "空气优良率" not in line), "paragraph 3: missing"),
        (TEXT.replace("临溪区政府工作报告\n", "\x1b##[error]\u202e\n", 1), "changed: \\u001b##\\u005berror]\\u202e…"),
    ],
)
def test_an_added_and_a_missing_paragraph_are_named(
    minimal: Path, run: Run, tmp_path: Path, edited: str, told: str
) -> None:
    code, out, _ = run(minimal, "verify", "doc-report", text_file(tmp_path, edited))
    assert code == 1
    assert told in out


def test_a_new_quote_on_the_same_text_needs_no_acceptance(minimal: Path, run: Run, tmp_path: Path) -> None:
    record = minimal / "sources/indicators/ind-gdp.yaml"
    record.write_text(record.read_text("utf-8").replace("quote: 2025年，全区地区", "quote: 全区地区"), "utf-8")
    code, out, _ = run(minimal, "check")
    assert code == 1
    assert "unverified-quote" in out
    assert run(minimal, "verify", "doc-report", text_file(tmp_path, TEXT))[0] == 0
    code, out, _ = run(minimal, "check")
    assert "unverified-quote" not in out


def test_quotes_of_other_texts_are_left_to_their_own_runs(tmp_path: Path, run: Run) -> None:
    root = assemble(tmp_path / "project", MINIMAL, OVER_TIME)
    texts = {path.stem: str(path) for folder in (MINIMAL, OVER_TIME) for path in (folder / "texts").glob("*.txt")}
    assert len(texts) == 2
    for document in texts:
        (root / "sources" / "texts" / f"{document}.json").unlink()
    for document, path in texts.items():
        code, out, err = run(root, "verify", document, path)
        assert (code, out) == (0, "")
        assert err.endswith("verified, 0 not\n")


def test_check_writes_nothing_and_tells_a_stale_record(minimal: Path, run: Run, tmp_path: Path) -> None:
    source = text_file(tmp_path, TEXT)
    assert run(minimal, "verify", "doc-report", source, "--check")[0] == 0
    data = json.loads((minimal / RECORD).read_text("utf-8"))
    data["paragraphs"][0]["quotes"] = []
    stale = json.dumps(data)
    (minimal / RECORD).write_text(stale, "utf-8")
    code, _, err = run(minimal, "verify", "doc-report", source, "--check")
    assert code == 1
    assert "do not match this text" in err
    assert (minimal / RECORD).read_text("utf-8") == stale


def test_the_text_is_found_in_the_folder_of_texts(
    minimal: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_file(tmp_path, TEXT, "doc-report.txt")
    monkeypatch.setenv("FACTPACK_TEXTS", str(tmp_path))
    assert run(minimal, "verify", "doc-report", "--check")[0] == 0
    monkeypatch.delenv("FACTPACK_TEXTS")
    code, _, err = run(minimal, "verify", "doc-report")
    assert code == 2
    assert "FACTPACK_TEXTS" in err


def test_what_became_of_the_furniture_of_the_page_makes_no_difference(minimal: Path, run: Run, tmp_path: Path) -> None:
    record = minimal / "sources/documents/doc-report.yaml"
    record.write_text(
        record.read_text("utf-8").replace(
            "waivers:", "furniture:\n  - paragraph: 1\n    what:\n      zh: 页首\n      en: Head of the page\nwaivers:"
        ),
        "utf-8",
    )
    assert run(minimal, "verify", "doc-report", text_file(tmp_path, TEXT))[0] == 0
    before = (minimal / RECORD).read_bytes()
    for head in ("阅读次数：1234\n", ""):
        source = text_file(tmp_path, TEXT.replace("临溪区政府工作报告\n", head, 1))
        assert run(minimal, "verify", "doc-report", source)[0] == 0
        assert (minimal / RECORD).read_bytes() == before


DAMAGED = [
    ("letter", "全年增收25l亿元。", "character 5: 25l in 全年增收25l亿元。: a letter among digits", "数字中有字母"),
    ("grouping", "投资12,34万元。", "12,34 in 投资12,34万元。: digits in groups of two", "按两位分节"),
    ("zero", "完成018年计划。", "018年 in 完成018年计划。: a year that begins with 0", "年份以0开头"),
    ("dash", "增长5一6%。", "the numeral 一 between digits, perhaps a dash", "可能是连接号"),
    ("point", "增长5。3%。", "a full stop or a lost digit behind a decimal point", "小数点"),
    ("begins", "万元以上的企业。", "the paragraph begins inside a number", "段首"),
    ("ends", "完成生态移民3", "character 7: 3 in 完成生态移民3: the paragraph ends with a number", "段末为数字"),
]


def test_each_reason_has_an_example() -> None:
    assert {reason for reason, *_ in DAMAGED} == set(lookalikes.REASONS)


@pytest.mark.parametrize(("reason", "damaged", "told", "in_chinese"), DAMAGED)
def test_what_may_be_damage_of_a_new_text_is_told_and_nothing_is_written_until_it_is_accepted(
    minimal: Path, run: Run, tmp_path: Path, reason: str, damaged: str, told: str, in_chinese: str
) -> None:
    (minimal / RECORD).unlink()
    source = text_file(tmp_path, f"{TEXT}{damaged}\n218户已搬迁。\n")
    code, out, err = run(minimal, "verify", "doc-report", source)
    assert (code, out.count("\n")) == (1, 1), reason
    assert out.startswith("doc-report paragraph 6, character ")
    assert told in out
    assert err.startswith("Numbers in this text may be damaged. Nothing was written; use --accept")
    assert not (minimal / RECORD).exists()
    assert in_chinese in run(minimal, "--lang", "zh", "verify", "doc-report", source)[1]
    assert run(minimal, "verify", "doc-report", source, "--accept")[1].startswith(out)
    assert (minimal / RECORD).exists()


def test_what_was_accepted_is_told_and_stops_nothing(minimal: Path, run: Run, tmp_path: Path) -> None:
    source = text_file(tmp_path, f"{TEXT}完成生态移民3\n")
    (minimal / RECORD).unlink()
    assert run(minimal, "verify", "doc-report", source, "--accept")[0] == 0
    before = (minimal / RECORD).read_bytes()
    for options in ([], ["--check"]):
        code, out, _ = run(minimal, "verify", "doc-report", source, *options)
        assert code == 0
        assert out.startswith("doc-report paragraph 6, character 7: 3 in ")
    assert (minimal / RECORD).read_bytes() == before


def test_damage_is_told_beside_what_differs(minimal: Path, run: Run, tmp_path: Path) -> None:
    code, out, err = run(minimal, "verify", "doc-report", text_file(tmp_path, TEXT.replace("210亿元", "21O亿元")))
    assert code == 1
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "doc-report paragraph 2",
        "doc-report paragraph 2, character 17",
    ]
    assert "differs" in err


def test_a_number_cut_by_the_width_of_a_page_is_told(minimal: Path, run: Run, tmp_path: Path) -> None:
    (minimal / RECORD).unlink()
    out = run(minimal, "verify", "doc-report", text_file(tmp_path, f"{TEXT}浓度为PM\n2.5\n30微克。\n"))[1]
    assert out.startswith("doc-report paragraph 7, character 1: 2.5 in 2.5: ")


def test_a_word_that_is_no_known_unit_is_told(minimal: Path, run: Run, tmp_path: Path) -> None:
    (minimal / RECORD).unlink()
    source = text_file(tmp_path, f"{TEXT}河长5俄里。\n")
    code, out, _ = run(minimal, "verify", "doc-report", source)
    assert (code, out) == (0, "doc-report:6: 5 (character 3) is followed by no known unit: 俄里…\n")
    assert run(minimal, "verify", "doc-report", source, "--check")[:2] == (0, out)
    chinese = run(minimal, "--lang", "zh", "verify", "doc-report", source)[1]
    assert chinese == "doc-report:6: 第3字起的“5”后面不是已知单位：俄里…\n"


def test_what_is_not_part_of_the_report_is_not_looked_at(minimal: Path, run: Run, tmp_path: Path) -> None:
    record = minimal / "sources/documents/doc-report.yaml"
    furniture = "furniture:\n  - paragraph: 6\n    what:\n      zh: 页脚\n      en: Foot of the page\nwaivers:"
    record.write_text(record.read_text("utf-8").replace("waivers:", furniture), "utf-8")
    (minimal / RECORD).unlink()
    assert run(minimal, "verify", "doc-report", text_file(tmp_path, f"{TEXT}阅读次数12\n"))[:2] == (0, "")


def test_an_unknown_document_is_a_usage_error(minimal: Path, run: Run, tmp_path: Path) -> None:
    code, _, err = run(minimal, "verify", "doc-nothing", text_file(tmp_path, TEXT))
    assert code == 2
    assert "doc-nothing" in err


@pytest.mark.parametrize("strange", ["面积10²公里", "占½", "第①项"])
def test_a_superscript_or_fraction_is_refused_for_it_would_be_read_as_digits(strange: str) -> None:
    with pytest.raises(UnreadableText, match="digits"):
        paragraphs(strange.encode("utf-8"))


@pytest.mark.parametrize("raw", [b"", b" \n\xc2\xa0\n", b"\xff\xff\xff"])
def test_what_holds_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableText):
        paragraphs(raw)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def holes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 << 30)


def page_too_large(path: Path) -> None:
    path.write_bytes(b"<p>" + b" " * PAGE_LIMIT)


def crowded(path: Path) -> None:
    path.write_text("e" + "\u0301\u0327" * 40_000, "utf-8")


def neither(path: Path) -> None:
    path.write_bytes(b"\xff\xff")


def many_numbers(path: Path) -> None:
    path.write_text("1年、\n" * 18_000 + "1个" * 20_000, "utf-8")


REFUSED: list[tuple[Callable[[Path], object], str, str]] = [
    (pipe, "is not a regular file", "不是普通文件"),
    (endless, "is not a regular file", "不是普通文件"),
    (holes, "is larger than 16 MiB", "超过 16 MiB"),
    (page_too_large, "is larger than 16 MiB", "超过 16 MiB"),
    (crowded, "more than 8 combining marks in a row", "连续的组合附加符号超过 8 个"),
    (neither, "is neither in UTF-8 nor in GB18030", "既不是 UTF-8，也不是 GB18030"),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("make", "en", "zh"), REFUSED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_file_that_is_no_text_is_refused_in_a_line_and_not_waited_for(
    make: Callable[[Path], object], en: str, zh: str, minimal: Path, run: Run, tmp_path: Path
) -> None:
    before = (minimal / RECORD).read_bytes()
    make(tmp_path / "page.html")
    for lang, words in (("en", en), ("zh", zh)):
        code, out, err = run(minimal, "verify", "doc-report", str(tmp_path / "page.html"), lang=lang)
        assert (code, out) == (2, "")
        assert words in err.splitlines()[-1]
    assert (minimal / RECORD).read_bytes() == before


def test_a_link_to_a_text_may_be_named(minimal: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(text_file(tmp_path, TEXT))
    assert run(minimal, "verify", "doc-report", str(tmp_path / "link"), "--check")[0] == 0


@pytest.mark.timeout(120)
def test_a_text_whose_record_would_be_too_large_is_refused(minimal: Path, run: Run, tmp_path: Path) -> None:
    many_numbers(tmp_path / "report.txt")
    before = (minimal / RECORD).read_bytes()
    code, _, err = run(minimal, "verify", "doc-report", str(tmp_path / "report.txt"), "--accept")
    assert (code, (minimal / RECORD).read_bytes()) == (2, before)
    assert "the fingerprints of" in err


@pytest.mark.parametrize(
    ("sent", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_an_interrupt_ends_it_and_leaves_the_record_as_it_was(
    sent: signal.Signals, code: int, word: str, minimal: Path, tmp_path: Path
) -> None:
    many_numbers(tmp_path / "report.txt")
    before = sorted((path, path.stat().st_mtime_ns) for path in (minimal / "sources").rglob("*"))
    command = [FACTPACK, "--root", minimal, "--lang", "en", "verify", "doc-report", tmp_path / "report.txt", "--accept"]
    verify = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=hear_interrupts,
    )
    assert verify.stdout
    verify.stdout.readline()  # it tells a difference, then makes the record
    verify.send_signal(sent)
    verify.stdout.read()
    _, err = verify.communicate(timeout=60)
    assert (verify.returncode, err.strip()) == (code, f"factpack: {word}")
    assert sorted((path, path.stat().st_mtime_ns) for path in (minimal / "sources").rglob("*")) == before


KINDS: list[tuple[bytes, str, str]] = [
    (b"%PDF-1.7\n" + TEXT.encode(), "is a PDF file: save the web page", "是 PDF 文件"),
    (b"bplist00\xd1\x01\x02", "is a web archive of Safari: save the page again, in the format Page Source", "页面源码"),
    (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "is an Office document: save it as plain text", "Office 文档"),
    (b"\x1f\x8b\x08" + bytes(20), "is a compressed file: unpack it", "压缩文件"),
    (b"\x89PNG\r\n\x1a\n", "is a picture", "图片"),
    (TEXT.encode("utf-16-le"), "is not a text: if it is one in UTF-16, save it in UTF-8", "不是文本"),
    ((MINIMAL / "sources/indicators/ind-gdp.yaml").read_bytes(), "holds data in YAML, CSV or JSON", "数据"),
    (
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        "no page can be read in it: save it again",
        "读不出网页",
    ),
    (b"<html><title>404 Not Found</title>x</html>", "is an error page with the title '404 Not Found'", "错误页面"),
    (b"", "has no text", "没有文字"),
]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("raw", "en", "zh"), KINDS, ids=[en for _, en, _ in KINDS])
def test_a_file_of_another_kind_is_refused_by_name_and_nothing_is_written(
    raw: bytes, en: str, zh: str, known: bool, minimal: Path, run: Run, tmp_path: Path
) -> None:
    before = (minimal / RECORD).read_bytes()
    if not known:
        (minimal / RECORD).unlink()
    (tmp_path / "page.html").write_bytes(raw)
    for lang, words in (("en", en), ("zh", zh)):
        code, out, err = run(minimal, "verify", "doc-report", str(tmp_path / "page.html"), "--accept", lang=lang)
        assert (code, out) == (2, "")
        assert words in err.splitlines()[-1]
    assert (minimal / RECORD).is_file() == known
    assert not known or (minimal / RECORD).read_bytes() == before


WRAPPED = "\n".join(f"这是第{number}行它在一个句子的中间就断开了因为它只有这么宽" for number in range(12))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "<html><body><h1>Welcome</h1><p>Sign in to go on.</p></body></html>",
            "no paragraph has ten Chinese characters",
        ),
        (WRAPPED, "most paragraphs end within a sentence; lines may have been cut to a width"),
    ],
)
def test_what_may_be_no_published_text_is_told_and_written_only_if_it_is_accepted(
    text: str, told: str, minimal: Path, run: Run, tmp_path: Path
) -> None:
    (minimal / RECORD).unlink()
    source = text_file(tmp_path, text)
    code, out, err = run(minimal, "verify", "doc-report", source)
    assert (code, told in out) == (1, True)
    assert err.startswith("This may not be the text. Nothing was written; use --accept if it is.")
    assert not (minimal / RECORD).exists()
    assert told in run(minimal, "verify", "doc-report", source, "--accept")[1]
    assert (minimal / RECORD).exists()
    assert told not in run(minimal, "verify", "doc-report", source)[1], "it has been accepted"


def test_a_page_saved_as_one_file_is_verified(minimal: Path, run: Run) -> None:
    for declared in pages.SENT:
        assert run(minimal, "verify", "doc-report", str(pages.sample(declared, "mhtml")), "--check")[0] == 0
