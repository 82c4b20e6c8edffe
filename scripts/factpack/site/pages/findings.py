"""Findings: what the tables tell, in sentences with numbers, each with the page and place of its rows.

A package that has nothing to say on a matter says nothing: one report alone has no target that is past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from factpack.package.comparisons import HIGHER, LOWER, RELATIONS, Comparison, comparisons
from factpack.package.findings import Targets, apart, furthest, gap, next_stages, targets_of
from factpack.package.periods import period
from factpack.package.table import Field, Row
from factpack.site.aims import fields_of
from factpack.site.cells import cell_text
from factpack.site.charts.compared import change_text, shown
from factpack.site.facets import key_of, listed_at
from factpack.site.page import Site, list_path
from factpack.site.pages.changes import change_summary
from factpack.site.pages.past import told
from factpack.site.templating import words
from factpack.words import Count

STAGES = 3
"""Stages that a sentence names; the others are counted together."""
TARGETS, CHANGES = "targets/index.html", "changes/index.html"


class Finding(NamedTuple):
    """A sentence, and the page with the rows that it is about."""

    text: str
    path: str


class Known(NamedTuple):
    """What sentences are made of."""

    site: Site
    targets: Targets
    compared: Sequence[Comparison]
    """The targets of the period that comes next that stand beside a result."""
    language: str

    @property
    def t(self) -> Mapping[str, str]:
        """The texts of the language."""
        return words(self.language)

    def sentences(self, *said: str) -> str:
        """Return what is said as sentences, without those that say nothing."""
        return self.t["stop"].join(filter(None, said)) + self.t["stop"].strip()

    def when(self, text: str) -> str:
        """Return a period as a reader writes it."""
        return period(text, self.language)


def anchor(when: str) -> str:
    """Return the anchor of the targets of a period."""
    return f"t{when.replace('/', '--')}"


def known(site: Site, language: str) -> Known:
    """Return what sentences are made of."""
    found = targets_of(site.package)
    compared = [each for each in comparisons(site.package) if each.beside["period"] == found.next]
    return Known(site, found, compared, language)


def sentences(made: Known) -> list[Finding]:
    """Return the sentences of the front page."""
    return list(chain.from_iterable(make(made) for make in MAKERS))


def answers(site: Site, language: str) -> list[str]:
    """Return what the page of targets answers first: how many were reached, and what cannot be told yet and why."""
    made = known(site, language)
    return [each.text for make in (past, undecided) for each in make(made)]


def past(made: Known) -> Iterator[Finding]:
    """Yield how many targets of the past came out how; those that were adjusted late are counted apart."""
    rows, adjusted = apart(chain.from_iterable(made.targets.past.values()))
    if not made.targets.past:
        return
    years = made.when(_span(made.targets.past))
    fields = fields_of(made.site.catalogue)
    said = [_counted("past targets", fields, rows, made, years), _counted("targets adjusted", fields, adjusted, made)]
    yield Finding(made.sentences(*said), f"{TARGETS}#past")


def _counted(key: str, fields: Mapping[str, Field], rows: Sequence[Row], made: Known, when: str = "") -> str:
    if not rows:
        return ""
    return made.t[key].format(when=when, count=Count(len(rows)), told=told(fields, rows, made.language))


def _span(periods: Mapping[str, object]) -> str:
    """Return the years from the first to the last of some periods."""
    years = sorted(year for each in periods for year in (each[:4], each.rpartition("/")[2][:4]))
    return years[0] if years[0] == years[-1] else f"{years[0]}/{years[-1]}"


def beside(made: Known) -> Iterator[Finding]:
    """Yield how many of the next targets are lower, equal and higher than the result beside them."""
    if not made.compared:
        return
    counts = {each: sum(one.relation == each for one in made.compared) for each in RELATIONS}
    parts = [made.t[RELATED[each]].format(count=count) for each, count in counts.items() if count]
    before = sorted({str(each.result["period"]) for each in made.compared})
    said = made.t["next targets"].format(
        when=made.when(made.targets.next),
        count=Count(len(made.compared)),
        before=made.when(before[0] if len(before) == 1 else _span(dict.fromkeys(before))),
        told=made.t["several"].join(parts),
    )
    yield Finding(made.sentences(said), f"{TARGETS}#{anchor(made.targets.next)}-compared")


RELATED = {"lower": "told lower", "equal": "told equal", "higher": "told higher", "open": "told open"}
"""How a sentence says how many targets stand in a relation to their results, as keys of words."""


def extremes(made: Known) -> Iterator[Finding]:
    """Yield which of the next targets are furthest below and above the result beside them."""
    said = [_furthest(made, relation, key) for relation, key in ((LOWER, "most lowered"), (HIGHER, "most raised"))]
    if any(said):
        yield Finding(made.sentences(*said), f"{TARGETS}#{anchor(made.targets.next)}-compared")


def _furthest(made: Known, relation: str, key: str) -> str:
    each = [_change(one, made) for one in furthest(made.compared, relation)]
    return made.t[key].format(told=made.t["list"].join(each)) if each else ""


def _change(each: Comparison, made: Known) -> str:
    result, target = shown(each, made.language)
    name = each.target[f"indicator_name_{made.language}"]
    return made.t["changes from"].format(
        name=name, before=result, after=target, change=change_text(each, made.language)
    )


def stages(made: Known) -> Iterator[Finding]:
    """Yield how many records have which stage next in the period that comes first."""
    found = next_stages(made.site.package)
    when = made.targets.next if made.targets.next in found else next(iter(found), "")
    if not when:
        return
    kinds = made.site.catalogue.kinds.values()
    table, field = next((each, field) for each in kinds if (field := each.field("next_stage")))
    most = found[when].most_common(STAGES)
    parts = [
        made.t["of stage"].format(stage=cell_text(field, each, made.language).lower(), count=count)
        for each, count in most
    ]
    other = found[when].total() - sum(count for _, count in most)
    parts += [made.t["of stage"].format(stage=made.t["others"], count=other)] if other else []
    said = made.t["next stages"].format(
        when=made.when(when),
        what=table.title[made.language],
        count=found[when].total(),
        told=made.t["several"].join(parts),
    )
    listed = listed_at(made.site.catalogue, table, "next_period").format(key_of(when))
    yield Finding(made.sentences(said), listed or list_path(table.name))


def undecided(made: Known) -> Iterator[Finding]:
    """Yield what cannot be judged yet, and why."""
    if not made.targets.coming:
        return
    left = sum(map(len, made.targets.coming.values()))
    missing = gap(made.site.package, made.targets)
    said = [made.t["no targets"].format(when=made.when(missing))] if missing else []
    said.append(made.t["not yet"].format(count=Count(left), when=made.when(_span(made.targets.coming))))
    yield Finding(made.sentences(*said), f"{TARGETS}#past")


def news(made: Known) -> Iterator[Finding]:
    """Yield what the version brings; of the first one nothing, for all of it is new."""
    version = next(iter(made.site.versions), None)
    if version and version.before:
        lines = [each.heading(made.language) for each in version.told.get(made.language, ())]
        summary = change_summary(made.site, version, made.language).rstrip(made.t["stop"])
        said = made.t["new"].format(version=version.version, told=made.t["list"].join([summary, *lines]))
        yield Finding(made.sentences(said), f"{CHANGES}#v{version.version}")


MAKERS: Sequence[Callable[[Known], Iterator[Finding]]] = (past, beside, extremes, stages, undecided, news)
"""What makes a sentence of the front page, in its order."""
