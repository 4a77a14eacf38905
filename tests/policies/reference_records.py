"""The reference organisation's resources in one stack, ids known, with its pack configuration."""

from datetime import date
from pathlib import Path

from billing_identity.review.preview.config import load_stack_config
from billing_identity.review.preview.run import run_program
from billing_identity.review.previewing import pack_config, records
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.stacks.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)


def reference_records():
    """Resources as the evaluator takes them, and the configuration of the pack."""
    values = {**load_stack_config(ROOT, "all-prod").values, "billing-identity:asOf": DAY.isoformat()}
    preview = run_program(ROOT, "all-prod", values)
    assert not preview.errors
    settings, _ = load_settings(ROOT, "prod")
    catalogue = load(REFERENCE).catalogue
    assert settings is not None
    assert catalogue is not None
    return records(preview), pack_config(settings, catalogue, DAY)
