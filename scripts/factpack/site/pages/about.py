"""Notices: the pages on the data set as a whole: what each version changed, about, method, and the search."""

from __future__ import annotations

from factpack.site import schema_org
from factpack.site.cells import link
from factpack.site.contact import reports
from factpack.site.marks import legend
from factpack.site.page import OutputFile, Page, Site
from factpack.site.pages.lists import in_order
from factpack.site.records.facts import citations, web_authors
from factpack.site.templating import web, words


def about(site: Site, language: str) -> OutputFile:
    """Return the page on the data set, its sources and its makers."""
    t, package, catalogue = words(language), site.package, site.catalogue
    documents = [
        {
            "link": link(catalogue, entry.id, language),
            "publisher": str(entry.row.get(f"publisher_{language}") or ""),
            "url": web(entry.row.get("url")),
        }
        for entry in in_order(catalogue, "documents", language)
    ]
    return Page(language, "about/index.html").render(
        site,
        "about",
        t["about"],
        data=schema_org.web_page(package, t["about"], language, package.description[language], "AboutPage"),
        version=package.version,
        issued=package.issued.isoformat(),
        authors=web_authors(package, language),
        repository=web(package.repository),
        documents=documents,
        reports=reports(package, "", language),
        cites=citations(package, "", language),
    )


def method(site: Site, language: str) -> OutputFile:
    """Return the page on how values are proven."""
    t = words(language)
    data = schema_org.web_page(site.package, t["method"], language, t["proof lead"])
    page = Page(language, "method/index.html")
    return page.render(site, "method", t["method"], data=data, summary=t["proof lead"], legend=legend(language))


def search(site: Site, language: str) -> OutputFile:
    """Return the page of the search."""
    t = words(language)
    data = schema_org.web_page(site.package, t["search"], language, t["search about"], "SearchResultsPage")
    lists = [*site.kinds(language, True), *site.kinds(language, False)]
    page = Page(language, "search/index.html")
    return page.render(site, "search", t["search"], data=data, lists=lists, summary=t["search about"])
