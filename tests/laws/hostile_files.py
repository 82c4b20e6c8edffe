"""Files that mean harm or are merely unlucky, each with the problems that it must give, and files that are good.

A case is a file of the project `examples/good/minimal`. Most are one record of a place (`PLACE`) with one thing
changed. `expected` says where a problem stands and what it is: `line:column code`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from factpack.disk.project import FILE_LIMIT
from factpack.source.strict import DEPTH_LIMIT, DIGIT_LIMIT, NODE_LIMIT, TEXT_LIMIT

PLACE = """\
id: {id}
name:
  zh: 某处
  en: Some place
kind: area
evidence:
  - document: doc-manual
    locator: page 1
"""
LOCATOR = "8:14"
"""Where the value of the locator begins: it may be any text."""
DOCUMENT = """\
id: {id}
title: {{zh: 某文, en: A document}}
publisher: {{zh: 某社, en: A publisher}}
type: news
language: zh-CN
url: X
"""


class Case(NamedTuple):
    """A file by its id, its bytes, and the problems it must give."""

    id: str
    raw: bytes
    expected: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it stands in the project."""
        return f"sources/{'documents' if self.id.startswith('doc-') else 'places'}/{self.id}.yaml"


def place(name: str, text: str, *expected: str) -> Case:
    """Return a case whose text is the record of a place; `{id}` stands for its id."""
    return Case(f"plc-{name}", text.replace("{id}", f"plc-{name}").encode("utf-8"), expected)


def located(name: str, written: str, *expected: str) -> Case:
    """Return a case that has something else written as its locator."""
    return place(name, PLACE.replace("page 1", written), *expected)


def edited(name: str, old: str, new: str, *expected: str) -> Case:
    """Return a case that differs from the record of a place in one thing."""
    assert PLACE.count(old) == 1, old
    return place(name, PLACE.replace(old, new), *expected)


def written() -> Iterator[Case]:
    """Yield a case for each thing that may be written as a locator."""
    for code, listed in WRITTEN_BY_CODE.items():
        for number, text in enumerate(listed, 1):
            name = f"{code.replace(' ', '-')}-{number}"
            yield located(name, text, f"8:{code}" if code[0].isdigit() else f"{LOCATOR} {code}")


AMBIGUOUS = (
    *("no", "No", "NO", "nO", "yes", "YES", "on", "oN", "OFF", "y", "Y", "n", "N", "True", "FALSE", "tRue", "NULL"),
    *("007", "08", "0o17", "0O17", "0x1F", "0X1f", "-0xA", "0b11", "0B1", "1_000", "1,000", "3,4", "-1,000.5", "1__0"),
    *("1e3", "1E3", "1e+3", "-1.5E-3", "1.", "1.e2", "1e400", ".5", "-.5", "+1", "+1.5", "+0", "-0", "-0.0", "-0.00"),
    *(".inf", "-.INF", "+.Inf", ".nan", ".NaN", ".nAn", "=", "<<", "0." + "0" * 300 + "1", "1" * 301, "Null"),
    *("12:30", "1:2:3", "01:30", "0:30", "00:00:00", "-190:20:30", "1:30.5", "16:9", "2025-12-29", "2025-1-2"),
    *("-2025-12-29", "2025-12-29T10:00:00Z", "2025-12-29 10:00:00", "2025-1-2 1:02:03 +8"),
)
"""Plain scalars that one reader of YAML or another takes for no text, or for another number."""

WRITTEN_BY_CODE: dict[str, tuple[str, ...]] = {
    "ambiguous-scalar": AMBIGUOUS,
    "formula-text": ("-a", "--", "+a", "'- a'", "'@x'", "'======='", "'=1+1'", "＝x", "'-1+cmd|'' /C calc''!A0'"),
    "markup-text": ("<r>x</r>", "<r>x", "a_x0041_x0042_"),
    "too-many-digits": ("1" * 16, "-" + "9" * 299, "0.1234567890123456", "1000000000000000", "1.000000000000000"),
    "wrong-type": ("true", "false", "2100", "-7", "2.50", "[]", "{}", "[page 1]", "{page: one}"),
    "no-value": ("~", "null"),
    "empty-text": ("''", '""', "|-", ">-", "|+", '"\\\n      "'),
    "edge-space": (
        *("' x'", "'x '", '"\\nx"', '"x\\n"', '"\\u3000x"', "x\u3000", "\u3000x"),
        *("|\n      x", ">\n      x", "|+\n      x\n\n", "|2-\n       x", "'\n\n      x'"),
    ),
    "yaml-anchor": ("&a x", "&a", "& x", "&a 'x'", "&a [x]", "&a {x: y}", "*a", "*", "**bold**", "* item"),
    "yaml-tag": (
        *("!a x", "! x", "!", "!!str x", "!!int '1'", "!!binary aGk=", "!<a> x", "!e!a x", "!!set {x}"),
        *("!!python/object/apply:os.system ['id']", "!!python/name:os.system", "!!js/undefined x"),
    ),
    "yaml-syntax": ("@x", "`x`", "%x", "-", "- x", "? x", "]", "}", "'x", '"x', '"\\'),
    "15 yaml-syntax": ("|x", '"\\q"'),
    "16 yaml-syntax": (">9x", "|-0"),
    "17 yaml-syntax": ('"\\x4"', '"\\ud83d\\ude42"', '"\\U00110000"', '"\\u12"'),
    "18 yaml-syntax": ("'x' y", '"x" y', "[x] y"),
    "comment-after-text": ("x # y", "C# is #1", "x #", "x\n      y # z", "page 1 # note\n    # own"),
    "wrong-size": ("x" * 121,),
    "text-too-long": ("'" + "x" * (TEXT_LIMIT + 1) + "'",),
    "mixed-alphabets": (
        *("W\u0443han", "\u0410lpha", "\u0391lpha", "H2\u041e", "武\u0430x汉", "x_\u0443", "\u03b1\u0430", "5\u03bcm"),
        *("q\u0301\u0430", '"W\\u0443han"', '"Wu\\\n      \u0443"'),
    ),
    "not-nfc": (*('"cafe\\u0301"', '"e\\\n      \\u0301"', "\u212bngstr\u00f6m", "\u1112\u1161\u11ab", '"\\u0958"'),),
    "16 not-nfc": ("5 \u2126",),
    "17 not-nfc": ("cafe\u0301",),
    "18 not-nfc": ("x\u0323\u0302 a\u0302\u0323",),
    "lookalike-character": ('"a\\_b"', '"\\u2f42\\u5316"', '"\\uff21"', '"a\\\n      \\ufb01"'),
    "14 lookalike-character": ("\u2f42化", "\u2ed3江", "\uf900", "\uff12025", "\ufb01x", "\u00a0x", "\u2003x"),
    "15 lookalike-character": ("a\u00a0b", "a\u202fb", "x\uff21", "武\ufe12", "x\U0002f800", "5\U0001d7d8"),
    "forbidden-character": (
        *('"a\\tb"', '"a\\rb"', '"a\\r\\nb"', '"a\\0b"', '"a\\eb"', '"a\\Nb"', '"a\\Lb"', '"a\\Pb"'),
    ),
    "15 forbidden-character": ("a\rb", "武\ufe0f", "2\ufe0f", "👨\u200d👩", "武\U000e0100", "x\u0378", "x\U0002fff0"),
    "15 tab": ("a\tb",),
    "16 tab": ("'a\tb'",),
}
"""What may be written as a locator, by the code that it gives there, or at another column of the line."""


HIDDEN = (
    *(0x01, 0x08, 0x0B, 0x1B, 0x7F, 0x80, 0x85, 0x9B),  # control
    *(0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069),  # bidirectional
    *(0xAD, 0x034F, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0),
    *(0xFFF9, 0xFFFC, 0xFFFD, 0x1D159, 0x1D173, 0xE0001, 0xE0041, 0xE0100),  # invisible and special
    *(0x2028, 0x2029, 0xE000, 0xF8FF, 0xF0000, 0x10FFFD, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x3FFFF),
)
"""Characters that change what people see and not what programs read, or the other way round."""


def hidden() -> Iterator[Case]:
    """Yield each hidden character in a comment, a plain text, a block text, and escaped in a value and in a key."""
    for code in HIDDEN:
        name, character, escape = f"u{code:04x}", chr(code), f"\\U{code:08x}"
        yield place(f"{name}-comment", f"# a{character}b\n{PLACE}", "1:4 forbidden-character")
        yield located(f"{name}-raw", f"a{character}b", "8:15 forbidden-character")
        yield located(f"{name}-block", f"|-\n      ab{character}c", "9:9 forbidden-character")
        yield located(f"{name}-escape", f'"a{escape}b"', f"{LOCATOR} forbidden-character")
        yield edited(f"{name}-key", "kind:", f'"ki{escape}nd":', "5:1 forbidden-character")


WHOLE: dict[str, tuple[bytes | str, str]] = {
    "empty": ("", "1:1 empty-file"),
    "spaces": ("  \n\n   \n", "1:1 empty-file"),
    "comment-only": ("# nothing\n", "1:1 empty-file"),
    "start-only": ("---\n", "1:1 empty-file"),
    "end-only": ("...\n", "1:1 yaml-syntax"),
    "null": ("null\n", "1:1 empty-file"),
    "json-null": ("null", "1:1 empty-file"),
    "list": ("- id: {id}\n", "1:1 not-a-mapping"),
    "json-list": ('[{"id": "{id}"}]', "1:1 not-a-mapping"),
    "text": ("{id}\n", "1:1 not-a-mapping"),
    "number": ("12\n", "1:1 not-a-mapping"),
    "quoted": ('"id: {id}"\n', "1:1 not-a-mapping"),
    "block-text": ("|-\n  id: {id}\n", "1:1 not-a-mapping"),
    "bom": ("\ufeff" + PLACE, "1:1 byte-order-mark"),
    "bom-only": ("\ufeff", "1:1 byte-order-mark"),
    "utf-16": (PLACE.encode("utf-16"), "1:1 not-utf8"),
    "utf-16-le": (PLACE.encode("utf-16-le"), "1:2 not-utf8"),
    "utf-16-be": (PLACE.encode("utf-16-be"), "1:1 not-utf8"),
    "utf-32": (PLACE.encode("utf-32"), "1:1 not-utf8"),
    "gb18030": (PLACE.encode("gb18030"), "3:8 not-utf8"),
    "big5": (PLACE.replace("处", "地").encode("big5"), "3:7 not-utf8"),
    "latin-1": (PLACE.replace("某处", "caf\u00e9").encode("latin-1"), "3:10 not-utf8"),
    "overlong": (b"id: \xc0\x80\n", "1:5 not-utf8"),
    "surrogate": (b"id: \xed\xa0\x80\n", "1:5 not-utf8"),
    "cesu-8": (b"id: \xed\xa0\xbd\xed\xb9\x82\n", "1:5 not-utf8"),
    "cut-character": (PLACE.encode() + b"# \xe6\xad", "9:3 not-utf8"),
    "beyond-unicode": (b"id: \xf4\x90\x80\x80\n", "1:5 not-utf8"),
    "nul": (PLACE.replace("page 1", "page\x00 1"), "8:18 not-utf8"),
    "all-bytes": (bytes(range(256)), "1:1 not-utf8"),
    "gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "1:2 not-utf8"),
    "png": (b"\x89PNG\r\n\x1a\n\x00", "1:1 not-utf8"),
    "html": ("<!doctype html>\n<html></html>\n", "1:1 not-a-mapping"),
    "mac-line-ends": (PLACE.replace("\n", "\r"), "1:22 forbidden-character"),
    "conflict": (f"<<<<<<< HEAD\n{PLACE}=======\n{PLACE}>>>>>>> theirs\n", "1:1 merge-conflict"),
    "conflict-crlf": ("a: 1\r\n<<<<<<< HEAD\r\nb: 1\r\n=======\r\nb: 2\r\n>>>>>>> x\r\n", "2:1 merge-conflict"),
    "conflict-diff3": (f"{PLACE}||||||| base\n=======\n", "9:1 merge-conflict"),
    "conflict-bare": (f"{PLACE}<<<<<<<\n", "9:1 merge-conflict"),
    "conflict-half": (f"{PLACE}=======\nkind: park\n", "9:1 merge-conflict"),
    "conflict-end": (f"{PLACE}>>>>>>> theirs", "9:1 merge-conflict"),
    "conflict-in-quotes": (PLACE.replace("page 1", "'page 1\n=======\n'"), "9:1 merge-conflict"),
    "directive": (f"%YAML 1.1\n---\n{PLACE}", "1:1 yaml-directive"),
    "directive-crlf": (f"\r\n%YAML 1.2\r\n---\r\n{PLACE}", "2:1 yaml-directive"),
    "directive-2": (f"%YAML 2.0\n---\n{PLACE}", "1:1 yaml-directive"),
    "directive-tag": (f"%TAG !e! tag:e.org,2026:\n---\n{PLACE}", "1:1 yaml-directive"),
    "directive-own": (f"%FOO bar\n---\n{PLACE}", "1:1 yaml-directive"),
    "directive-late": (f"# c\n\n  # d\n%YAML 1.1\n---\n{PLACE}", "4:1 yaml-directive"),
    "directive-alone": ("%", "1:1 yaml-directive"),
    "documents": (f"{PLACE}---\n{PLACE}", "9:1 yaml-documents"),
    "documents-end": (f"{PLACE}...\n{PLACE}", "10:1 yaml-syntax"),
    "documents-empty": (f"{PLACE}---\n", "9:1 yaml-documents"),
    "documents-three": (f"---\n{PLACE}---\n---\n", "10:1 yaml-documents"),
    "bomb": ('a: &a ["x", "x"]\nb: &b [*a, *a]\nc: [*b, *b]\n', "1:4 yaml-anchor"),
    "anchor-root": (f"&a\n{PLACE}", "1:1 yaml-anchor"),
    "anchor-key": (f"&a {PLACE}", "1:1 yaml-anchor"),
    "alias-key": (f"*a : 1\n{PLACE}", "1:1 yaml-anchor"),
    "recursion": ("a: &a\n  b: *a\n", "1:4 yaml-anchor"),
    "merge-key": (f"{PLACE}<<: {{kind: park}}\n", "9:1 yaml-anchor"),
    "merge-alias": (f"{PLACE}<<: *a\n", "9:1 yaml-anchor"),
    "merge-quoted": (f"{PLACE}'<<': {{kind: park}}\n", "9:1 unknown-field"),
    "tag-root": (f"!!map\n{PLACE}", "1:1 yaml-tag"),
    "tag-key": (f"!!str {PLACE}", "1:1 yaml-tag"),
    "twice": (f"{PLACE}kind: park\n", "9:1 duplicate-key"),
    "twice-quoted": (f"{PLACE}'kind': park\n", "9:1 duplicate-key"),
    "twice-escaped": (f'{PLACE}"\\x6bind": park\n', "9:1 duplicate-key"),
    "twice-explicit": (f"{PLACE}? kind\n: park\n", "9:3 duplicate-key"),
    "twice-nested": (PLACE.replace("kind:", "  zh: 某处\nkind:"), "5:3 duplicate-key"),
    "twice-in-braces": (f"{PLACE}retired: {{since: '1', since: '2'}}\n", "9:23 duplicate-key"),
    "twice-in-json": ('{"id": "{id}",\n "id": "{id}"}', "2:2 duplicate-key"),
    "twice-no-value": (f"{PLACE}kind:\n", "9:1 duplicate-key"),
    "tab-indent": (PLACE.replace("  zh", "\tzh"), "3:1 tab"),
    "tab-comment": (f"#\tnote\n{PLACE}", "1:2 tab"),
    "tab-after-colon": (PLACE.replace("kind: ", "kind:\t"), "5:6 tab"),
    "tab-at-the-end": (PLACE.replace("area", "area\t"), "5:11 tab"),
    "tab-on-blank-line": (f"{PLACE}\t\n", "9:1 tab"),
    "comma": (PLACE.replace("page 1", "x\nretired: {since: '1', reason: {zh: 一, 二, en: a}}"), "9:39 comma-in-braces"),
    "comma-english": ("id: {id}\nname: {zh: 某处, en: here, there}\n", "2:26 comma-in-braces"),
    "braces-set": ("{a}", "1:2 comma-in-braces"),
    "key-list": (f"{PLACE}[a]: b\n", "9:1 key-not-text"),
    "key-map": (f"{PLACE}{{a: b}}: c\n", "9:1 key-not-text"),
    "key-explicit-list": (f"{PLACE}? [a]\n: b\n", "9:3 key-not-text"),
    "key-explicit-map": (f"{PLACE}? a: b\n: c\n", "9:3 key-not-text"),
    "key-none": (f"{PLACE}: b\n", "9:1 yaml-syntax"),
    "key-null": (f"{PLACE}~: b\n", "9:1 key-not-text"),
    "key-true": (f"{PLACE}true: b\n", "9:1 key-not-text"),
    "key-yes": (f"{PLACE}yes: b\n", "9:1 key-not-text"),
    "key-number": (f"{PLACE}2025: b\n", "9:1 key-not-text"),
    "key-huge-number": (f"{PLACE}{'9' * 500}: b\n", "9:1 key-not-text"),
    "key-date": (f"{PLACE}2025-12-29: b\n", "9:1 key-not-text"),
    "key-comment": (f"{PLACE}? part_of # a\n: plc-linxi\n", "9:3 comment-after-text"),
    "key-tab": (f'{PLACE}"part\\tof": b\n', "9:1 forbidden-character"),
    "key-not-nfc": (f'{PLACE}"cafe\\u0301": b\n', "9:1 not-nfc"),
    "key-mixed": (f'{PLACE}"k\\u0456nd": b\n', "9:1 mixed-alphabets"),
    "key-space": (f"{PLACE}' kind': b\n", "9:1 edge-space"),
    "key-empty": (f"{PLACE}'': b\n", "9:1 unknown-field"),
    "key-newline": (f'{PLACE}"ki\\nnd": b\n', "9:1 unknown-field"),
    "key-block": (f"{PLACE}? |\n  kind\n: b\n", "9:3 edge-space"),
    "key-slash": (f"{PLACE}a/b~c: b\n", "9:1 unknown-field"),
    "key-ref": (f"{PLACE}$ref: https://example.org/x\n", "9:1 unknown-field"),
    "key-schema": (f"{PLACE}$schema: file:///etc/passwd\n", "9:1 unknown-field"),
    "key-proto": (f"{PLACE}__proto__: {{kind: park}}\n", "9:1 unknown-field"),
    "key-class": (f"{PLACE}__class__: b\n", "9:1 unknown-field"),
    "key-format": (f"{PLACE}'{{0.__class__}}': b\n", "9:1 unknown-field"),
    "key-percent": (f"{PLACE}'%s%n': b\n", "9:1 unknown-field"),
    "key-command": (f"{PLACE}'::error::x': b\n", "9:1 unknown-field"),
    "key-too-long": (f"{PLACE}? {'k' * (TEXT_LIMIT + 1)}\n: b\n", "9:3 text-too-long"),
    "key-long": (f"{PLACE}{'k' * 2000}: b\n", "9:1 yaml-syntax"),
    "no-colon": (PLACE.replace("kind: area", "kind area"), "5:1 yaml-syntax"),
    "no-space": (PLACE.replace("kind: area", "kind:area"), "5:1 yaml-syntax"),
    "wide-colon": (PLACE.replace("kind: area", "kind：area"), "5:5 full-width-sign"),
    "two-colons": (PLACE.replace("kind: area", "kind: area: x"), "5:11 yaml-syntax"),
    "deeper": (PLACE.replace("kind:", " kind:"), "5:2 yaml-syntax"),
    "shallower": (PLACE.replace("  en:", " en:"), "4:2 yaml-syntax"),
    "unclosed-list": (f"{PLACE}aliases: [a, b\n", "10:1 yaml-syntax"),
    "unclosed-braces": (PLACE.replace("kind: area", "kind: {area"), "6:9 yaml-syntax"),
    "closed-twice": (f"{PLACE}aliases: [a]]\n", "9:13 yaml-syntax"),
    "crossed": (f"{PLACE}aliases: [{{a]}}\n", "9:13 yaml-syntax"),
    "unclosed-quote": (PLACE.replace("某处", "'某处"), "3:7 yaml-syntax"),
    "dash-alone": (f"{PLACE}-\n", "9:1 yaml-syntax"),
    "list-item-outside": (f"{PLACE}- x\n", "9:1 yaml-syntax"),
    "bracket-only": ("[", "1:2 yaml-syntax"),
    "colon-only": (":", "1:1 yaml-syntax"),
    "question-only": ("?", "1:2 key-not-text"),
    "brackets": (PLACE.replace("area", "[" * 100_000), "5:38 too-deep"),
    "braces": (PLACE.replace("area", "{" * 100_000), "5:8 key-not-text"),
    "braces-with-keys": (PLACE.replace("area", "{a: " * 50_000), "5:131 too-deep"),
    "dashes": (PLACE.replace("area", "\n" + "- " * 100_000), "6:63 too-deep"),
    "questions": (PLACE.replace("area", "\n  " + "? " * 100_000), "6:5 key-not-text"),
    "depth": (PLACE.replace("area", "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT), f"5:{6 + DEPTH_LIMIT} too-deep"),
    "depth-in-lines": ("\n".join(" " * level + "a:" for level in range(DEPTH_LIMIT + 1)), "33:33 too-deep"),
    "nodes": (f"{PLACE}aliases: [{'a,' * NODE_LIMIT}]\n", "9:39971 too-many-nodes"),
    "nodes-in-lines": ("\n".join(f"k{number}: a" for number in range(NODE_LIMIT)), "10000:8 too-many-nodes"),
    "size": (PLACE.encode().ljust(FILE_LIMIT + 1, b"\n"), "1:1 file-too-large"),
    "size-and-rubbish": (b"\xff" * (FILE_LIMIT * 4), "1:1 file-too-large"),
    "repeated-alias": (f"{PLACE}aliases: [a, b, a]\n", "9:10 repeated-item"),
    "id-of-another": (PLACE.replace("{id}", "plc-linxi"), "1:5 id-not-file-name"),
    "id-path": (PLACE.replace("{id}", "../plc-x"), "1:5 id-not-file-name"),
    "id-newline": (PLACE.replace("{id}", '"{id}\\n"'), "1:5 edge-space"),
    "id-number": (PLACE.replace("{id}", "12"), "1:5 wrong-type"),
    "reference-path": (f"{PLACE}part_of: plc-/../../etc/passwd\n", "9:10 wrong-form"),
    "reference-up": (f"{PLACE}part_of: ../places/plc-linxi\n", "9:10 wrong-form"),
    "reference-upper-case": (f"{PLACE}part_of: plc-Linxi\n", "9:10 wrong-form"),
    "reference-of-another-kind": (f"{PLACE}part_of: ind-gdp\n", "9:10 unknown-reference"),
    "reference-to-itself": (f"{PLACE}part_of: {{id}}\n", "9:10 part-of-itself"),
    "reference-too-long": (f"{PLACE}part_of: plc-{'a' * 77}\n", "9:10 wrong-size"),
    "full-width-digits": (f"{PLACE}code: ４２０１０６\n", "9:7 lookalike-character"),
    "arabic-digits": (f"{PLACE}code: ٤٢٠١٠٦\n", "9:7 wrong-form"),
    "code-as-number": (f"{PLACE}code: 420106\n", "9:7 wrong-type"),
}
"""Files that are wrong as a whole, or in one line, each with its one problem."""

URLS = (
    *(
        "javascript:alert(1)",
        "JAVASCRIPT://example.org",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
    ),
    *("//example.org/", "example.org", "http:example.org", "http:/example.org", "https://", "https:///path"),
    *("HTTP://example.org", "https://user@example.org/", "https://user:pass@example.org/", "https://@example.org"),
    *(
        "https://example.org@evil.example/",
        "https://example.org:80@evil.example/",
        "https://example.org%2f@evil.example/",
    ),
    *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/"),
    *("http://017700000001/", "http://1.2.3.4.5/", "http://127.0.0.1.:80/", "http://١٢٧.0.0.1/"),
    *("https://例子.中国/", "https://a@武.org/", "https://例子.org/a b", "https://武..org/", "https://武_x.org/"),
    *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/", "http://localhost:8080/", "http://intranet/"),
    *("http://example.org./", "http://.example.org/", "http://example..org/", "http://-example.org/"),
    *("http://example-.org/", "http://example.-org/", "http://exa_mple.org/", "https://ex%61mple.org/"),
    *("https://example.org:/", "https://example.org:0/", "https://example.org:8080a/", "https://example.org:80:80/"),
    *(
        "https://example.org:999999/",
        "https://example.org:+80/",
        "https://example.org: 80/",
        "https://example.org:٨٠/",
    ),
    *("https://example.org/a b", "https://example .org/"),
    *("https://example.org\\@evil.example/", "https:\\\\example.org\\"),
    *("https://example.org/\\x", "https://example.org/<x>", 'https://example.org/"x', "https://example.org/{x}"),
    *("https://example.org/`id`", "https://example.org/a|b", "https://example.org/^", "https://example.org?x"),
    *("https://example.org#x", "https://example.org/" + "x" * 481),
)
"""What is no address of a page that anybody can open and nobody is misled by."""

TYPED_URLS = (
    *("https://example.org/武昌", "https://例子.org/", "https://ex\u00e4mple.org/", "https://例子.org:8080/a?b=武#c"),
    *("https://example.org/%E6%AD%A6昌", "http://武昌.example.org"),
)
"""Addresses as browsers show them."""


def urls() -> Iterator[Case]:
    """Yield each wrong address as that of a document."""
    for number, url in enumerate((*URLS, *TYPED_URLS), 1):
        code = "address-not-encoded" if url in TYPED_URLS else "wrong-form" if len(url) <= 500 else "wrong-size"
        name = f"doc-url-{number}"
        text = DOCUMENT.format(id=name).replace("X", json.dumps(url, ensure_ascii=False))
        yield Case(name, text.encode("utf-8"), (f"6:6 {code}",))


SEVERAL: dict[str, tuple[str, tuple[str, ...]]] = {
    "three-scalars": (
        PLACE.replace("某处", "no").replace("area", "1e3").replace("page 1", "''"),
        ("3:7 ambiguous-scalar", "5:7 ambiguous-scalar", "8:14 empty-text"),
    ),
    "hidden-twice": (
        PLACE.replace("area", "a\u200brea\u200c").replace("page", "\u202epage"),
        ("5:8 forbidden-character", "5:12 forbidden-character", "8:14 forbidden-character"),
    ),
    "tab-and-hidden": (
        PLACE.replace("area", "a\u200brea").replace("  zh", "\tzh"),
        ("3:1 tab", "5:8 forbidden-character"),
    ),
    "indent-of-nbsp": (
        PLACE.replace("  zh", "\u00a0\u00a0zh").replace("  en", "\u00a0\u00a0en"),
        ("3:1 lookalike-character", "4:1 lookalike-character"),
    ),
    "escapes": (PLACE.replace("page 1", '" \\u202e\\u200b"'), ("8:14 edge-space", *("8:14 forbidden-character",) * 2)),
    "unknown-fields": (
        PLACE.replace("kind: area", "kinds: area\nid2: x"),
        ("5:1 unknown-field", "6:1 unknown-field"),
    ),
    "everything": (
        "id: {id}\nname: {zh: 某处}\nkind: [area]\nevidence: none\n",
        ("2:7 missing-field", "3:7 wrong-type", "4:11 wrong-type"),
    ),
}
"""Files with more than one fault, none of which hides another."""


def bad() -> list[Case]:
    """Return every wrong file."""
    found = [*written(), *hidden(), *urls()]
    for name, (content, expected) in WHOLE.items():
        raw = content if isinstance(content, bytes) else content.replace("{id}", f"plc-{name}").encode("utf-8")
        found.append(Case(f"plc-{name}", raw, (expected,)))
    return [*found, *(place(name, text, *expected) for name, (text, expected) in SEVERAL.items())]


AS_WRITTEN = (
    *("page 1", "第1页", "a:b", "C#", "a - b", "50%", "x@y", "a/b", "1.2.3", "1 000", "12:60", "3/4"),
    *("2025-12", "2025/2026", "0x1G", "1e", "e5", ".x", "nope", "Yesterday", "truely", "nil", "~x", "<x>"),
    *("武昌Wuhan区", "GDP与α系数", "β测试版", "Привет世界", "5 µm", "γ-ray", "CO₂", "naïve café", "한글", "①", "〇"),
    *("🙂", "☀️", "❤️ 武昌", "1️⃣", "🇨🇳", "👍🏽", "㊗️", "x² 和 ½", "“引号”", "《书》、〈篇〉", "……——", "·", "𠮷野家"),
    *("a　b", "x:y z", "a,b", "什么？", "(x)", "x'y", 'x"y', "a\\b", "\\n", "null x", "no way", "1x"),
    *("x" * 120, "武" * 120, "🙂" * 120, "a#b"),
)
FINE = {
    **{text: text for text in AS_WRITTEN},
    "'no'": "no",
    "'012'": "012",
    "'2025-12-29'": "2025-12-29",
    "'~'": "~",
    "'# x'": "# x",
    "'a # b'": "a # b",
    "'a: b'": "a: b",
    "'{}'": "{}",
    "'&x'": "&x",
    "'it''s'": "it's",
    "'\\u202e'": "\\u202e",
    '"a\\u00e9"': "aé",
    '"\\U0001f642"': "🙂",
    '"\\"x\\""': '"x"',
    '"\\x41\\/\\\\"': "A/\\",
    '"a\\nb"': "a\nb",
    '"a\\\n      b"': "ab",
    '"a\n\n      b"': "a\nb",
    "'a\n      b'": "a b",
    "a\n      b": "a b",
    "|-\n      a\n      # b\n\n      c": "a\n# b\n\nc",
    ">-\n      a\n      b\n\n      c": "a b\nc",
    "|2-\n      a": "a",
    ">-  # a comment\n      a": "a",
    "'x'  # a comment": "x",
    "a\n    # a comment on its own line": "a",
}
"""What may be written as a locator, with the text that it is."""

JSON = """\
{"id": "{id}", "name": {"zh": "某处", "en": "Some place"}, "kind": "area",
 "evidence": [{"document": "doc-manual", "locator": "page 1"}]}
"""
SOUND: dict[str, str | bytes] = {
    "plain": PLACE,
    "crlf": PLACE.replace("\n", "\r\n"),
    "mixed-line-ends": PLACE.replace("\n", "\r\n", 3),
    "no-last-line-end": PLACE.rstrip("\n"),
    "blank-lines": "\n\n" + PLACE.replace("\n", "\n\n") + "\n\n\n",
    "comments": "# one\n" + PLACE.replace("\n", "\n# a tab is no more allowed: \\t\n  # so: {[ & * ! | > ' \" % @ `\n"),
    "comment-after-number": PLACE.replace("locator: page 1", "locator: '1' # first"),
    "comment-after-key": PLACE.replace("name:", "name: # in both languages"),
    "start": "---\n" + PLACE,
    "end": PLACE + "...\n",
    "start-comment": "# c\n--- # d\n" + PLACE + "... # e\n",
    "json": JSON,
    "json-in-one-line": JSON.replace("\n", ""),
    "json-spread": json.dumps(json.loads(JSON), indent=4, ensure_ascii=False),
    "json-escapes": json.dumps(json.loads(JSON)),
    "flow": "{id: {id}, name: {zh: 某处, en: 'x, y'}, kind: area, evidence: [{document: doc-manual, locator: p}]}",
    "flow-commas": "{id: {id}, name: {zh: 一, en: x,}, kind: area, evidence: [{document: doc-manual, locator: p,},],}",
    "flow-in-lines": JSON.replace(", ", ",\n"),
    "quoted-keys": PLACE.replace("kind:", '"kind":').replace("  zh:", "  'zh':"),
    "escaped-key": PLACE.replace("kind:", '"\\x6bind":'),
    "explicit-key": PLACE.replace("kind: area", "? kind\n: area"),
    "unindented-list": PLACE.replace("  - document", "- document").replace("    locator", "  locator"),
    "wide-indent": PLACE.replace("  zh", "        zh").replace("  en", "        en"),
    "dash-on-its-own-line": PLACE.replace("  - document", "  -\n    document"),
    "space-before-colon": PLACE.replace("kind:", "kind :"),
    "spaces-after": PLACE.replace("area", "area   ").replace("name:", "name:  "),
    "code": PLACE + "code: '420106'\n",
    "aliases": PLACE + "aliases: [某地, '012', \"no\"]\n",
    "hundred-aliases": PLACE + f"aliases: [{', '.join(f'a{number}' for number in range(100))}]\n",
    "long-name": PLACE.replace("Some place", "x" * 2000).replace("某处", "某" * 2000),
    "folded-name": PLACE.replace("Some place", ">-\n" + "    some words\n" * 100),
    "size": PLACE + "#" * (FILE_LIMIT - len(PLACE.replace("{id}", "plc-size").encode())),
    "blank": PLACE + "\n" * (FILE_LIMIT - len(PLACE.replace("{id}", "plc-blank").encode())),
    "comment-of-emoji": PLACE + "# " + "🙂" * 60_000 + "\n",
    "conflict-like": PLACE + "# <<<<<<< HEAD\n#=======\n" + "aliases:\n  - '<<<<<<<'\n  - '>>>>>>>'\n",
    "directive-like": "# %YAML 1.1\n" + PLACE,
    "retired": PLACE + "retired:\n  since: 0.1.0\n  reason: {zh: 重复, en: Twice}\n  replaced_by: plc-linxi\n",
}
"""Whole files that are good."""

ADDRESSES = (
    *("http://example.org", "https://example.org/", "https://www.gov.cn/a/b.html", "https://a.b.c.d.example.org/"),
    *("https://163.com/", "https://www.12306.cn/", "https://xn--fiq228c5hs.com/", "https://a-b--c.example.org/"),
    *("http://example.org:8080/", "http://EXAMPLE.org/", "https://example.org/?q=a&b=c#d"),
    *("https://example.org/%E6%AD%A6", "https://example.org/@a:b/(c)!$'*+,;=~_-.", "https://example.org/" + "x" * 480),
)
"""Addresses that a document may have."""

LOADED: dict[str, str] = {
    "depth": f"a: {'[' * (DEPTH_LIMIT - 1)}{']' * (DEPTH_LIMIT - 1)}",
    "depth-of-braces": f"{'{a: ' * (DEPTH_LIMIT - 1)}{{}}{'}' * (DEPTH_LIMIT - 1)}",
    "depth-in-lines": "\n".join(" " * level + "a:" for level in range(DEPTH_LIMIT)),
    "nodes": f"a: [{'1,' * (NODE_LIMIT - 3)}]",
    "nodes-in-lines": "\n".join(f"k{number}: a" for number in range(NODE_LIMIT // 2 - 1)),
    "text": f"a: {'x' * TEXT_LIMIT}",
    "text-of-han": f"a: '{'武' * TEXT_LIMIT}'",
    "text-of-escapes": f'a: "{chr(92)}x41{"x" * (TEXT_LIMIT - 1)}"',
    "text-in-block": "a: |-\n" + "  xxxxxxx\n" * (TEXT_LIMIT // 8),
    "key": f"? {'k' * TEXT_LIMIT}\n: a",
    "digits": f"a: {'1' * DIGIT_LIMIT}\nb: -{'9' * DIGIT_LIMIT}\nc: 0.{'0' * 9}{'1' * DIGIT_LIMIT}\nd: {'1' * 14}.5",
    "numbers": "a: [0, -1, 0.0, -0.5, 10.50, 0.001, 12345678901234.5]",
    "nothing": "a:\nb: ~\nc: null\nd: []\ne: {}",
}
"""Files that are good to the loader, though no kind of record has such fields: the limits are reached and kept."""


def good() -> list[Case]:
    """Return every good file that is a record."""
    found = [located(f"fine-{number}", written) for number, written in enumerate(FINE, 1)]
    found += [place(name, content) for name, content in SOUND.items()]
    for number, url in enumerate(ADDRESSES, 1):
        name = f"doc-address-{number}"
        found.append(Case(name, DOCUMENT.format(id=name).replace("X", json.dumps(url)).encode("utf-8")))
    return found
