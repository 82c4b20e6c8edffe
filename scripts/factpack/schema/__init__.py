"""Schemas: what record types there are, and whether data is valid for its own. May import `source` and what it imports."""
