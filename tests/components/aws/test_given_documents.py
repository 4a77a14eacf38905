"""Policy documents that callers give: what is refused, what passes, and that the components ask."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from billing_identity.components.aws.given_documents import control_faults, duty_faults, trust_faults
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.guardrails import Guardrails
from billing_identity.components.aws.permission_set import PermissionSet
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.errors import ComponentInputError

ISSUER = "arn:aws:iam::100000000005:oidc-provider/token.actions.githubusercontent.com"
SAML = "arn:aws:iam::100000000005:saml-provider/okta"
ROLE = "arn:aws:iam::100000000001:role/sealed"
GITHUB = "token.actions.githubusercontent.com"
TAGS = {"Owner": "cloud-engineer", "DataClass": "security", "CatalogueId": "system:aws"}


def text(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal: Any, action: str = "sts:AssumeRole", **conditions: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    return text({**statement, "Condition": conditions} if conditions else statement)


def grant(actions: Any, resources: Any = "*") -> str:
    return text({"Effect": "Allow", "Action": actions, "Resource": resources})


NO_DOCUMENT = ["", "hello", "{}", "[]", '{"Statement": []}', '{"Statement": [{"Effect": "Allow"}]}']
OF_US = {"aws:PrincipalOrgID": "o-acme000001"}
TOKEN = {f"{GITHUB}:sub": "repo:acme/identity:environment:prod", f"{GITHUB}:aud": "sts.amazonaws.com"}


@pytest.mark.parametrize(
    "document",
    [
        trust({"AWS": ROLE}),
        trust({"AWS": "arn:aws:iam::100000000001:root"}),
        trust({"AWS": "*"}, StringEquals=OF_US),
        trust({"Service": "s3.amazonaws.com"}),
        trust({"Federated": ISSUER}, "sts:AssumeRoleWithWebIdentity", StringEquals=TOKEN),
        trust({"Federated": SAML}, "sts:AssumeRoleWithSAML", StringEquals={"SAML:aud": "https://x.example"}),
    ],
)
def test_a_trust_in_somebody_passes(document: str) -> None:
    assert list(trust_faults(document)) == []


@pytest.mark.parametrize(
    ("document", "said"),
    [
        *((document, "no policy document") for document in NO_DOCUMENT),
        (trust("*"), "everybody may take"),
        (trust({"AWS": "*"}), "everybody may take"),
        (trust({"AWS": [ROLE, "*"]}), "everybody may take"),
        (trust({"AWS": "*"}, StringEqualsIfExists=OF_US), "everybody may take"),
        (trust({"AWS": "*"}, StringNotEquals=OF_US), "everybody may take"),
        (trust({"AWS": "*"}, StringLike={"aws:PrincipalOrgID": "*"}), "everybody may take"),
        (trust({"AWS": "*"}, Bool={"aws:MultiFactorAuthPresent": "true"}), "everybody may take"),
        (trust({"Federated": ISSUER}, "sts:AssumeRoleWithWebIdentity"), ":sub and :aud"),
        (
            trust({"Federated": ISSUER}, "sts:AssumeRoleWithWebIdentity", StringLike={f"{GITHUB}:sub": "*"}),
            ":sub and :aud",
        ),
        (trust({"Federated": SAML}, "sts:AssumeRoleWithSAML"), "saml:aud"),
        (trust({"AWS": ROLE}, "*"), "name principals and actions"),
        (
            text({"Effect": "Allow", "NotPrincipal": {"AWS": ROLE}, "Action": "sts:AssumeRole"}),
            "NotPrincipal",
        ),
        (text({"Effect": "Allow", "Action": "sts:AssumeRole"}), "without Principal"),
        (text({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}), "nobody may take"),
    ],
)
def test_a_trust_in_anybody_is_refused(document: str, said: str) -> None:
    assert said in "\n".join(trust_faults(document))


@pytest.mark.parametrize(
    ("document", "boundary", "said"),
    [
        *((document, "b", "no policy document") for document in NO_DOCUMENT),
        (grant("*"), "b", "grants everything"),
        (grant(["s3:GetObject", "*:*"], ["*"]), "b", "grants everything"),
        (text({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}), "b", "grants everything"),
        (grant("ec2:*"), None, "grants ec2:* everywhere"),
        (grant("ec2:*"), "", "grants ec2:* everywhere"),
        (grant("ec2:*"), "b", ""),
        (grant("s3:*", "arn:aws:s3:::acme/*"), None, ""),
        (grant("sts:GetCallerIdentity"), None, ""),
        (text({"Effect": "Deny", "Action": "*", "Resource": "*"}), None, ""),
    ],
)
def test_a_duty_is_not_everything(document: str, boundary: str | None, said: str) -> None:
    found = list(duty_faults(document, "policy", boundary))
    assert said in "\n".join(found)
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        *((document, "no policy document") for document in NO_DOCUMENT),
        (text({"Effect": "Deny", "Action": "*", "Resource": "*"}), "everything to everybody"),
        (text({"Effect": "Deny", "Action": ["*"], "Resource": ["*"], "Principal": "*"}), "everything to"),
        (text({"Effect": "Deny", "Action": "s3:" + "x" * 200, "Resource": "*"}), "200 at most"),
        (text({"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}), ""),
        (
            text(
                {
                    "Effect": "Deny",
                    "Action": "*",
                    "Resource": "*",
                    "Condition": {"Null": {"aws:AssumedRoot": "true"}},
                }
            ),
            "",
        ),
    ],
)
def test_a_control_policy_leaves_a_way(document: str, said: str) -> None:
    found = list(control_faults(document, "policy", 200))
    assert said in "\n".join(found)
    assert bool(found) is bool(said)


GUARDED = {
    "role": "acme-sealed",
    "trust": trust({"AWS": ROLE}),
    "policy": grant("sts:GetCallerIdentity"),
    "description": "Sealed",
    "tags": TAGS,
}
SET = {
    "permission_set": "Readers",
    "description": "Readers",
    "instance_arn": "arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6",
    "region": "us-east-1",
    "session_minutes": 60,
    "policy": grant("sts:GetCallerIdentity"),
    "boundary": "acme-workforce",
    "groups": {},
    "accounts": ["100000000004"],
    "tags": TAGS,
}
RAILS = {
    "service_policies": {"audit": text({"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"})},
    "resource_policies": {},
    "accounts": ["100000000004"],
    "tags": TAGS,
}
SERVICE = {
    "role": "acme-copies",
    "service": "s3.amazonaws.com",
    "source_arns": ["arn:aws:s3:::acme"],
    "source_account": "100000000004",
    "policy": grant("s3:GetObject", "arn:aws:s3:::acme/*"),
    "boundary_arn": "arn:aws:iam::100000000004:policy/acme",
    "description": "Copies",
    "tags": TAGS,
}


@pytest.mark.parametrize(
    ("component", "args", "changes", "said"),
    [
        (GuardedRole, GUARDED, {"trust": trust("*")}, "trust: everybody"),
        (GuardedRole, GUARDED, {"policy": grant("*")}, "policy: grants everything"),
        (GuardedRole, GUARDED, {"policy": grant("ec2:*")}, "give a boundary"),
        (GuardedRole, GUARDED, {"boundary_arn": "acme"}, "boundary_arn 'acme'"),
        (PermissionSet, SET, {"policy": grant("*")}, "policy: grants everything"),
        (PermissionSet, SET, {"boundary": ""}, "boundary '': write the name"),
        (PermissionSet, SET, {"policy": "{}"}, "policy: no policy document"),
        (Guardrails, RAILS, {"service_policies": {"a": "{}"}}, "service_policies a: no policy"),
        (Guardrails, RAILS, {"resource_policies": {"b": "{}"}}, "resource_policies b: no policy"),
        (ServiceRole, SERVICE, {"policy": grant("*")}, "policy: grants everything"),
        (ServiceRole, SERVICE, {"boundary_arn": ""}, "boundary_arn ''"),
    ],
)
def test_components_ask(component: Any, args: dict[str, Any], changes: dict[str, Any], said: str) -> None:
    component.check("a", copy.deepcopy(args))
    with pytest.raises(ComponentInputError, match=said):
        component.check("a", {**copy.deepcopy(args), **changes})
