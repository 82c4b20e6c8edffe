"""Sources: the bytes of a YAML file become data with marks.

Takes bytes; gives a document: its data, the line and column of each value, and its problems. May import `disk`
and `problems`.
"""
