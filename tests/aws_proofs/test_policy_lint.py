"""parliament reads every policy document of the reference deployment; each finding is fixed or accepted here.

parliament 1.6.4 carries AWS's reference of actions as of April 2025. It knows identity policies; what it says
of resource, trust and control policies that is only about their other shape is accepted by that reason.
"""

from __future__ import annotations

import json
import re
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import pytest
from policy_documents import Document, documents

SHAPE = "a trust policy has no resource: it is the role's own"
ITSELF = "in a key policy the resource is the key itself, written *"
LATER = (
    "reads of things that are made later, or lists, which AWS takes for * only; contents are denied beside it"
)
ACCEPTED: dict[tuple[str, str, str], str] = {
    ("trust", "MALFORMED", "neither Resource nor NotResource"): SHAPE,
    ("trust", "UNKNOWN_FEDERATION_SOURCE", "oidc-provider/token.actions.githubusercontent.com"): (
        "parliament knows the providers that AWS has built in; this one is declared beside the role"
    ),
    ("key", "RESOURCE_STAR", "kms:"): ITSELF,
    ("bucket", "MISMATCHED_TYPE", "s3:TlsVersion"): (
        "parliament takes whole numbers only; 1.2 is documented (Amazon S3 User Guide, condition keys)"
    ),
    ("bucket", "UNKNOWN_CONDITION_FOR_ACTION", "s3:TlsVersion for action s3:InitiateReplication"): (
        "a denial of s3:* in no need of the key for calls that batch jobs make"
    ),
    (
        "bucket",
        "UNKNOWN_CONDITION_FOR_ACTION",
        "s3:TlsVersion for action s3:PutAccessPointPublicAccessBlock",
    ): ("a denial of s3:*; the action is not made on a bucket"),
    ("control", "UNKNOWN_CONDITION_FOR_ACTION", "aws:SourceOrgID"): (
        "a global condition key; parliament's list is older"
    ),
    ("control", "UNKNOWN_CONDITION_FOR_ACTION", "rds:StorageEncrypted for action rds:CreateDBInstance"): (
        "a key of the resource type db, which the call makes; parliament looks at the action's own keys"
    ),
    ("role", "RESOURCE_STAR", "athena:Get|access-analyzer:Get"): LATER,
    ("set", "RESOURCE_STAR", "access-analyzer:Get|cloudwatch:DescribeAlarms"): LATER,
    ("role", "RESOURCE_STAR", "backup:Describe"): "an emergency restores what is there; nothing is deleted",
    ("set", "RESOURCE_STAR", "backup:Describe"): "an emergency restores what is there; nothing is deleted",
    ("set", "RESOURCE_STAR", "ec2:AssociateRouteTable"): "networks are made later; bound to the Regions",
}
"""By kind of document, finding and a pattern of its detail: why it is no fault."""


@pytest.fixture(scope="module")
def parliament() -> Any:
    """The linter. It still asks setuptools for where it lies, which setuptools no longer tells."""
    stand_in: Any = types.ModuleType("pkg_resources")
    stand_in.resource_filename = lambda package, name: str(
        Path(sys.modules[package].__file__ or "").parent / name
    )
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = stand_in
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its files are left open, its patterns are not raw text
            import parliament
    finally:
        del sys.modules["pkg_resources"]
        if before is not None:
            sys.modules["pkg_resources"] = before
    return parliament


def findings(parliament: Any, text: str) -> list[tuple[str, str]]:
    return [(item.issue, f"{item.detail}") for item in parliament.analyze_policy_string(text).findings]


def test_no_document_has_a_finding_that_is_not_accepted(
    deployment: list[dict[str, Any]], parliament: Any
) -> None:
    open_findings: list[str] = []
    used: set[tuple[str, str, str]] = set()
    for label, document in documents(deployment).items():
        for issue, detail in findings(parliament, document.text):
            known = [
                key for key in ACCEPTED if key[:2] == (document.kind, issue) and re.search(key[2], detail)
            ]
            used.update(known)
            if not known:
                open_findings.append(f"{label}: {issue}: {detail[:150]}")
    assert not open_findings, "\n".join(sorted(set(open_findings)))
    assert used == set(ACCEPTED), "accepted, and no longer found: " + repr(set(ACCEPTED) - used)


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        ({"Action": ["s3:GetObjekt"]}, "UNKNOWN_ACTION"),
        ({"Action": ["s4:GetObject"]}, "UNKNOWN_PREFIX"),
        ({"Condition": {"Bool": {"s3:TlsVersio": "true"}}}, "UNKNOWN_CONDITION_FOR_ACTION"),
        ({"Condition": {"Boole": {"aws:SecureTransport": "true"}}}, "UNKNOWN_OPERATOR"),
        ({"Resource": ["arn:aws:sqs:us-east-1:100000000003:a"]}, "RESOURCE_MISMATCH"),
        ({"Effect": "Permit"}, "MALFORMED"),
    ],
)
def test_the_linter_finds_what_is_wrong(parliament: Any, change: dict[str, Any], issue: str) -> None:
    right = {
        "Sid": "Read",
        "Effect": "Allow",
        "Action": ["s3:GetObject"],
        "Resource": ["arn:aws:s3:::meridian-prod-ephi-edi/*"],
    }
    whole = {"Version": "2012-10-17", "Statement": [right]}
    assert findings(parliament, json.dumps(whole)) == []
    broken = {**whole, "Statement": [{**right, **change}]}
    assert issue in [found for found, _ in findings(parliament, json.dumps(broken))]


def test_every_document_is_linted(deployment: list[dict[str, Any]]) -> None:
    found = documents(deployment)
    assert all(isinstance(document, Document) for document in found.values())
    assert {document.kind for document in found.values()} == {
        *("boundary", "bucket", "control", "key", "resource", "role", "set", "trust", "vault")
    }
