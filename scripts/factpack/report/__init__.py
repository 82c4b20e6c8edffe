"""What was found, as people and programs read it.

Takes problems, outcomes and packages; gives text. May import `package`, `run` and below.
"""
