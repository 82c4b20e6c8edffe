"""Files that browsers save: each way is read alike, and what is neither text nor page is refused by name."""

from __future__ import annotations

import gzip
import io
import plistlib
import random
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.text.page import PAGE_LIMIT, paragraphs
from factpack.text.saved import UnreadableText
from projects import MINIMAL
from text import saved_pages as pages

SENT = paragraphs(pages.page().encode())
ALONE = paragraphs(pages.TEXT.encode())


@pytest.mark.parametrize("declared", pages.SENT)
@pytest.mark.parametrize("way", pages.NAMES)
def test_what_chromium_saved_is_the_page_that_was_sent(declared: str, way: str) -> None:
    assert paragraphs(pages.sample(declared, way).read_bytes()) == SENT


def mail(charset: str, coding: str, transfer: str, start: bool = False) -> bytes:
    """Return a page saved as one file, as Internet Explorer and others write it, a frame before it if it is named."""
    whole = MIMEMultipart("related", **({"start": "<main@saved>"} if start else {}))
    whole["From"], whole["Subject"] = "<Saved by a browser>", "=?utf-8?B?5oql5ZGK?="
    main = EmailMessage()
    main.set_content(pages.page(charset).encode(coding), "text", "html", cte=transfer)
    main.set_param("charset", charset)
    main["Content-ID"] = "<main@saved>"
    frame = MIMEText("<html><body><p>广告</p></body></html>", "html", "utf-8")
    style = MIMEText("p { color: red }", "css", "utf-8")
    for part in (frame, main, style) if start else (style, main, frame):
        whole.attach(part)
    return whole.as_bytes()


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
@pytest.mark.parametrize("start", [False, True])
@pytest.mark.parametrize(
    ("charset", "coding"),
    [("utf-8", "utf-8"), ("gb2312", "gbk"), ("GBK", "gbk"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_a_page_in_one_file_is_read_in_any_coding(charset: str, coding: str, transfer: str, start: bool) -> None:
    assert paragraphs(mail(charset, coding, transfer, start)) == SENT
    assert paragraphs(mail(charset, coding, transfer, start).replace(b"\n", b"\r\n")) == SENT


@pytest.mark.parametrize(
    ("charset", "coding"),
    [
        ("utf-8", "utf-8-sig"),
        ("gb2312", "gb2312"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("x", "gbk"),
        ("", "utf-32"),
    ],
)
def test_a_page_or_text_is_read_in_any_coding(charset: str, coding: str) -> None:
    page = pages.page(charset).replace("&copy;", "").replace("—", "")
    assert paragraphs(page.encode(coding)) == paragraphs(page.encode())
    text = pages.TEXT.replace("—", "")
    assert paragraphs(text.encode(coding)) == paragraphs(text.encode())


def test_a_page_in_traditional_characters_is_read_as_it_declares() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=big5"><p>區政府報告：一</p></html>'
    assert paragraphs(page.encode("big5")) == ["區政府報告:一"]


@pytest.mark.parametrize(
    "before",
    [
        "<!-- saved from url=(0030)https://example.org/ -->\n",
        "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
        "Line wrap\n",
        "\n",
    ],
)
def test_what_a_program_writes_before_a_page_is_no_text(before: str) -> None:
    assert paragraphs((before + pages.page()).encode()) == SENT


@pytest.mark.parametrize(
    "begins", ["<meta charset=utf-8>", "<script>" + "x" * 5_000 + "</script>", "<title>报告</title>"]
)
def test_a_page_without_doctype_is_a_page(begins: str) -> None:
    assert paragraphs(f"{begins}<p>一</p><p>二</p>".encode())[-2:] == ["一", "二"]


def test_radicals_of_files_made_from_pdf_are_the_characters_that_they_stand_for() -> None:
    assert paragraphs("\u2ed3江\u2f42化\u2ea0".encode()) == ["长江文化民"]


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 100)
    return file.getvalue()


WEB_ARCHIVE = {"WebMainResource": {"WebResourceData": pages.page().encode(), "WebResourceMIMEType": "text/html"}}
REFUSED = {
    "pdf": ("text pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + pages.TEXT.encode()),
    "pdf with something before": ("text pdf", b"\n\n%PDF-1.4\n" + pages.TEXT.encode()),
    "docx": ("text word", packed("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
    "xlsx": ("text word", packed("[Content_Types].xml", "xl/workbook.xml")),
    "odt": ("text word", packed("mimetype", "content.xml")),
    "doc": ("text word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "rtf": ("text word", rb"{\rtf1\ansi\ansicpg936 \'ce\'e4\'b2\'fd\par}"),
    "zip": ("text packed", packed("page.html", "page_files/style.css")),
    "gzip": ("text packed", gzip.compress(pages.page().encode())),
    "rar": ("text packed", b"Rar!\x1a\x07\x01\x00" + bytes(50)),
    "png": ("text picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "jpeg": ("text picture", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    "webarchive": ("text webarchive", plistlib.dumps(WEB_ARCHIVE, fmt=plistlib.FMT_BINARY)),
    "webarchive in XML": ("text webarchive", plistlib.dumps(WEB_ARCHIVE)),
    "utf-16 without a mark": ("text binary", pages.TEXT.encode("utf-16-le")),
    "utf-16 without a mark, big end first": ("text binary", pages.TEXT.encode("utf-16-be")),
    "a program": ("text binary", b"\x7fELF\x02\x01\x01\x00" + bytes(90)),
    "characters that were lost": ("text binary", ("\ufffd\ufffd报告" * 9).encode()),
    "a record": ("text data", (MINIMAL / "sources/indicators/ind-gdp.yaml").read_bytes()),
    "a record that is no YAML": ("text data", (MINIMAL / "sources/places/plc-linxi.yaml").read_bytes() + b"x: [\n"),
    "fingerprints": ("text data", b'\n{"document": "doc-report", "paragraphs": []}\n'),
    "a table": ("text data", "id,name_zh,kind\nplc-a,某处,area\n".encode()),
    "a table with tabs": ("text data", "id\tname_zh\tkind\r\nplc-a\t某处\tarea\r\n".encode()),
    "no page in one file": (
        "text mhtml",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\n--x--\n",
    ),
    "not found": (
        "text error",
        b"<html><head><title>404 Not Found</title></head><body><h1>404</h1>nginx</body></html>",
    ),
    "not found in Chinese": ("text error", "<html><title>\n您访问的页面不存在</title><p>首页</p></html>".encode("gbk")),
    "error 502": ("text error", b"<html><title>502</title></html>"),
    "empty": ("text empty", b""),
    "a page without text": ("text empty", b"<html><head><title>x</title></head><body><script>1</script></body></html>"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_neither_text_nor_page_is_refused_by_name(name: str) -> None:
    which, raw = REFUSED[name]
    with pytest.raises(UnreadableText) as refused:
        paragraphs(raw)
    assert refused.value.which == which


@pytest.mark.parametrize(
    "text",
    [
        "报告\n时间: 2026-01-05\n来源: 区政府\n",
        "[摘要]各位代表：\n",
        "500强企业总部落户\n",
        "标题：报告\n作者：某人\n",
        "id: 一\n各位代表：\n现在，我代表区政府报告工作。\n",
    ],
)
def test_a_text_that_looks_a_little_like_something_else_is_a_text(text: str) -> None:
    assert paragraphs(text.encode())
    assert paragraphs(f"<html><title>{text.splitlines()[0]}</title><p>{text}</p></html>".encode())


def test_whatever_chance_writes_is_refused() -> None:
    dice = random.Random(1)
    for size in (60, 500, 5_000):
        for _ in range(40):
            with pytest.raises(UnreadableText):
                paragraphs(dice.randbytes(size))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"]),
)
def test_no_bytes_raise_anything_else(raw: bytes, before: bytes) -> None:
    with suppress(UnreadableText):
        paragraphs(before + raw)


HEAD = b"Content-Type: multipart/related; boundary=x\n"
ENDLESS = [
    b"--x\n",
    b"--x\nContent-Type: text/html\n\n<p>",
    b"X: y\n",
    b" z\n",
    b"--x\nContent-Type: multipart/mixed; boundary=x\n\n",
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("repeated", ENDLESS)
def test_a_page_in_one_file_is_read_to_an_end_whatever_is_repeated(repeated: bytes) -> None:
    head = HEAD if repeated in ENDLESS[2:4] else HEAD + b"\n"
    with suppress(UnreadableText):
        paragraphs(head + repeated * (PAGE_LIMIT // 4 // len(repeated)) + b"\n\n")
