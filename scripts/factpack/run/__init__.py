"""A whole project, at any size: every record is checked and tabulated, in any process. May import `history` and what it imports."""
