"""Whether an edition can be compared with today's package, and what of it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factpack.disk.project import PACKAGE_PATH
from factpack.history.damage import Damage
from factpack.history.editions import IDS, Edition, is_other
from factpack.problems import Problem
from factpack.words import LANGUAGES, text_in


def edition_problems(then: Edition, package: str) -> Iterator[Problem]:
    """Yield that published versions are not known, that an edition is of another package, and how it is damaged.

    Of its table of ids only whether it is the file that was published: who reads it tells the rest.
    """
    yield from unknown_problem(then.unknown)
    if is_other(then, package):
        yield Problem(
            PACKAGE_PATH, 1, 1, "other-package", "", {"edition": then.name, "was": then.package, "name": package}
        )
    else:
        yield from damage_problems(then, [*then.described[1], *then.replaced(IDS)])


def unknown_problem(why: str) -> Iterator[Problem]:
    """Yield that published versions are not known, and why, as `Edition.unknown` has it; nothing where they are."""
    if why:
        what = {f"what_{each}": text_in(each, "history", "unknown", why) for each in LANGUAGES}
        yield Problem(PACKAGE_PATH, 1, 1, "editions-unknown", "", what)


def damage_problems(then: Edition, damage: Iterable[Damage]) -> Iterator[Problem]:
    """Yield what of an edition is damaged: an error, but of the output of a build, which the next one replaces."""
    return (each.problem("" if then.output else then.name) for each in damage)
