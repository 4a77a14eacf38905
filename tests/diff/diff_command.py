"""Runs `diff` as a person does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "billing_identity.review.cli",
        "diff",
        *arguments,
        "--no-resources",
        "--as-of",
        "2026-11-24",
    ]
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)
