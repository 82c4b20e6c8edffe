"""Schemas: what types of record there are, and whether the data of a record is valid for its type.

Takes the bytes of schemas; gives record types, tables and validators. May import `source` and what that may import.
"""
