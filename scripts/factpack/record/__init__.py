"""One record among others: its ids, names, references and periods. May import `schema`, `text` and what they import."""
