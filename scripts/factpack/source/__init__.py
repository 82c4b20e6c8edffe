"""Sources: YAML bytes become data with marks, or problems with a line. May import `disk` and `problems`."""
