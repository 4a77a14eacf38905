"""JSON Schemas of the catalogue's files, made from the models, for editors and other programs.

`python -m billing_identity.roles.schemas` writes them to `roles/schema/`; they are committed, and a test
compares. Each catalogue file names its schema in its first line, for editors with a YAML language server.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from billing_identity.roles.loader import KINDS, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path(__file__).parent / "schema"
FILLED = ("id", "kind")
"""Fields that a file's place decides and that files don't write."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by kind, for example `role`. Keys of each are in a fixed order."""
    return {kind.name: _schema(kind) for kind in KINDS}


def file_name(kind: str) -> str:
    """Name of a kind's schema file: `role.schema.json`."""
    return f"{kind}.schema.json"


def render(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Writes every schema into `folder`, which is made if it is missing; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for kind, schema in schemas().items():
        path = folder / file_name(kind)
        path.write_text(render(schema), encoding="utf-8")
        written.append(path)
    return tuple(written)


def _schema(kind: Kind) -> dict[str, Any]:
    made = kind.model.model_json_schema(mode="validation")
    fields: dict[str, Any] = made["properties"]
    for name in FILLED:
        fields.pop(name, None)
    required = [name for name in made.get("required", []) if name not in FILLED]
    rest = {key: value for key, value in made.items() if key not in ("title", "description", "required")}
    return {
        "$schema": DIALECT,
        "$id": f"urn:billing-identity:schema:1:{kind.name}",
        "title": kind.name.replace("-", " ").capitalize(),
        "description": " ".join((kind.model.__doc__ or "").split()),
        **rest,
        "required": required,
    }


if __name__ == "__main__":
    for path in write():
        print(path.name)
