"""What was published before, and what has changed since. May import `check`, `table` and what they import."""
