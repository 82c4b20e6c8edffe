"""What was published before, and what has changed since.

Takes an earlier edition; gives problems and changes. May import `check`, `table` and below.
"""
