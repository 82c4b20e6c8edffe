"""The disk: takes paths and bytes, gives bytes and problems; the only room that touches files. May import `problems`."""
