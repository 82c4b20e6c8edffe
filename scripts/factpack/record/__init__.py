"""One record among others: its ids, names, references, periods and evidence.

Takes a document and its record type; gives values. May import `schema`, `text` and what those may import.
"""
