"""The floor: PyYAML's C loader parses all record files of a project, on one core, and nothing else is done with them.

`python bench/floor.py PROJECT`
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def main(root: Path) -> None:
    """Parse all records."""
    for path in sorted(root.glob("sources/*/*.yaml")):
        yaml.load(path.read_bytes(), yaml.CSafeLoader)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
