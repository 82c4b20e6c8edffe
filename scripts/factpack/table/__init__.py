"""Records become rows, and rows become bytes and a descriptor.

Takes valid records; gives rows, CSV, JSON and `datapackage.json`. May import `record`, `edit` and below.
"""
