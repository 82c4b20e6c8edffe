"""What was found, as people and programs read it. May import `package`, `run` and what they import."""
