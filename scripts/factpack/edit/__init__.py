"""What contributors write: new records, record files in the standard layout, and the files that a project starts from.

Takes data and schemas; gives YAML. May import `schema`, `text` and what those may import.
"""
