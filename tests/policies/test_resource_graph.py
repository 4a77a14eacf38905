"""Who refers to whom: by id, by name, and by dependency while ids are unknown."""

import pytest

from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.wire import UNKNOWN

GROUP, RULE, APP = "okta:group/group:Group", "okta:group/rule:Rule", "okta:app/saml:Saml"
CODER = ResourceRecord("urn:coder", GROUP, "coder", {"name": "role-medical-coder"}, id="00g1")
POSTER = ResourceRecord("urn:poster", GROUP, "poster", {"name": "role-payment-poster"}, id="00g2")

AUDITOR = ResourceRecord("urn:auditor", GROUP, "auditor", {"name": "role-auditor"})
"""A group whose id the engine didn't send."""


def _rule(value, *dependencies):
    return ResourceRecord(
        "urn:rule",
        RULE,
        "rule",
        {"groupId": value, "groupAssignments": value},
        property_dependencies={"groupId": dependencies, "groupAssignments": dependencies},
    )


def _target(rule):
    graph = Graph([CODER, POSTER, AUDITOR, rule])
    found = graph.target(graph.view(rule), "groupId", (GROUP,))
    return None if found is None else found.name


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (_rule("00g1"), "coder"),
        (_rule("role-payment-poster"), "poster"),
        (_rule("00gelsewhere"), None),
        (_rule(None), None),
        (_rule(UNKNOWN, "urn:poster"), "poster"),
        (_rule("00g1", "urn:poster"), "coder"),
        (_rule("00gelsewhere", "urn:poster"), None),
        (_rule("00gnotsent", "urn:auditor"), "auditor"),
        (_rule("00gnotsent", "urn:auditor", "urn:coder"), None),
    ],
)
def test_target(rule, expected):
    assert _target(rule) == expected


@pytest.mark.parametrize(
    "rule", [_rule(UNKNOWN), _rule(UNKNOWN, "urn:coder", "urn:poster"), _rule(UNKNOWN, "urn:x")]
)
def test_an_unknown_target_that_nothing_settles_is_undecided(rule):
    with pytest.raises(UndecidedError):
        _target(rule)


def test_two_resources_of_one_name_are_undecided():
    other = ResourceRecord("urn:coder2", GROUP, "coder2", {"name": "role-medical-coder"}, id="00g9")
    rule = _rule("role-medical-coder")
    graph = Graph([CODER, other, rule])
    with pytest.raises(UndecidedError):
        graph.target(graph.view(rule), "groupId", (GROUP,))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (_rule(["00g1", "00g2"]), {"coder", "poster"}),
        (_rule(["00g1", UNKNOWN], "urn:poster"), {"coder", "poster"}),
        (_rule(UNKNOWN, "urn:coder"), {"coder"}),
        (_rule(["elsewhere"]), set()),
        (_rule(["elsewhere"], "urn:poster"), set()),
        (_rule(["00gnotsent"], "urn:auditor"), {"auditor"}),
    ],
)
def test_targets_of_a_list(rule, expected):
    graph = Graph([CODER, POSTER, AUDITOR, rule])
    assert {view.name for view in graph.targets(graph.view(rule), "groupAssignments", (GROUP,))} == expected


def test_targets_of_a_list_that_nothing_settles_are_undecided():
    rule = _rule([UNKNOWN])
    graph = Graph([CODER, rule])
    with pytest.raises(UndecidedError):
        graph.targets(graph.view(rule), "groupAssignments", (GROUP,))


def test_resources_under_their_earlier_names_are_judged_the_same():
    from billing_identity.policies.evaluate import PackConfig, evaluate

    resources = [
        ResourceRecord("urn:b", "aws:s3/bucketV2:BucketV2", "b", {"bucket": "x"}, id="x"),
        ResourceRecord(
            "urn:v",
            "aws:s3/bucketVersioningV2:BucketVersioningV2",
            "v",
            {"bucket": "x", "versioningConfiguration": {"status": "Suspended"}},
        ),
    ]
    found = {(finding.rule, finding.urn) for finding in evaluate(resources, PackConfig()).blocking}
    assert found == {
        ("aws-s3-versioned", "urn:v"),
        ("aws-s3-bucket-complete", "urn:b"),
        ("aws-s3-access-logged", "urn:b"),
        ("aws-s3-lifecycle-declared", "urn:b"),
        ("aws-s3-ownership-declared", "urn:b"),
        ("aws-store-classified", "urn:b"),
    }
    messages = [finding.message for finding in evaluate(resources, PackConfig()).blocking]
    assert not any("BucketVersioning (" in message for message in messages)


def test_of_resources_with_one_name_the_one_beside_is_meant():
    def record(kind, place, **props):
        return ResourceRecord(f"urn:{kind}-{place}", kind, place, props, id="default", provider=place)

    recorders = [record("aws:cfg/recorder:Recorder", place, name="default") for place in ("a", "b")]
    status = record("aws:cfg/recorderStatus:RecorderStatus", "b", name="default")
    graph = Graph([*recorders, status])
    found = graph.target(graph.view(status), "name", ("aws:cfg/recorder:Recorder",))
    assert found is not None
    assert found.urn == "urn:aws:cfg/recorder:Recorder-b"
