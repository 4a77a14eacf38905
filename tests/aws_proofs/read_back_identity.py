"""Roles, policies, permission sets and control policies, read back."""

from __future__ import annotations

import json
from typing import Any

from making import Emulator
from reading_back import DATA, EAST, MANAGEMENT, Declared, but, check, made, of_type, same


@check
def roles_are_trusted_bounded_and_short(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for inputs, account, _ in of_type(deployment, "aws:iam/role:Role"):
        held = emulated.client("iam", account, EAST).get_role(RoleName=inputs["name"])["Role"]
        assert held["AssumeRolePolicyDocument"] == json.loads(inputs["assumeRolePolicy"])
        assert held["MaxSessionDuration"] == inputs["maxSessionDuration"]
        if "permissionsBoundary" in inputs:
            assert held["PermissionsBoundary"]["PermissionsBoundaryArn"] == inputs["permissionsBoundary"]
    assert not emulated.client("iam", DATA, EAST).list_users()["Users"]


@check
def control_policies_hang_on_every_account(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    client = emulated.client("organizations", MANAGEMENT, EAST)
    for _, account, _ in of_type(deployment, "aws:iam/role:Role"):
        if account == MANAGEMENT:
            continue
        target = emulated.ids[f"account {account}"]
        for kind, count in (("SERVICE_CONTROL_POLICY", 3), ("RESOURCE_CONTROL_POLICY", 1)):
            held = client.list_policies_for_target(TargetId=target, Filter=kind)["Policies"]
            own = [policy for policy in held if not policy["AwsManaged"]]
            assert len(own) == count, (account, kind, held)


@check
def roles_hold_their_policies_and_no_other(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for policy in made(deployment, emulated, "aws:iam/rolePolicy:RolePolicy"):
        role, name = policy.inputs["role"], policy.inputs["name"]
        held = policy.client("iam").get_role_policy(RoleName=role, PolicyName=name)
        same(policy.inputs["policy"], held["PolicyDocument"])
    for only in made(deployment, emulated, "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"):
        held = only.client("iam").list_role_policies(RoleName=only.inputs["roleName"])["PolicyNames"]
        assert sorted(held) == sorted(only.inputs["policyNames"])
    token = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
    for only in made(deployment, emulated, token):
        held = only.client("iam").list_attached_role_policies(RoleName=only.inputs["roleName"])
        assert [item["PolicyArn"] for item in held["AttachedPolicies"]] == only.inputs["policyArns"]
    for policy in made(deployment, emulated, "aws:iam/policy:Policy"):
        iam, arn = policy.client("iam"), f"arn:aws:iam::{policy.account}:policy/{policy.inputs['name']}"
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        held = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
        same(policy.inputs["policy"], held["Document"])


@check
def accounts_have_their_passwords_rules_and_issuer(
    deployment: list[dict[str, Any]], emulated: Emulator
) -> None:
    for rules in made(deployment, emulated, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"):
        same(
            but(rules.inputs),
            rules.client("iam").get_account_password_policy()["PasswordPolicy"],
        )
    for issuer in made(deployment, emulated, "aws:iam/openIdConnectProvider:OpenIdConnectProvider"):
        arn = issuer.outputs["arn"]
        held = issuer.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        assert held["ClientIDList"] == issuer.inputs["clientIdLists"]
        assert f"https://{held['Url']}" == issuer.inputs["url"]


@check
def permission_sets_are_assigned_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for set_ in made(deployment, emulated, "aws:ssoadmin/permissionSet:PermissionSet"):
        where = {"InstanceArn": set_.inputs["instanceArn"], "PermissionSetArn": set_.outputs["arn"]}
        held = set_.client("sso-admin").describe_permission_set(**where)["PermissionSet"]
        same(but(set_.inputs, "instanceArn"), held)
    token = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
    for inline in made(deployment, emulated, token):
        held = inline.client("sso-admin").get_inline_policy_for_permission_set(**_set(inline))
        same(inline.inputs["inlinePolicy"], held["InlinePolicy"])
    token = "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive"
    for only in made(deployment, emulated, token):
        held = only.client("sso-admin").list_managed_policies_in_permission_set(**_set(only))
        assert [item["Arn"] for item in held["AttachedManagedPolicies"]] == only.inputs["managedPolicyArns"]
    for assigned in made(deployment, emulated, "aws:ssoadmin/accountAssignment:AccountAssignment"):
        held = assigned.client("sso-admin").list_account_assignments(
            AccountId=assigned.inputs["targetId"], **_set(assigned)
        )["AccountAssignments"]
        assert assigned.inputs["principalId"] in [item["PrincipalId"] for item in held]


def _set(resource: Declared) -> dict[str, str]:
    """The permission set that a resource hangs on."""
    return {
        "InstanceArn": resource.inputs["instanceArn"],
        "PermissionSetArn": resource.inputs["permissionSetArn"],
    }


@check
def control_policies_say_what_was_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for policy in made(deployment, emulated, "aws:organizations/policy:Policy"):
        held = policy.client("organizations").describe_policy(PolicyId=policy.id)["Policy"]
        same(policy.inputs["content"], held["Content"])
        assert held["PolicySummary"]["Type"] == policy.inputs["type"]
    for attached in made(deployment, emulated, "aws:organizations/policyAttachment:PolicyAttachment"):
        held = attached.client("organizations").list_targets_for_policy(PolicyId=attached.inputs["policyId"])[
            "Targets"
        ]
        target = attached.inputs["targetId"]
        assert emulated.ids.get(f"account {target}", target) in [item["TargetId"] for item in held]
