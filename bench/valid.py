"""What ajv-cli does, by factpack's own reader: each record is parsed and validated by its schema, and nothing else.

`python bench/valid.py PROJECT`
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from factpack.cli import OBJECTS_BETWEEN
from factpack.disk.project import Project
from factpack.run.workspace import open_workspace


def main(root: Path) -> None:
    """Parse and validate all records; end with what is wrong, if anything is."""
    gc.set_threshold(OBJECTS_BETWEEN)  # as commands do
    space = open_workspace(Project.at(root))
    problems = list(space.problems)
    for kind in space.schemas.kinds.values():
        for record_id in space.ids[kind.name]:
            problems += space.load(kind, record_id)[1]
    if problems:
        sys.exit(f"{len(problems)} problems, the first of them {problems[0].code} in {problems[0].path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
