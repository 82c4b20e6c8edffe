"""A published text: its paragraphs, its numbers and its fingerprints.

Takes text; gives paragraphs, tokens and text fingerprints. May import `source` and what that may import.
"""
