"""The frozen list of rules: one line a rule, so that a weakened rule shows in a review of the file."""

from __future__ import annotations

from pathlib import Path

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule

FILE = Path(__file__).parent / "MANIFEST.txt"


def manifest() -> str:
    """The list as it must stand in the file: id, severity, level, liftable, kind, numbers of examples."""
    lines = ["# rule, severity, level, liftable, judges, parameters' defaults, examples allowed/refused"]
    for rule in rules():
        judges = "resource" if isinstance(rule, ResourceRule) else "stack"
        if isinstance(rule, ResourceRule) and rule.corrects:
            judges += " and corrects"
        defaults = " ".join(f"{name}={schema['default']}" for name, schema in rule.parameters.items())
        allowed = len(getattr(rule, "allowed", ()))
        refused = len(getattr(rule, "disallowed", ())) + len(getattr(rule, "sequences", ()))
        liftable = "liftable" if rule.liftable else "unliftable"
        lines.append(
            f"{rule.id}, {rule.severity}, {rule.level}, {liftable}, {judges}, {defaults or '-'}, "
            f"{allowed}/{refused}"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the file."""
    FILE.write_text(manifest(), encoding="utf-8")


if __name__ == "__main__":
    main()
