"""Names in a passage: where they stand, which are only parts of longer ones, and to which a number belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from factpack.check.subjects import lists_subject
from factpack.check.windows import EvidencedItem, Proven, Window, leads
from factpack.problems import ECHO_LIMIT, LIST_LIMIT, Problem, joined
from factpack.record.evidence import is_retired
from factpack.source.marks import Path
from factpack.text.token import Token

STREAKS = ("年", "连降", "连增", "连升", "个月", "季度", "个季度")
"""Units in which the periods of a claim are counted: 连续四年, 五连降."""


def spans(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text: start, end."""
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def is_longer(name: str, form: str) -> bool:
    """Say whether a name holds a form and more; quotation marks around the whole make no other name."""
    return form in name and name.strip("“”‘’《》") != form.strip("“”‘’《》")


def stands_free(form: str, text: str, longer: Sequence[str]) -> bool:
    """Say whether a form stands in a text otherwise than inside one of the longer names."""
    if not longer:
        return form in text
    covered = [span for name in longer for span in spans(name, text)]
    return any(not any(low <= start and end <= high for low, high in covered) for start, end in spans(form, text))


def neighbour(text: str, token: Token, tokens: Sequence[Token], forms: Collection[str], others: Collection[str]) -> str:
    """Return the name that a number belongs to by its place where it is another's, else nothing.

    A number belongs to the name right behind it (14个街道), else to the one that ends last before it, else to the first
    one behind it; a name inside a longer one does not count. Where the longer name has a number of its own between, its
    parts count again: in 高考一本上线率突破70%、校校都有600分 the 600 may be of 高考.
    """
    found = {span for name in {*forms, *others} for span in spans(name, text)}
    outer = [a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found)]
    first = token.reach_start if token.series else token.start
    behind = min((span for span in outer if span[0] >= token.start), default=None)
    before = max((span for span in outer if span[1] <= first), key=lambda span: span[1], default=None)
    nearest = behind if behind and behind[0] == token.end else before or behind
    name = text[slice(*nearest)] if nearest else ""
    if not nearest or name in forms:
        return ""
    between = (each for each in tokens if each.value is not None and each.unit not in STREAKS)
    apart = any(nearest[1] <= each.start and each.end <= first for each in between)
    return "" if apart and any(form in name for form in forms) else name


def name_problems(evidenced: EvidencedItem, proven: Proven) -> Iterator[Problem]:
    """Yield a record whose name is in none of its quotes, or that nothing there tells from another, and a part whose
    number is not its subject's."""
    forms = evidenced.subject.forms
    if not evidenced.windows or not forms:
        return
    if evidenced.whole:
        if not any(names_stand_in(evidenced, window, evidenced.forms_in(window)) for window in evidenced.windows):
            longer = _longer_names(evidenced, forms)
            code, shown = (
                ("name-within-longer", {"longer": joined(longer, ", ", LIST_LIMIT)}) if longer else _NOT_AT_ALL
            )
            at = evidenced.at("evidence")
            yield unnamed(evidenced, code, at, forms[:1], evidenced.windows, **shown)
            return
        yield from shared_forms(evidenced)
        return
    valued = [window for window, _, by_value in proven if by_value]
    stated = evidenced.get("value") is not None or evidenced.get("claim") is not None
    numbers = [(window, token) for window, token, by_value in proven if by_value]
    numbers = numbers or [(window, token) for window in evidenced.windows for token in window.tokens]
    named = any(form in window.text for window in valued or evidenced.windows for form in evidenced.forms_in(window))
    named = named or any(lists_subject(window, token, evidenced.forms_in(window)) for window, token in numbers)
    if stated and not named:
        yield unnamed(
            evidenced, "subject-not-in-quote", evidenced.at("evidence"), forms, valued or list(evidenced.windows)
        )
        return
    if stated:
        yield from shared_forms(evidenced)
    for window, token, by_value in proven:
        own = evidenced.forms_in(window)
        if not by_value or leads(window, token) or lists_subject(window, token, own):
            continue
        names = known_names(evidenced, window)
        if names and (other := neighbour(window.text, token, window.tokens, own, names)):
            shown = {"token": token.text, "other": other, "name": joined(forms, " / ", ECHO_LIMIT - 4)}
            yield evidenced.subject.problem("nearer-subject", (*window.at, "quote"), **shown)


_NOT_AT_ALL: tuple[str, dict[str, str]] = ("name-not-in-quote", {})


def _longer_names(evidenced: EvidencedItem, forms: Sequence[str]) -> list[str]:
    """Return the longer names in the quotes of which a form is only a part, each with its record."""
    found = [each for window in evidenced.windows for each in _others(evidenced, window)]
    longer = [f"{name} ({record_id})" for name, record_id in found if any(is_longer(name, form) for form in forms)]
    return list(dict.fromkeys(longer))


def unnamed(
    evidenced: EvidencedItem, code: str, at: Path, forms: Sequence[str], windows: Iterable[Window], **more: str
) -> Problem:
    """Return the problem that none of the forms is in the quotes of windows."""
    shown = more | {
        "name": joined(forms, " / ", ECHO_LIMIT - 4),
        "quotes": joined([window.text for window in windows], " | ", LIST_LIMIT),
    }
    return evidenced.subject.problem(code, at, **shown)


def shared_forms(evidenced: EvidencedItem) -> Iterator[Problem]:
    """Yield that all forms by which the quotes name a record are forms of another one, too: it could be either."""
    named = (form for window in evidenced.windows for form in evidenced.forms_in(window) if form in window.text)
    own = list(dict.fromkeys(named))
    theirs: dict[str, set[str]] = {}
    for window in evidenced.windows if own else ():
        for name, record_id in _others(evidenced, window):
            theirs.setdefault(record_id, set()).add(name)
    alike = [each for each, names in theirs.items() if names.issuperset(own) and _is_alike(evidenced, each)]
    if alike:
        shown = {"name": joined(own, " / ", ECHO_LIMIT - 4), "other": joined(sorted(alike), ", ", LIST_LIMIT)}
        yield evidenced.subject.problem("shared-alias", evidenced.at("evidence"), **shown)


def _is_alike(evidenced: EvidencedItem, other: str) -> bool:
    """Say whether a record of the same kind may be meant as well; measure or quantity tell those of one concept."""
    subject, library, shape = evidenced.subject, evidenced.subject.library, evidenced.subject.kind.shape
    record = library.record(other) if library.schemas.kind_of(other) is subject.kind else None
    if record is None or is_retired(shape, record):
        return False
    concept, measure = (shape.role(role) or "" for role in ("concept", "measure"))
    if record.get(concept) is None or record[concept] != subject.record.get(concept):
        return True
    own = evidenced.get("unit") or subject.record.get(shape.role("unit") or "")
    quantities = {library.role(str(unit), "quantity") for unit in (own, library.role(other, "unit")) if unit}
    return record.get(measure) == subject.record.get(measure) and len(quantities) <= 1


def known_names(evidenced: EvidencedItem, window: Window) -> list[str]:
    """Return the names and aliases of other records of the item's kind that stand in a quote."""
    kind, kind_of = evidenced.subject.kind, evidenced.subject.library.schemas.kind_of
    return [name for name, record in _others(evidenced, window) if kind_of(record) is kind]


def _others(evidenced: EvidencedItem, window: Window) -> list[tuple[str, str]]:
    """Return the names of other records that stand in a quote, each with its record."""
    return evidenced.subject.others_in(window.text, window.document)


def names_stand_in(evidenced: EvidencedItem, window: Window, forms: Iterable[str]) -> bool:
    """Say whether one of the forms stands in a quote, and not only inside a longer known name of another record."""
    standing = [form for form in forms if form in window.text]
    names = [name for name, _ in _others(evidenced, window)] if standing else []
    return any(free_in(form, window, names) for form in standing)


def free_in(form: str, window: Window, names: Iterable[str]) -> bool:
    """Say whether a form stands in a quote otherwise than inside a longer one of the names."""
    return stands_free(form, window.text, [name for name in names if is_longer(name, form)])
