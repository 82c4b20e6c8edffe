"""The built package, read back. Nothing else is read.

Takes a folder; gives tables, labels and citations. May import `history` and below.
"""
