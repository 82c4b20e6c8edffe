"""A published text: its paragraphs, its numbers and its fingerprints.

Takes text; gives paragraphs, tokens and the text record. May import `source` and what that may import.
"""
