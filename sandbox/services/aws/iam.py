"""IAM: names are unique, attachments need both sides, nothing in use is deleted."""

from typing import Final

from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.registry import Call, before, before_creation, before_deletion

ROLE: Final = "aws:iam/role:Role"
POLICY: Final = "aws:iam/policy:Policy"
ROLE_POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_NAMED: Final = {ROLE: "Role", POLICY: "Policy", "aws:iam/user:User": "User", "aws:iam/group:Group": "Group"}


@before_creation(*_NAMED)
def name_is_free(call: Call) -> None:
    """Names are unique within a kind, whatever their case and path."""
    kind, name = _NAMED[call.token], call.text("name")
    if any(
        str(o.props.get("name")).lower() == name.lower() for o in call.store.find(call.token, call.account)
    ):
        message = f"{kind} with name {name} already exists."
        refuse(f"creating IAM {kind} ({name})", f"IAM: Create{kind}", "EntityAlreadyExists", message, 409)


@before(
    ROLE_POLICY,
    ATTACHMENT,
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
)
def role_exists(call: Call) -> None:
    """What is put on a role needs the role."""
    name = call.text("role") or call.text("roleName")
    if not any(o.id == name for o in call.store.find(ROLE, call.account)):
        message = f"The role with name {name} cannot be found."
        refuse(f"putting IAM Role ({name}) Policy", "IAM: PutRolePolicy", "NoSuchEntity", message, 404)


@before(ATTACHMENT)
def policy_exists(call: Call) -> None:
    """A customer managed policy must exist; AWS managed ones are taken as real."""
    arn = call.text("policyArn")
    if arn.startswith("arn:aws:iam::aws:policy/") or any(
        o.id == arn for o in call.store.find(POLICY, call.account)
    ):
        return
    doing = f"attaching IAM Policy ({arn}) to IAM Role ({call.text('role')})"
    refuse(
        doing,
        "IAM: AttachRolePolicy",
        "NoSuchEntity",
        f"Policy {arn} does not exist or is not attachable.",
        404,
    )


@before_deletion(ROLE)
def role_is_bare(call: Call) -> None:
    """A role with policies stays, unless its policies are to be detached by force."""
    if call.inputs.get("forceDetachPolicies") is True:
        return
    if call.others(ATTACHMENT, "role", call.id) or call.others(ROLE_POLICY, "role", call.id):
        message = "Cannot delete entity, must detach all policies first."
        refuse(f"deleting IAM Role ({call.id})", "IAM: DeleteRole", "DeleteConflict", message, 409)


@before_deletion(POLICY)
def policy_is_unused(call: Call) -> None:
    """An attached policy stays."""
    if call.others(ATTACHMENT, "policyArn", call.id):
        message = "Cannot delete a policy attached to entities."
        refuse(f"deleting IAM Policy ({call.id})", "IAM: DeletePolicy", "DeleteConflict", message, 409)
