"""The report that a run leaves in its output folder, by which later commands know the folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: Name of the report.
RUN_FILE = "run.json"
#: What its key ``project`` says.
PROJECT = "penghargaan"


def read_report(folder: Path) -> dict[str, Any] | None:
    """Return the report of the run that wrote a folder.

    Args:
        folder: Output folder.

    Returns:
        The report; ``None`` if there is none, or it is not ours.
    """
    try:
        report = json.loads((folder / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) and report.get("project") == PROJECT else None
