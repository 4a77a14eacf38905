"""Infers the schemas of the packages; `python -m billing_identity.components.plugin.schema` writes them."""

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any

from billing_identity.components.plugin.exported import PACKAGES
from billing_identity.components.plugin.serving import provider

FOLDER = Path(__file__).parent


def inferred(package: str) -> str:
    """The schema of a package as the text of its file."""
    return written(provider(package).schema or "")


def written(served: str) -> str:
    """A schema as Pulumi is given it, in the form of the files: sorted, docstrings unindented.

    Python 3.13 unindents docstrings by itself, earlier versions don't.
    """
    return json.dumps(json.loads(served, object_hook=_unindented), indent=1, sort_keys=True) + "\n"


def _unindented(value: dict[str, Any]) -> dict[str, Any]:
    said = value.get("description")
    return {**value, "description": cleandoc(said)} if isinstance(said, str) else value


def path(package: str) -> Path:
    """Where a package's schema is committed."""
    return FOLDER / package / "schema.json"


def main() -> int:
    """Writes what differs and says so."""
    for package in PACKAGES:
        text = inferred(package)
        if not path(package).exists() or path(package).read_text(encoding="utf-8") != text:
            path(package).write_text(text, encoding="utf-8")
            print(f"written: components/plugin/{package}/schema.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
