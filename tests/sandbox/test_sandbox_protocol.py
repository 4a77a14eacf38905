"""Diff, preview, refresh and import, as the engine uses them; secrets on the way."""

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2 as pb
from sandbox_client import Client, Refused

from billing_identity.sandbox import commands
from billing_identity.sandbox.wire import UNKNOWN, Secret

GROUP = "okta:group/group:Group"
RULE = "okta:group/rule:Rule"
OAUTH = "okta:app/oAuth:OAuth"
KEY = "aws:kms/key:Key"
POLICY = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
EXPRESSION = 'user.department=="MC"'


def changes(answer: Any) -> dict[str, str]:
    names = pb.PropertyDiff.Kind.keys()
    return {path: names[d.kind] for path, d in answer.detailedDiff.items()}


def test_equal_inputs_do_not_differ(okta: Any) -> None:
    inputs = okta.checked(OAUTH, {"label": "x", "type": "web", "clientBasicSecret": Secret("hush")})
    answer = okta.diff(OAUTH, inputs, inputs)
    assert answer.changes == pb.DiffResponse.DIFF_NONE
    assert changes(answer) == {}


def test_defaults_are_no_difference(okta: Any) -> None:
    declared = {"policyId": "p", "name": "r"}
    kind = "okta:policy/ruleSignon:RuleSignon"
    olds = okta.checked(kind, {**declared, "networkConnection": "ANYWHERE"})
    assert okta.diff(kind, olds, okta.checked(kind, declared)).changes == pb.DiffResponse.DIFF_NONE


REPLACEMENTS = [
    (
        RULE,
        {"name": "r", "expressionValue": EXPRESSION, "groupAssignments": ["a"]},
        "groupAssignments",
        ["b"],
        True,
        True,
    ),
    (
        RULE,
        {"name": "r", "expressionValue": EXPRESSION, "groupAssignments": ["a"]},
        "expressionValue",
        "x",
        False,
        False,
    ),
    (GROUP, {"name": "g"}, "name", "h", False, False),
    ("okta:app/groupAssignment:GroupAssignment", {"appId": "a", "groupId": "g"}, "groupId", "h", True, False),
    (
        "okta:index/campaign:Campaign",
        {
            "name": "q1",
            "remediationSettings": {
                "accessApproved": "NO_ACTION",
                "accessRevoked": "DENY",
                "noResponse": "DENY",
            },
        },
        "description",
        "x",
        True,
        True,
    ),
    ("okta:policy/ruleSignon:RuleSignon", {"policyId": "p", "name": "r"}, "name", "s", True, False),
    (KEY, {"multiRegion": False}, "multiRegion", True, True, False),
    (KEY, {"enableKeyRotation": False}, "enableKeyRotation", True, False, False),
    ("aws:s3/bucket:Bucket", {"bucket": "acme"}, "bucket", "other", True, False),
    ("aws:iam/role:Role", {"name": "r", "assumeRolePolicy": "{}"}, "path", "/x/", True, True),
    ("aws:sns/topic:Topic", {"name": "t"}, "name", "u", True, False),
    ("aws:accessanalyzer/analyzer:Analyzer", {"analyzerName": "a"}, "type", "ORGANIZATION", True, False),
    (
        "aws:transfer/sshKey:SshKey",
        {"serverId": "s-0123456789abcdef0", "userName": "edi", "body": "ssh-ed25519 AAAA"},
        "body",
        "ssh-ed25519 BBBB",
        True,
        False,
    ),
    (
        "aws:transfer/user:User",
        {"serverId": "s-0123456789abcdef0", "userName": "edi", "role": "arn:aws:iam::123456789012:role/a"},
        "role",
        "arn:aws:iam::123456789012:role/b",
        False,
        False,
    ),
    (
        "aws:backup/plan:Plan",
        {"name": "p", "rules": [{"ruleName": "r", "targetVaultName": "v"}]},
        "name",
        "q",
        False,
        False,
    ),
    (
        "azuread:index/group:Group",
        {"displayName": "g", "securityEnabled": True},
        "assignableToRole",
        True,
        True,
        False,
    ),
    (
        "azuread:index/group:Group",
        {"displayName": "g", "securityEnabled": True},
        "displayName",
        "h",
        False,
        False,
    ),
]


@pytest.mark.parametrize(("kind", "inputs", "name", "value", "replaces", "first"), REPLACEMENTS)
def test_replacement_where_the_real_provider_replaces(
    kind: str,
    inputs: Any,
    name: str,
    value: Any,
    replaces: bool,
    first: bool,
    okta: Any,
    entra: Any,
    aws: Any,
) -> None:
    client: Client = {"okta": okta, "azuread": entra, "aws": aws}[kind.partition(":")[0]]
    answer = client.diff(kind, client.checked(kind, inputs), client.checked(kind, {**inputs, name: value}))
    assert list(answer.diffs) == [name]
    assert list(answer.replaces) == ([name] if replaces else [])
    assert answer.deleteBeforeReplace is first
    assert all(kind.endswith("_REPLACE") is replaces for kind in changes(answer).values())


def test_a_detailed_difference_names_the_nested_path(entra: Any) -> None:
    def inputs(users: Any, **more: Any) -> Any:
        conditions = {
            "clientAppTypes": ["all"],
            "applications": {"includedApplications": ["All"]},
            "users": users,
        }
        grant = {"operator": "OR", "builtInControls": ["mfa"]}
        news = {
            "displayName": "x",
            "state": "enabled",
            "conditions": {**conditions, **more},
            "grantControls": grant,
        }
        return entra.checked(POLICY, news)

    device = {"filter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}
    old = inputs({"includedGroups": ["a", "b"]}, devices=device)
    answer = entra.diff(
        POLICY, old, inputs({"includedGroups": ["a", "c"], "excludedGroups": ["e"]}, devices=device)
    )
    assert changes(answer) == {
        "conditions.users.includedGroups[1]": "UPDATE",
        "conditions.users.excludedGroups": "ADD",
    }
    assert list(answer.replaces) == []
    gone = entra.diff(POLICY, old, inputs({"includedGroups": ["a", "b"]}))
    assert changes(gone) == {"conditions.devices": "DELETE_REPLACE"}


def test_the_block_of_a_named_location_replaces_only_when_it_is_swapped(entra: Any) -> None:
    kind = "azuread:index/namedLocation:NamedLocation"
    ip = entra.checked(kind, {"displayName": "l", "ip": {"ipRanges": ["198.51.100.0/24"], "trusted": True}})
    less = entra.checked(
        kind, {"displayName": "l", "ip": {"ipRanges": ["198.51.100.0/24"], "trusted": False}}
    )
    country = entra.checked(kind, {"displayName": "l", "country": {"countriesAndRegions": ["US"]}})
    assert list(entra.diff(kind, ip, less).replaces) == []
    assert list(entra.diff(kind, ip, country).replaces) == ["country", "ip"]


def test_documents_are_compared_by_content(aws: Any) -> None:
    olds = aws.checked(KEY, {"policy": '{"a": 1, "b": [2]}'})
    same = aws.diff(KEY, olds, aws.checked(KEY, {"policy": '{"b":[2],"a":1}'}))
    assert same.changes == pb.DiffResponse.DIFF_NONE
    other = aws.diff(KEY, olds, aws.checked(KEY, {"policy": '{"b":[3],"a":1}'}))
    assert changes(other) == {"policy": "UPDATE"}


def test_an_unknown_counts_as_changed(okta: Any) -> None:
    inputs = {"name": "r", "expressionValue": EXPRESSION, "groupAssignments": ["a"]}
    news = okta.checked(RULE, {**inputs, "groupAssignments": [UNKNOWN]})
    assert list(okta.diff(RULE, okta.checked(RULE, inputs), news).replaces) == ["groupAssignments"]


def test_a_preview_leaves_computed_outputs_unknown(aws: Any, okta: Any, sandbox: Any) -> None:
    before = len(sandbox.store.all())
    key = aws.preview(KEY, aws.checked(KEY, {"description": "d"}))
    assert (key["description"], key["arn"], key["keyId"], key["id"]) == ("d", UNKNOWN, UNKNOWN, UNKNOWN)
    app = okta.preview(OAUTH, okta.checked(OAUTH, {"label": "x", "type": "web"}))
    assert app["clientSecret"] is UNKNOWN
    assert len(sandbox.store.all()) == before


def test_a_previewed_update_keeps_what_is_known(aws: Any) -> None:
    key = aws.create(KEY, description="d")
    request = pb.UpdateRequest(id=key["id"], urn=Client.urn(KEY, "thing"), preview=True)
    from billing_identity.sandbox.wire import decode, encode

    request.olds.CopyFrom(encode(key))
    request.news.CopyFrom(encode(aws.checked(KEY, {"description": "e"})))
    outputs = decode(aws.call("Update", request).properties)
    assert (outputs["description"], outputs["arn"]) == ("e", key["arn"])


def test_an_update_keeps_ids_and_drops_what_is_no_longer_declared(okta: Any) -> None:
    group = okta.create(GROUP, name="g", description="d")
    changed = okta.update(GROUP, group, name="h")
    assert changed["id"] == group["id"]
    assert changed["name"] == "h"
    assert "description" not in changed


def test_refresh_finds_nothing_where_nothing_changed(okta: Any) -> None:
    declared = {
        "label": "x",
        "type": "web",
        "redirectUris": ["https://a"],
        "clientBasicSecret": Secret("hush"),
    }
    inputs = okta.checked(OAUTH, declared)
    app = okta.create(OAUTH, **declared)
    assert okta.read(OAUTH, app["id"], app, inputs) == (app, inputs)


def test_refresh_finds_a_tampered_object(okta: Any, state: Path) -> None:
    inputs = okta.checked(GROUP, {"name": "g", "description": "d"})
    group = okta.create(GROUP, name="g", description="d")
    commands.edit(state, GROUP, group["id"], {"description": "evil"})
    outputs, fresh = okta.read(GROUP, group["id"], group, inputs)
    assert outputs["description"] == fresh["description"] == "evil"
    commands.edit(state, GROUP, "g", {"description": None})
    outputs, fresh = okta.read(GROUP, group["id"], group, inputs)
    assert "description" not in outputs and "description" not in fresh
    commands.rm(state, GROUP, group["id"])
    assert okta.read(GROUP, group["id"], group, inputs) is None


def test_what_someone_added_is_found(okta: Any, state: Path) -> None:
    inputs = okta.checked(GROUP, {"name": "g"})
    group = okta.create(GROUP, name="g")
    commands.edit(state, GROUP, group["id"], {"description": "added"})
    assert okta.read(GROUP, group["id"], group, inputs)[1]["description"] == "added"


def test_an_import_gives_inputs_that_do_not_differ(okta: Any, aws: Any) -> None:
    declared = {"name": "g", "description": "d"}
    group = okta.create(GROUP, **declared)
    outputs, inputs = okta.read(GROUP, group["id"], {}, {})
    assert outputs["name"] == "g"
    assert okta.diff(GROUP, inputs, okta.checked(GROUP, declared)).changes == pb.DiffResponse.DIFF_NONE
    aws.create("aws:cloudwatch/logGroup:LogGroup", name="/a", region="us-west-2")
    found, _ = aws.read("aws:cloudwatch/logGroup:LogGroup", "/a@us-west-2", {}, {})
    assert found["region"] == "us-west-2"
    assert aws.read("aws:cloudwatch/logGroup:LogGroup", "/a", {}, {}) is None


def test_secrets_stay_wrapped_and_are_nowhere_in_the_state(okta: Any, state: Path) -> None:
    hook = "okta:index/eventHook:EventHook"
    auth = {"type": "HEADER", "key": "Authorization", "value": "swordfish-1"}
    made = okta.create(hook, name="h", events=["e"], channel={"uri": "u"}, auth=auth)
    assert made["auth"] == Secret(auth)
    app = okta.create(OAUTH, label=Secret("swordfish-2"), type="web")
    generated = app["clientSecret"].value
    assert app["label"] == Secret("swordfish-2")
    outputs, inputs = okta.read(
        hook,
        made["id"],
        made,
        okta.checked(hook, {"name": "h", "events": ["e"], "channel": {"uri": "u"}, "auth": auth}),
    )
    assert outputs["auth"] == inputs["auth"] == Secret(auth)
    written = b"".join(p.read_bytes() for p in state.iterdir())
    for value in ("swordfish-1", "swordfish-2", generated):
        assert value.encode() not in written
    assert "sandbox:secret" in json.dumps(commands.show(state, OAUTH, app["id"]))


def test_a_changed_secret_is_found_and_its_value_is_not_shown(okta: Any, state: Path) -> None:
    inputs = okta.checked(OAUTH, {"label": "x", "type": "web", "clientBasicSecret": Secret("hush")})
    app = okta.create(OAUTH, label="x", type="web", clientBasicSecret=Secret("hush"))
    commands.edit(state, OAUTH, app["id"], {"clientBasicSecret": {"sandbox:secret": "0" * 64}})
    outputs, fresh = okta.read(OAUTH, app["id"], app, inputs)
    assert isinstance(fresh["clientBasicSecret"], Secret)
    assert outputs["clientBasicSecret"] != Secret("hush")
    assert "changed outside Pulumi" in fresh["clientBasicSecret"].value


def test_deleting_what_is_gone_is_no_error(okta: Any, state: Path) -> None:
    group = okta.create(GROUP, name="g")
    commands.rm(state, GROUP, group["id"])
    okta.delete(GROUP, group)


def test_updating_what_is_gone_says_so(okta: Any, state: Path) -> None:
    group = okta.create(GROUP, name="g")
    commands.rm(state, GROUP, group["id"])
    with pytest.raises(Refused, match="couldn't find resource"):
        okta.update(GROUP, group, name="h")


def test_a_refusal_changes_nothing(aws: Any, sandbox: Any) -> None:
    before = sandbox.store.all()
    with pytest.raises(Refused):
        aws.create("aws:kms/alias:Alias", name="alias/x", targetKeyId="none")
    assert sandbox.store.all() == before


def test_a_connection_that_was_never_configured_is_refused(sandbox: Any, okta: Any, clients: Any) -> None:
    clients("okta", orgName="other")
    import grpc
    from pulumi.runtime.proto import provider_pb2_grpc

    from billing_identity.sandbox.wire import encode

    with grpc.insecure_channel(
        f"127.0.0.1:{sandbox.ports['okta']}", [("grpc.use_local_subchannel_pool", 1)]
    ) as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        request = pb.CreateRequest(urn=Client.urn(GROUP, "g"), properties=encode({"name": "g"}))
        with pytest.raises(grpc.RpcError, match="not configured"):
            stub.Create(request)


def test_the_provider_describes_itself(sandbox: Any, okta: Any, entra: Any) -> None:
    from google.protobuf import empty_pb2

    assert okta.call("GetPluginInfo", empty_pb2.Empty()).version == "7.0.1"
    assert json.loads(entra.call("GetSchema", pb.GetSchemaRequest()).schema)["name"] == "azuread"
    with pytest.raises(Refused):
        okta.call("Parameterize", pb.ParameterizeRequest())
