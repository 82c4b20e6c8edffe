"""What a text says of a fact, found by the same reading that proves it: passages, and the shortest quotes.

Takes records and a text with its numbers; gives passages. May import `table`, `check` and below.
"""
