"""Sources: the bytes of a YAML file become data with marks.

Takes bytes; gives a document: its data, where each value stands, and its problems. May import `disk` and `problems`.
"""
