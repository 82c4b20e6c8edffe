"""The card: the picture that shows a link to a page where people share it, 1200 by 630 pixels as they expect.

One takes 13 ms and 40 kB, more than the page itself, so only the site and its key figures have one of their own; what
a shared link to any other record says, its title and description say.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from factpack.site.charts.figures import figure_text, figures
from factpack.site.page import OutputFile, Site, card_path, carded
from factpack.words import other

SIZE = (1200, 630)
MARGIN, LINE = 90, 1.3
SIZES = (68, 36, 30)
"""Of the title, of the title in the other language, and of the last line, in pixels."""
SHOWN = 2
"""Figures of a record that its card shows."""
PAPER, INK, SOFT, ACCENT, TARGET = "#ffffff", "#1b2228", "#56626d", "#0b5772", "#8a5400"
BARS = (0.38, 0.52, 0.61, 0.74, 0.9)
"""Lengths of the bars of the ornament, the last of them open as a target is."""


def cards(site: Site, language: str, font: bytes) -> Iterator[OutputFile]:
    """Yield the card of the site in a language, and where links are shared one for each key figure."""
    package = site.package
    last = f"{package.version} · {package.licence.get('name', '')}"
    yield card_path("", language), card(package.title[language], [package.title[other(language)]], last, font)
    for record_id in carded(site):
        entry = site.catalogue.entries[record_id]
        told = [figure_text(each) for each in figures(entry, site.catalogue, language)]
        yield (
            card_path(record_id, language),
            card(entry.name(language), told[:SHOWN], f"{package.title[language]} · {last}", font),
        )


def card(title: str, below: Sequence[str], last: str, font: bytes) -> bytes:
    """Return a PNG with a title, some lines below, an ornament of bars, and a last line."""
    large, middle, small = _faces(font)
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    _ornament(pen)
    width, y = SIZE[0] - 2 * MARGIN, MARGIN
    for text, face, colour in ((title, large, INK), *((each, middle, SOFT) for each in below)):
        for line in _wrapped(text, face, width):
            pen.text((MARGIN, y), line, colour, face)
            y += int(face.size * LINE)
        y += 22
    pen.text((MARGIN, SIZE[1] - MARGIN - 20), last, SOFT, small)
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


@cache
def _faces(font: bytes) -> tuple[ImageFont.FreeTypeFont, ...]:
    """Return a font in the sizes of a card; it is unpacked each time that one is made."""
    return tuple(ImageFont.truetype(io.BytesIO(font), size) for size in SIZES)


def _ornament(pen: ImageDraw.ImageDraw) -> None:
    """Draw bars as the charts have them, from the right."""
    pen.rectangle((0, 0, 18, SIZE[1]), ACCENT)
    for at, length in enumerate(BARS):
        top, left = 400 + 30 * at, SIZE[0] - MARGIN - int(420 * length)
        box = (left, top, SIZE[0] - MARGIN, top + 14)
        pen.rectangle(box, None if at == len(BARS) - 1 else ACCENT, TARGET if at == len(BARS) - 1 else ACCENT, 3)


def _wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """Yield a text in lines of a width in pixels, broken between words and between Chinese characters."""
    line = ""
    for word in _words(text):
        if line and face.getlength((line + word).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += word
    if line:
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        word += letter
        if letter == " " or letter > "\u2e80":
            yield word
            word = ""
    if word:
        yield word
