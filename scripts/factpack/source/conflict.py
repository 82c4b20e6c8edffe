"""The lines that a merge leaves in a file where it found two contents."""

from __future__ import annotations

import re

CONFLICT = re.compile(r"^(?:([<|>])\1{6}(?: [^\r\n]*)?|={7})(?=\r?$)", re.MULTILINE)
"""A line that git leaves in a file where a merge found two contents, or three with that of their ancestor."""
