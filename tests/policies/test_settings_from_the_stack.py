"""A stack's own configuration, which whoever writes the program writes, can set nothing of the pack."""

import json
from pathlib import Path

import pytest
import yaml
from pack_client import Pack

from billing_identity.policies.framework.configuring import refuse_stack_settings
from billing_identity.policies.framework.faults import SettingsError

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "stacks" / "config"
PACK = "billing-identity-hipaa"


@pytest.mark.parametrize(
    "settings",
    [
        {"catalogue": "/somewhere/else", "environment": "prod"},
        {"environment": "prod", "preproduction": ["prod"]},
        {"breakGlassGroups": {"entra": ["1b2c3d4e-0000-4000-8000-000000000000"]}},
        {"declaredKeys": ["arn:aws:kms:*:111122223333:key/*"]},
        {"exceptions": []},
        {"asOf": "2020-01-01"},
    ],
    ids=lambda settings: ", ".join(settings),
)
def test_settings_of_the_pack_in_a_stack_fail_the_run(settings):
    with pytest.raises(SettingsError) as raised:
        refuse_stack_settings(PACK, {f"{PACK}:settings": json.dumps(settings), "other:x": "1"})
    (problem,) = raised.value.problems
    assert problem == (
        f"the stack's configuration: remove `{PACK}:settings`; it belongs in --policy-pack-config"
    )


def test_every_key_of_the_pack_is_named_and_no_other():
    found = {f"{PACK}:levels": "{}", f"{PACK}:all": "disabled", "billing-identity:environment": "dev"}
    with pytest.raises(SettingsError) as raised:
        refuse_stack_settings(PACK, found)
    assert [f"{PACK}:all" in raised.value.problems[0], f"{PACK}:levels" in raised.value.problems[1]]
    assert len(raised.value.problems) == 2
    refuse_stack_settings(PACK, {"billing-identity:environment": "dev", "aws:region": "us-east-1"})


@pytest.mark.parametrize("path", sorted(CONFIG.glob("Pulumi.*.yaml")), ids=lambda path: path.name)
def test_no_stack_of_ours_sets_the_pack(path):
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))["config"]
    refuse_stack_settings(PACK, declared)


def test_the_running_pack_refuses_them():
    running = Pack()
    try:
        assert "belongs in --policy-pack-config" in running.refused_stack(
            {f"{PACK}:settings": '{"environment": "dev"}'}
        )
    finally:
        running.close()
