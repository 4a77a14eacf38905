"""Groups, administrative units, directory roles, privileged access."""

from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services.entra.errors import bad_request, not_found
from billing_identity.sandbox.services.registry import Call, before, before_creation, computes, validates
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties, has_unknown

GROUP: Final = "azuread:index/group:Group"
BARE_GROUP: Final = "azuread:index/groupWithoutMembers:GroupWithoutMembers"
GROUPS: Final = (GROUP, BARE_GROUP)
USER: Final = "azuread:index/user:User"
PRINCIPAL: Final = "azuread:index/servicePrincipal:ServicePrincipal"
UNIT: Final = "azuread:index/administrativeUnit:AdministrativeUnit"
MAX_ROLE_GROUPS: Final = 500  # role-assignable groups of a tenant (entra-docs, concept-pim-for-groups)


def find_group(store: Store, account: str, object_id: str) -> Object | None:
    """A group by object id, whichever class declared it."""
    found = (o for kind in GROUPS for o in store.find(kind, account) if o.props.get("objectId") == object_id)
    return next(found, None)


def directory_has(store: Store, account: str, object_id: str) -> bool:
    """Whether a user, group or service principal has the object id."""
    if find_group(store, account, object_id) is not None:
        return True
    people = (o for kind in (USER, PRINCIPAL) for o in store.find(kind, account))
    return any(o.props.get("objectId") == object_id for o in people)


@validates(*GROUPS)
def group_shape(inputs: Properties) -> list[Failure]:
    """What the provider refuses without asking: no kind, a role-assignable dynamic group, a rule without
    its type.
    """
    faults: list[Failure] = []
    if inputs.get("securityEnabled") is not True and inputs.get("mailEnabled") is not True:
        faults.append(Failure("securityEnabled", '"mail_enabled" or "security_enabled" must be true'))
    dynamic = "DynamicMembership" in (inputs.get("types") or [])
    if inputs.get("assignableToRole") is True and dynamic:
        faults.append(
            Failure(
                "assignableToRole", '"assignable_to_role" can\'t be true for a group with dynamic membership'
            )
        )
    if dynamic != ("dynamicMembership" in inputs) and not has_unknown(inputs.get("types")):
        faults.append(
            Failure("dynamicMembership", '"dynamic_membership" goes with "DynamicMembership" in "types"')
        )
    if dynamic and inputs.get("members"):
        faults.append(Failure("members", '"members" conflicts with "dynamic_membership"'))
    return faults


@before(*GROUPS)
def group_name_is_free(call: Call) -> None:
    """Names may repeat, unless the program says that they must not."""
    if call.inputs.get("preventDuplicateNames") is not True:
        return
    if any(call.others(kind, "displayName", call.text("displayName")) for kind in GROUPS):
        bad_request(
            "creating group", f"existing group with display name {call.text('displayName')!r} was found"
        )


@before_creation(*GROUPS)
def few_role_groups(call: Call) -> None:
    """A tenant has at most 500 role-assignable groups."""
    if call.inputs.get("assignableToRole") is True:
        count = sum(len(call.others(kind, "assignableToRole", True)) for kind in GROUPS)
        if count >= MAX_ROLE_GROUPS:
            bad_request("creating group", f"The tenant already has {MAX_ROLE_GROUPS} role-assignable groups.")


@computes(*GROUPS)
def group_outputs(call: Call) -> Properties:
    """What Graph fills in."""
    return {"mailNickname": call.scratch["uuid"][:8], "mailEnabled": False, "securityEnabled": False}


@before(GROUP)
def members_exist(call: Call) -> None:
    """Members are in the directory; a role-assignable group holds no groups."""
    for member in call.texts("members"):
        if not directory_has(call.store, call.account, member):
            not_found("adding member to group", member)
        if call.inputs.get("assignableToRole") is True and find_group(call.store, call.account, member):
            bad_request(
                "adding member to group", "Role assignable groups can't have other groups as members."
            )


@before("azuread:index/groupMember:GroupMember")
def member_and_group_exist(call: Call) -> None:
    """Both sides of a membership are there."""
    if find_group(call.store, call.account, call.text("groupObjectId")) is None:
        not_found("retrieving group", call.text("groupObjectId"))
    if not directory_has(call.store, call.account, call.text("memberObjectId")):
        not_found("adding member to group", call.text("memberObjectId"))


@before(
    "azuread:index/administrativeUnitMember:AdministrativeUnitMember",
    "azuread:index/administrativeUnitRoleMember:AdministrativeUnitRoleMember",
)
def unit_exists(call: Call) -> None:
    """A unit's members hang on the unit."""
    wanted = call.text("administrativeUnitObjectId")
    if not any(o.props.get("objectId") == wanted for o in call.store.find(UNIT, call.account)):
        not_found("retrieving administrative unit", wanted)
    member = call.text("memberObjectId")
    if not directory_has(call.store, call.account, member):
        not_found("adding member to administrative unit", member)


@before(
    "azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy",
    "azuread:index/privilegedAccessGroupEligibilitySchedule:PrivilegedAccessGroupEligibilitySchedule",
    "azuread:index/privilegedAccessGroupAssignmentSchedule:PrivilegedAccessGroupAssignmentSchedule",
)
def managed_group_exists(call: Call) -> None:
    """Privileged access is managed for a group that exists, and for principals that exist."""
    group = call.text("groupId")
    if find_group(call.store, call.account, group) is None:
        not_found("retrieving role management policy for group", group)
    principal = call.text("principalId")
    if principal and not directory_has(call.store, call.account, principal):
        bad_request("creating schedule request", f"The subject {principal} is not found.", "SubjectNotFound")


@before("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment")
def holder_may_hold(call: Call) -> None:
    """A directory role goes to a user, a service principal or a role-assignable group."""
    principal = call.text("principalObjectId")
    group = find_group(call.store, call.account, principal)
    if group is not None and group.props.get("assignableToRole") is not True:
        message = "The group is not role-assignable: isAssignableToRole must be true to assign it to a role."
        bad_request("creating directory role assignment", message)
    if not directory_has(call.store, call.account, principal):
        not_found("creating directory role assignment", principal)
