"""Records become rows, and rows become bytes and a descriptor. May import `record`, `edit` and what they import."""
