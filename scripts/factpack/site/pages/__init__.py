"""Pages that are not of one record: lists, overviews, documentation, the search, and what programs read, one a module.

Take the site; give files. May import `site/records`, `site/charts`, what is in `site` itself, and below it.
"""
