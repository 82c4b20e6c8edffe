"""The site: a page for each record, list and overview, in two languages.

Takes the built package and the workspace; gives files. May import `release`, `report` and below.
"""
