"""Groups, group rules, profile attributes."""

import re
from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services import registry
from billing_identity.sandbox.services.okta.errors import forbidden, invalid, missing
from billing_identity.sandbox.services.registry import (
    Call,
    after_deletion,
    before,
    before_creation,
    before_deletion,
    validates,
)
from billing_identity.sandbox.store import Object
from billing_identity.sandbox.wire import Properties

GROUP: Final = "okta:group/group:Group"
RULE: Final = "okta:group/rule:Rule"
ROLE: Final = "okta:group/role:Role"
ATTRIBUTE: Final = "okta:index/userSchemaProperty:UserSchemaProperty"
BASE_ATTRIBUTE: Final = "okta:index/userBaseSchemaProperty:UserBaseSchemaProperty"
MAX_RULES: Final = 2000  # group rules of an organisation (help.okta.com, "Group rules")
MAX_TARGETS: Final = 100  # target groups of one rule (support.okta.com, "Okta Group Rule Limitations")

# The base attributes of an Okta user (developer.okta.com, "User profiles").
BASE: Final = frozenset(
    [
        "login",
        "email",
        "secondEmail",
        "firstName",
        "lastName",
        "middleName",
        "honorificPrefix",
        "honorificSuffix",
        "title",
        "displayName",
        "nickName",
        "profileUrl",
        "primaryPhone",
        "mobilePhone",
        "streetAddress",
        "city",
        "state",
        "zipCode",
        "countryCode",
        "postalAddress",
        "preferredLanguage",
        "locale",
        "timezone",
        "userType",
        "employeeNumber",
        "costCenter",
        "organization",
        "division",
        "department",
        "managerId",
        "manager",
    ]
)
# Methods of the user object in group rule expressions.
_METHODS: Final = frozenset(
    [
        "isMemberOfGroup",
        "isMemberOfAnyGroup",
        "isMemberOfGroupName",
        "isMemberOfGroupNameContains",
        "isMemberOfGroupNameStartsWith",
        "isMemberOfGroupNameRegex",
        "getInternalProperty",
        "getLinkedObject",
        "status",
        "id",
    ]
)


@before(GROUP)
def name_is_free(call: Call) -> None:
    """Group names of Okta's own groups are unique."""
    if call.others(GROUP, "name", call.text("name")):
        verb = "create" if call.old is None else "update"
        cause = "An object with this field already exists in the current organization"
        invalid(f"failed to {verb} group", "name", cause)


@validates(RULE)
def rule_shape(inputs: Properties) -> list[Failure]:
    """A rule's name has 1 to 50 characters; it has at most 100 target groups."""
    faults: list[Failure] = []
    name, targets = inputs.get("name"), inputs.get("groupAssignments")
    if isinstance(name, str) and not 1 <= len(name) <= 50:
        faults.append(Failure("name", f"expected length of name to be in the range (1 - 50), got {name}"))
    if isinstance(targets, list) and len(inputs["groupAssignments"]) > MAX_TARGETS:
        faults.append(
            Failure("groupAssignments", f"attribute group_assignments supports {MAX_TARGETS} items maximum")
        )
    return faults


@before(RULE)
def rule_is_sound(call: Call) -> None:
    """Targets exist, hold no admin role, the name is free, the expression knows its attributes."""
    doing = f"failed to {'create' if call.old is None else 'update'} group rule"
    if call.others(RULE, "name", call.text("name")):
        invalid(doing, "name", "An object with this field already exists in the current organization")
    for target in call.texts("groupAssignments"):
        if not call.has(GROUP, target):
            missing(doing, target, "UserGroup")
        if call.others(ROLE, "groupId", target):
            invalid(
                doing, "groupIds", f"Group {target} has an admin role and can't be the target of a group rule"
            )
    unknown = unknown_attributes(call)
    if unknown:
        cause = f"Invalid property {unknown[0]} in expression {call.text('expressionValue')}"
        invalid(doing, "conditions.expression.value", cause)
    called = re.findall(r"\b(?:Convert|Time)\.\w+", call.text("expressionValue"))
    if called:
        invalid(doing, "conditions.expression.value", f"Function {called[0]} is not supported in group rules")


@before_creation(RULE)
def not_too_many(call: Call) -> None:
    """An organisation has at most 2,000 rules."""
    if len(call.store.find(RULE, call.account)) >= MAX_RULES:
        invalid("failed to create group rule", "rules", f"The limit of {MAX_RULES} group rules is reached")


def unknown_attributes(call: Call) -> list[str]:
    """Attributes of the user that an expression names and the profile lacks."""
    text = re.sub(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', '""', call.text("expressionValue"))
    named = set(re.findall(r"\buser\.(?:profile\.)?(\w+)", text)) - BASE - _METHODS
    declared = {str(o.props.get("index")) for o in call.store.find(ATTRIBUTE, call.account)}
    return sorted(named - declared)


@before_creation(ROLE)
def role_holder(call: Call) -> None:
    """A group filled by a rule can't get an admin role."""
    group = call.text("groupId")
    if not call.has(GROUP, group):
        missing("failed to assign role to group", group, "UserGroup")
    if any(group in (o.props.get("groupAssignments") or []) for o in call.store.find(RULE, call.account)):
        forbidden(
            "failed to assign role to group",
            f"Group {group} is the target of a group rule; it can't have an admin role",
        )


@before(
    "okta:index/groupMemberships:GroupMemberships",
    "okta:group/owner:Owner",
    "okta:group/owners:Owners",
)
def group_exists(call: Call) -> None:
    """Members and owners hang on a group."""
    if not call.has(GROUP, call.text("groupId")):
        missing("failed to update group", call.text("groupId"), "UserGroup")


@after_deletion(GROUP)
def what_named_the_group(call: Call) -> None:
    """Rules that filled the group become invalid; its app assignments go."""
    for rule in call.store.find(RULE, call.account):
        if call.id in (rule.props.get("groupAssignments") or []):
            call.store.put(Object(*rule.place, rule.id, rule.urn, {**rule.props, "status": "INVALID"}))
    for item in call.store.find("okta:app/groupAssignment:GroupAssignment", call.account):
        if item.props.get("groupId") == call.id:
            call.store.delete(item)


@before(BASE_ATTRIBUTE)
def is_base(call: Call) -> None:
    """Base attributes are tuned, never made."""
    if call.text("index") not in BASE:
        missing("failed to update user base schema property", call.text("index"), "UserSchema base property")


@before(ATTRIBUTE)
def is_custom(call: Call) -> None:
    """A custom attribute can't take the name of a base one."""
    if call.text("index") in BASE:
        invalid(
            "failed to create user custom schema property",
            "definitions",
            f"{call.text('index')} is a base property",
        )


@before_deletion(ATTRIBUTE)
def attribute_is_unused(call: Call) -> None:
    """An attribute that a group rule tests stays."""
    index = str(call.inputs.get("index"))
    for rule in call.store.find(RULE, call.account):
        if re.search(rf"\buser\.{re.escape(index)}\b", str(rule.props.get("expressionValue", ""))):
            name = rule.props.get("name")
            cause = f"Attribute {index} is used in the group rule {name!r}; remove it there first"
            forbidden("failed to delete user custom schema property", cause)


registry.kept_on_delete.update({BASE_ATTRIBUTE})
