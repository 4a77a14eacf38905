"""Prints the errors in what `pulumi ... --json` printed: python ci/say_failure.py FILE.

Standard library alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def messages(text: str) -> list[str]:
    """Error messages of the plan, or the text itself when it is no JSON."""
    start = text.find("{")
    try:
        plan: Any = json.JSONDecoder().raw_decode(text[start:])[0]
    except ValueError:
        return [text[-4000:]]
    found = [str(entry.get("message", "")) for entry in plan.get("diagnostics", [])]
    return [message for message in found if message.strip()] or [text[-4000:]]


if __name__ == "__main__":
    for line in messages(Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace")):
        print("".join(c for c in line if c == "\n" or c.isprintable()))
