"""The site: a page for each record, list and overview, in two languages.

Takes the built package and the workspace; gives files. May import `release`, `report` and below. In the folder itself
is what all pages share. Its rooms are `making`, `pages`, `records` and `charts`: each may import those after it.
"""
