"""IAM Identity Center: permission sets, assignments to groups that have arrived by SCIM, the identity
store.
"""

from typing import Final

from billing_identity.sandbox import scim
from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.registry import (
    Call,
    ServiceError,
    before,
    before_creation,
    before_deletion,
    computes,
    identifies,
    looks_up,
    new_uuid,
)
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties, block

SET: Final = "aws:ssoadmin/permissionSet:PermissionSet"
ASSIGNMENT: Final = "aws:ssoadmin/accountAssignment:AccountAssignment"
_ON_SETS: Final = (
    ASSIGNMENT,
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
)


@before_creation(SET)
def name_is_free(call: Call) -> None:
    """Permission sets of one instance have different names."""
    instance = call.inputs.get("instanceArn")
    if any(o.props.get("instanceArn") == instance for o in call.others(SET, "name", call.text("name"))):
        message = f"PermissionSet with name {call.text('name')} already exists."
        refuse(
            f"creating SSO Permission Set ({call.text('name')})",
            "SSO Admin: CreatePermissionSet",
            "ConflictException",
            message,
            400,
        )


@before(*_ON_SETS)
def set_exists(call: Call) -> None:
    """What is put on a permission set needs it."""
    arn = call.text("permissionSetArn")
    if not any(o.props.get("arn") == arn for o in call.store.find(SET, call.account)):
        what = call.token.rsplit(":", 1)[-1]
        message = f"PermissionSet with arn {arn} does not exist"
        refuse(f"creating SSO {what}", f"SSO Admin: Create{what}", "ResourceNotFoundException", message, 400)


@before_creation(ASSIGNMENT)
def principal_has_arrived(call: Call) -> None:
    """A group is assigned after SCIM has brought it."""
    kind, wanted = call.text("principalType"), call.text("principalId")
    if kind == "GROUP" and not any(
        o.props.get("groupId") == wanted for o in call.store.find(scim.GROUP, call.account)
    ):
        doing = f"creating SSO Account Assignment for GROUP ({wanted})"
        message = f"Received a 404 status error: GROUP not found: {wanted}"
        refuse(doing, "SSO Admin: CreateAccountAssignment", "ResourceNotFoundException", message, 404)


@before_deletion(SET)
def set_is_unassigned(call: Call) -> None:
    """An assigned permission set stays."""
    if call.others(ASSIGNMENT, "permissionSetArn", call.inputs.get("arn")):
        message = "Could not delete because PermissionSet has ApplicationProfile associated with it"
        refuse(
            f"deleting SSO Permission Set ({call.inputs.get('arn')})",
            "SSO Admin: DeletePermissionSet",
            "ConflictException",
            message,
            400,
        )


@identifies(scim.GROUP)
def declared_group_id(call: Call) -> str:
    """A group that the program makes itself, where no directory brings it."""
    call.scratch["group"] = new_uuid()
    return f"{call.text('identityStoreId')}/{call.scratch['group']}"


@computes(scim.GROUP)
def declared_group(call: Call) -> Properties:
    """Its id without the store's."""
    return {"groupId": call.scratch["group"]}


@looks_up("aws:ssoadmin/getInstances:getInstances")
def instances(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The one Identity Center instance of the account."""
    return {
        "id": instance.region,
        "arns": [scim.instance_arn(instance.account)],
        "identityStoreIds": [scim.identity_store_id(instance.account)],
        "region": instance.region,
    }


@looks_up("aws:identitystore/getGroup:getGroup")
def group(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A group of the identity store by id or display name; an error until it has arrived."""
    wanted = block(arguments, "alternateIdentifier", "uniqueAttribute")
    name, identifier = wanted.get("attributeValue"), arguments.get("groupId")
    for item in store.find(scim.GROUP, instance.account):
        if identifier in (None, item.props.get("groupId")) and name in (None, item.props.get("displayName")):
            return {
                **item.props,
                "identityStoreId": arguments.get("identityStoreId"),
                "id": item.props["groupId"],
            }
    raise ServiceError(
        f"reading IdentityStore Group ({name or identifier}): operation error identitystore: GetGroupId, "
        "https response error StatusCode: 400, ResourceNotFoundException: GROUP not found."
    )


@looks_up("aws:identitystore/getGroups:getGroups")
def groups(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """All groups of the identity store."""
    found = [dict(item.props) for item in store.find(scim.GROUP, instance.account)]
    return {
        "id": str(arguments.get("identityStoreId")),
        "identityStoreId": arguments.get("identityStoreId"),
        "groups": found,
    }
