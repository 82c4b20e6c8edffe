"""What must hold of a record: rules, and the proof of its values by its quotes. May import `record`, `edit` and what they import."""
