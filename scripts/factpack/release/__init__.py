"""The formats of a release, each made of the built package. May import `package`, `run` and what they import."""
