"""A whole project at any size: every record is checked and tabulated, in any process, and what is found is joined.

Takes a project; gives an outcome and a staged package. May import `history` and below.
"""
