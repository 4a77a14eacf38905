"""Writes the generated files that are committed: schemas, the rules' documentation, the pack's configuration.

`make generate` runs it; a test compares what it would write with what is there.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from billing_identity.policies.coverage import page as coverage_page
from billing_identity.policies.docs import page
from billing_identity.policies.mutation.page import page as mutants_page
from billing_identity.policies.peers import page as peers_page
from billing_identity.review.costs.page import page as cost_page
from billing_identity.review.documents.guide import page as guide_page
from billing_identity.review.pack_settings import pack_config_file
from billing_identity.review.variant_page import PATH
from billing_identity.review.variant_page import page as variant_page
from billing_identity.roles.schemas import file_name, render, schemas
from billing_identity.stacks.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent


def generated() -> dict[str, str]:
    """Text of every generated file, by its path below the repository's root."""
    files = {f"roles/schema/{file_name(kind)}": render(schema) for kind, schema in schemas().items()}
    files["policies/RULES.md"] = page()
    files["docs/policies-coverage.md"] = coverage_page()
    files["docs/policies-peers.md"] = peers_page()
    files["docs/guide-training-vendors-incidents.md"] = guide_page()
    for path in sorted((ROOT / "stacks" / "config").glob("settings.*.yaml")):
        environment = path.name.split(".")[1]
        settings, problems = load_settings(ROOT, environment)
        if settings is None:
            raise ValueError("\n".join(f"{problem.location}: {problem.message}" for problem in problems))
        pack = json.dumps(pack_config_file(settings), indent=2)
        files[f"stacks/config/policy-pack.{environment}.json"] = f"{pack}\n"
    return files


def main() -> int:
    """Writes what differs and says so."""
    slow = {  # previews and mutants; their own tests compare them
        PATH: variant_page(),
        "docs/aws-cost.md": cost_page(ROOT),
        "docs/policies-mutants.md": mutants_page(),
    }
    for name, text in sorted({**generated(), **slow}.items()):
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"written: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
