"""Pages of records: what each record says of itself, and what it has to do with others.

Take the catalogue; give the files of a record. May import `site/charts`, what is in `site` itself, and below it.
"""
