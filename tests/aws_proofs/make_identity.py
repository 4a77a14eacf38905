"""Roles, policies, permission sets, control policies."""

from __future__ import annotations

from making import Inputs, Maker, Making, tags_of


def _role(make: Maker, inputs: Inputs) -> None:
    inputs.pop("forceDetachPolicies", None)
    name, policy = inputs.pop("name"), inputs.pop("assumeRolePolicy")
    request = {**inputs, "roleName": name, "assumeRolePolicyDocument": policy, "tags": tags_of(inputs)}
    make.call("iam", "create_role", request)


def _role_policy(make: Maker, inputs: Inputs) -> None:
    request = {"roleName": inputs["role"], "policyName": inputs["name"], "policyDocument": inputs["policy"]}
    make.call("iam", "put_role_policy", request)


def _policy(make: Maker, inputs: Inputs) -> None:
    request = {
        "policyName": inputs.pop("name"),
        "policyDocument": inputs.pop("policy"),
        "tags": tags_of(inputs),
        **inputs,
    }
    make.call("iam", "create_policy", request)


def _password_policy(make: Maker, inputs: Inputs) -> None:
    if not inputs["maxPasswordAge"]:
        del inputs["maxPasswordAge"]  # 0 is Pulumi's word for none
    names = {f"require{kind}": f"Require{kind}" for kind in ("Symbols", "Numbers")}
    make.call("iam", "update_account_password_policy", inputs, names)


def _oidc(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = tags_of(inputs)
    make.call("iam", "create_open_id_connect_provider", inputs, {"clientIdLists": "ClientIDList"})


def _organization_policy(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = tags_of(inputs)
    make.replaces(make.call("organizations", "create_policy", inputs)["Policy"]["PolicySummary"]["Id"])


def _attach(make: Maker, inputs: Inputs) -> None:
    inputs["targetId"] = make.emulator.ids.get(f"account {inputs['targetId']}", inputs["targetId"])
    make.call("organizations", "attach_policy", inputs)


def _permission_set(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = tags_of(inputs)
    made = make.call("sso-admin", "create_permission_set", inputs)["PermissionSet"]
    make.replaces(made["PermissionSetArn"], make.resource["outputs"]["arn"])


def _inline(make: Maker, inputs: Inputs) -> None:
    make.call("sso-admin", "put_inline_policy_to_permission_set", inputs)


def _assignment(make: Maker, inputs: Inputs) -> None:
    make.call("sso-admin", "create_account_assignment", inputs)


def _set_boundary(make: Maker, inputs: Inputs) -> None:
    make.call("sso-admin", "put_permissions_boundary_to_permission_set", inputs)


def _watched(_: Maker, inputs: Inputs) -> None:
    """The provider's own watch over what hangs on a role or a set: no object of the API. Kept empty here."""
    assert "policyArns" in inputs or "policyNames" in inputs or "managedPolicyArns" in inputs


MAKE: Making = {
    "aws:iam/role:Role": _role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
    "aws:iam/policy:Policy": _policy,
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": _password_policy,
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _oidc,
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": _watched,
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": _watched,
    "aws:organizations/policy:Policy": _organization_policy,
    "aws:organizations/policyAttachment:PolicyAttachment": _attach,
    "aws:ssoadmin/permissionSet:PermissionSet": _permission_set,
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": _inline,
    "aws:ssoadmin/accountAssignment:AccountAssignment": _assignment,
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": _set_boundary,
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": _watched,
}
