"""Schemas: what record types there are, and whether data is valid for its own.

Takes the bytes of schemas; gives record types, tables and validators. May import `source` and what that may import.
"""
