"""The reference deployment, once, as the offline preview writes it; helpers of neighbouring folders."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "components" / "aws"))
sys.path.insert(0, str(ROOT / "tests" / "components" / "aws_detection"))
sys.path.insert(0, str(ROOT / "tests" / "stacks" / "aws_detection"))
sys.path.insert(0, str(ROOT / "tests" / "identity"))

from billing_identity.review.preview.answers.lookups import LOOKUPS  # noqa: E402
from billing_identity.review.preview.config import load_stack_config  # noqa: E402
from billing_identity.review.preview.deployment import to_deployment  # noqa: E402
from billing_identity.review.preview.run import run_program  # noqa: E402

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="session")
def deployment() -> list[dict[str, Any]]:
    """Resources of build/preview/deployment.json, made anew."""
    values = {**load_stack_config(ROOT, "all-prod").values, "billing-identity:asOf": AS_OF.isoformat()}
    preview = run_program(ROOT, "all-prod", values, invokes=LOOKUPS)
    assert not preview.errors, [str(error) for error in preview.errors]
    resources: list[dict[str, Any]] = to_deployment(preview, as_of=AS_OF.isoformat())["deployment"][
        "resources"
    ]
    return resources
