"""What is kept of a making of the site: what each piece of it asked, with digests of the answers, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from factpack.disk.cache import Cache
from factpack.disk.publish import Earlier
from factpack.site.making.questions import Answers, Question
from factpack.site.templating import COMPILED
from factpack.table.encode import pack, unpack

SLOT = "site"


class Piece(NamedTuple):
    """What makes some files: a page function, its arguments, and a digest of whatever else is given to it."""

    what: str
    arguments: tuple[str, ...]
    given: str = ""


class Made(NamedTuple):
    """What a piece made: the questions that it asked, by number, and the SHA-256 of each file by path."""

    asked: Sequence[int]
    files: Mapping[str, str]


@dataclass(slots=True)
class Kept:
    """A making that was kept: all questions with the digests of their answers, and its pieces."""

    questions: Sequence[tuple[Question, str]] = ()
    pieces: Mapping[Piece, Made] = field(default_factory=dict)

    def standing(self, answers: Answers) -> dict[Piece, Made]:
        """Return the pieces whose questions all have the answers that they had."""
        changed = {at for at, (question, was) in enumerate(self.questions) if answers.digest_of(question) != was}
        return {piece: made for piece, made in self.pieces.items() if changed.isdisjoint(made.asked)}


class Making:
    """A making of the site: what stands of an earlier one, and what is to be kept of this one."""

    def __init__(
        self, known: Kept | None = None, answers: Answers | None = None, earlier: Earlier | None = None
    ) -> None:
        self._standing = known.standing(answers) if known and answers else {}
        self._earlier = earlier
        asked = known.questions if known else ()
        self._numbers: dict[Question, int] = {question: at for at, (question, _) in enumerate(asked)}
        self._digests = [digest for _, digest in asked]
        self._pieces: list[tuple[Piece, Sequence[int], Sequence[str]]] = []

    def take(self, piece: Piece) -> list[str] | None:
        """Return the paths of the files of a piece that stands, of which each is still what was made; else None."""
        made = self._standing.get(piece)
        if made is None or self._earlier is None:
            return None
        if any(self._earlier.made(path)[1] != sha256 for path, sha256 in made.files.items()):
            return None
        self._pieces.append((piece, made.asked, list(made.files)))
        return list(made.files)

    def numbers(self, asked: Iterable[tuple[Question, str]]) -> list[int]:
        """Return the numbers of questions, whose answers have these digests."""
        found = []
        for question, digest in asked:
            at = self._numbers.setdefault(question, len(self._digests))
            self._digests[at : at + 1] = [digest]
            found.append(at)
        return found

    def note(self, piece: Piece, asked: Sequence[int], paths: Sequence[str]) -> None:
        """Note which questions a piece asked, by their numbers, and the paths of its files."""
        self._pieces.append((piece, asked, paths))

    def keep(self, cache: Cache, world: str, sums: Mapping[str, str]) -> None:
        """Keep what was noted; `sums` are the SHA-256 of all files by path, `world` is what all pages rest on."""
        used = {at: number for number, at in enumerate(sorted({at for _, asked, _ in self._pieces for at in asked}))}
        questions = [(question, self._digests[at]) for question, at in self._numbers.items() if at in used]
        pieces = [
            [tuple(piece), [used[at] for at in asked], {path: sums[path] for path in paths}]
            for piece, asked, paths in self._pieces
        ]
        cache.write(SLOT, pack({"world": world, "questions": questions, "pieces": pieces}, [COMPILED.packed()]))


def kept(cache: Cache, world: str) -> Kept:
    """Return the making that was kept; an empty one where there is none, or one of another world."""
    raw = cache.read(SLOT)
    try:
        head, (compiled,) = unpack(raw or b"")
        if head["world"] != world:
            return Kept()
        questions = [(tuple(question), digest) for question, digest in head["questions"]]
        pieces = {
            Piece(what, tuple(arguments), given): Made(asked, files)
            for (what, arguments, given), asked, files in head["pieces"]
        }
        COMPILED.unpack(compiled)
    except (ValueError, LookupError, TypeError, EOFError):  # nothing, or not what was written
        return Kept()
    return Kept(questions, pieces)
