"""A published text: its paragraphs, its numbers and its fingerprints. May import `source` and what it imports."""
