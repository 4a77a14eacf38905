"""Writes `sandbox/data/schema/*.json` from the installed SDKs.

Run by hand after a provider upgrade: `python -m billing_identity.sandbox.schema.generate`.
"""

import json
from pathlib import Path
from typing import Any

from billing_identity.sandbox.schema.extract import extract, package_dir, registry

DATA = Path(__file__).parent.parent / "data" / "schema"

# AWS modules that get a file; any other is read from the SDK when a program first uses it (under a second).
AWS_MODULES = [
    "accessanalyzer",
    "account",
    "athena",
    "backup",
    "cfg",
    "cloudtrail",
    "cloudwatch",
    "dynamodb",
    "ebs",
    "guardduty",
    "iam",
    "identitystore",
    "inspector2",
    "kms",
    "lambda_",
    "macie2",
    "organizations",
    "rds",
    "s3",
    "secretsmanager",
    "securityhub",
    "sns",
    "sqs",
    "ssm",
    "ssoadmin",
    "transfer",
]


def tables(package: str) -> dict[str, dict[str, Any]]:
    """{file name below the data folder: content} for one package; AWS has one file a module."""
    if package == "aws":
        return {f"aws-{module}.json": extract("aws", module) for module in AWS_MODULES}
    merged: dict[str, Any] = {"resources": {}, "types": {}}
    for folder in sorted({place for place, _ in registry(package).values()}):
        part = extract(package, folder)
        merged["resources"].update(part["resources"])
        # Nested types of two folders may share a name: keep them apart.
        merged["types"].update(
            {f"{folder}.{name}" if folder else name: t for name, t in part["types"].items()}
        )
        if folder:
            _qualify(part, merged, folder)
    return {f"{package}.json": merged}


def _qualify(part: dict[str, Any], merged: dict[str, Any], folder: str) -> None:
    names = set(part["types"])
    holders = [merged["resources"][token] for token in part["resources"]]
    holders += [merged["types"][f"{folder}.{name}"] for name in names]
    for holder in holders:
        for wire, kind in holder["in"].items():
            bare = kind.lstrip("[{")
            if bare.startswith("&") and bare[1:] in names:
                holder["in"][wire] = kind[: len(kind) - len(bare)] + f"&{folder}.{bare[1:]}"


def render(table: dict[str, Any]) -> str:
    """One line a resource or type, so that a provider upgrade shows as a readable diff."""
    lines: list[str] = []
    for section in ("resources", "types"):
        rows = [
            f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}"
            for k, v in sorted(table[section].items())
        ]
        lines.append(f"{json.dumps(section)}:{{\n" + ",\n".join(rows) + "\n}")
    return "{" + ",\n".join(lines) + "}\n"


def main() -> None:
    """Write every file and the versions that they were made from."""
    DATA.mkdir(parents=True, exist_ok=True)
    versions: dict[str, str] = {}
    for package in ("okta", "azuread", "aws"):
        plugin = json.loads((package_dir(package) / "pulumi-plugin.json").read_text(encoding="utf-8"))
        versions[package] = plugin["version"]
        for name, table in tables(package).items():
            (DATA / name).write_text(render(table), encoding="utf-8")
    (DATA / "versions.json").write_text(json.dumps(versions, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
