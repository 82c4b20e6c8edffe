"""The disk: the only room that touches the project's and temporary files.

Takes paths and bytes; gives bytes, listings, and problems where a file cannot be read. May import `problems`.
"""
