"""What must hold of a record: the rules, and its values, names and claims against its quotes.

Takes a record and a library; gives problems and the numbers that it uses. May import `record`, `edit` and below.
"""
