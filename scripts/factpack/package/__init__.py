"""The built package, read back; nothing else is read. May import `history` and what it imports."""
