"""factpack: hand-curated facts of a public document, validated, proven and compiled to a data package."""

__version__ = "0.1.0"
