"""A stack's own configuration may hold the pack's settings, and nothing that releases it from a rule."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from google.protobuf import struct_pb2
from pulumi.runtime import proto

from billing_identity.policies.framework.configuring import ConfigurationSource
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.server import PackServer
from billing_identity.policies.framework.settings import SettingsError

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "stacks" / "config"
KEY = "hipaa:settings"


def _source():
    return ConfigurationSource("hipaa", Path())


def _given(**settings):
    properties = struct_pb2.Struct()
    properties.update(settings)
    return {"pack-settings": SimpleNamespace(enforcementLevel=proto.MANDATORY, properties=properties)}


def _stack(**settings):
    return {KEY: json.dumps(settings), "other:x": "1"}


@pytest.mark.parametrize("first", ["pack", "stack"])
def test_the_stack_gives_the_settings_whichever_call_comes_first(first):
    source = _source()
    if first == "pack":
        source.take_pack({})
    config = source.take_stack(_stack(environment="staging", declaredKeys=["arn:k"]))
    if first == "stack":
        config = source.take_pack({})
    assert config.settings.environment == "staging"
    assert config.settings.declared_keys == ("arn:k",)
    assert config.remarks == (f"settings from the stack's configuration (`{KEY}`)",)


@pytest.mark.parametrize("first", ["pack", "stack"])
def test_the_packs_own_configuration_wins_as_a_whole(first):
    source = _source()
    if first == "pack":
        source.take_pack(_given(environment="prod"))
    config = source.take_stack(_stack(environment="staging", declaredKeys=["arn:k"]))
    if first == "stack":
        config = source.take_pack(_given(environment="prod"))
    assert config.settings.environment == "prod"
    assert config.settings.declared_keys == ()
    assert "not used" in config.remarks[0]


def test_without_either_nothing_is_configured():
    config = _source().take_stack({"other:x": "1"})
    assert config.settings.catalogue == "none"
    assert config.remarks == ()


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ({KEY: '{"exceptions": []}'}, f"`{KEY}.exceptions` belongs in --policy-pack-config"),
        ({KEY: '{"asOf": "2020-01-01"}'}, f"`{KEY}.asOf` belongs in --policy-pack-config"),
        ({KEY: "[]"}, "must be an object"),
        ({KEY: "{"}, "must be an object"),
        ({KEY: "[" * 100_000}, "must be an object"),
        ({KEY: '{"cataloge": "x"}'}, "pack-settings.cataloge"),
        ({KEY: '{"all": "disabled"}'}, "pack-settings.all"),
        ({KEY: '{"catalogue": "no/such"}'}, "catalogue `no/such` can't be used"),
        ({"hipaa:levels": "{}"}, "`hipaa:levels` is not known"),
    ],
)
def test_what_a_stack_may_not_say_is_refused(wire, expected):
    with pytest.raises(SettingsError) as raised:
        _source().take_stack(wire)
    assert expected in "\n".join(raised.value.problems)


@pytest.mark.parametrize("path", sorted(CONFIG.glob("Pulumi.*.yaml")), ids=lambda path: path.name)
def test_each_stack_declares_what_the_generated_file_says(path):
    environment = path.stem.rpartition("-")[2]
    generated = json.loads((CONFIG / f"policy-pack.{environment}.json").read_text(encoding="utf-8"))
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))["config"]
    assert declared["billing-identity-hipaa:settings"] == generated["pack-settings"]


def test_the_server_reports_where_its_settings_came_from():
    server = PackServer("hipaa", rules(), Path())
    server.ConfigureStack(
        proto.AnalyzerStackConfigureRequest(
            stack="s", project="p", dry_run=True, config=_stack(environment="dev")
        ),
        None,
    )
    response = server.Analyze(
        proto.AnalyzeRequest(type="pulumi:pulumi:Stack", name="p-s", urn="urn:pulumi:s::p::x::p-s"), None
    )
    (note,) = response.diagnostics
    assert "settings from the stack's configuration" in note.message
    assert note.enforcementLevel == proto.ADVISORY
