"""What contributors write: drafts, and record files in the standard layout. May import `schema`, `text` and what they import."""
