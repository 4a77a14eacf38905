"""Apps, their assignments and push groups; admin roles; log streams."""

from typing import Final

from billing_identity.sandbox.services.aws.events import close_source, open_source
from billing_identity.sandbox.services.okta.errors import forbidden, invalid, missing
from billing_identity.sandbox.services.okta.groups import GROUP
from billing_identity.sandbox.services.okta.identity import PREFIXES
from billing_identity.sandbox.services.okta.organization import APP_POLICY, OAUTH, SAML, default_policy
from billing_identity.sandbox.services.registry import (
    Call,
    after,
    after_deletion,
    base62,
    before,
    before_creation,
    before_deletion,
    computes,
)
from billing_identity.sandbox.wire import Properties

APPS: Final = tuple(
    f"okta:{name}" for name in PREFIXES if name.startswith("app/") and PREFIXES[name] == "0oa"
)
ASSIGNMENT: Final = "okta:app/groupAssignment:GroupAssignment"
ASSIGNMENTS: Final = "okta:index/appGroupAssignments:AppGroupAssignments"
PUSH: Final = "okta:index/pushGroup:PushGroup"
STREAM: Final = "okta:index/logStream:LogStream"
ROLE: Final = "okta:index/adminRoleCustom:AdminRoleCustom"
RESOURCES: Final = "okta:index/resourceSet:ResourceSet"
HOLDERS: Final = "okta:index/adminRoleCustomAssignments:AdminRoleCustomAssignments"
_ON_APPS: Final = (
    ASSIGNMENT,
    ASSIGNMENTS,
    PUSH,
    "okta:app/accessPolicyAssignment:AccessPolicyAssignment",
    "okta:app/features:Features",
    "okta:app/user:User",
    "okta:index/appOauthApiScope:AppOauthApiScope",
    "okta:index/appUserSchemaProperty:AppUserSchemaProperty",
)
MAX_STREAMS: Final = 2  # log streams of an organisation (developer.okta.com, "Log Streaming")


def app_exists(call: Call, identifier: str) -> bool:
    """Whether an app of any kind lives in the organisation."""
    return any(call.has(kind, identifier) for kind in APPS)


@before(*_ON_APPS)
def app_is_there(call: Call) -> None:
    """Assignments, features and the rest hang on an app."""
    app = call.text("appId")
    if not app_exists(call, app):
        missing(f"failed to write {call.token.rsplit(':', 1)[-1]}", app, "AppInstance")


@before(ASSIGNMENT, PUSH)
def group_is_there(call: Call) -> None:
    """An app is assigned to a group that exists."""
    group = call.text("groupId") or call.text("sourceGroupId")
    if not call.has(GROUP, group):
        missing(f"failed to write {call.token.rsplit(':', 1)[-1]}", group, "UserGroup")


@before(ASSIGNMENTS)
def groups_are_there(call: Call) -> None:
    """An app is assigned to groups that exist."""
    groups: list[Properties] = call.inputs.get("groups") or []
    for entry in groups:
        if not call.has(GROUP, str(entry.get("id"))):
            missing("failed to write AppGroupAssignments", str(entry.get("id")), "UserGroup")


@before(*APPS)
def policy_is_there(call: Call) -> None:
    """An app names an authentication policy that exists, or none."""
    policy = call.text("authenticationPolicy")
    if policy and not call.has(APP_POLICY, policy):
        missing("failed to set authentication policy", policy, "Policy")


@computes(*APPS)
def app_outputs(call: Call) -> Properties:
    """What every app gets from the service."""
    return {
        "authenticationPolicy": default_policy(call.store, call.account),
        "name": f"{call.account.split('.')[0]}_{call.text('label').lower().replace(' ', '')}_1",
        "logoUrl": f"https://{call.account}/assets/img/logos/default.png",
        "signOnMode": "SAML_2_0"
        if call.token == SAML
        else "OPENID_CONNECT"
        if call.token == OAUTH
        else "BOOKMARK",
        **(_saml(call) if call.token == SAML else {}),
        **(_oauth(call) if call.token == OAUTH else {}),
    }


def _saml(call: Call) -> Properties:
    key = f"exk{base62(17)}"
    url = f"https://{call.account}/app/{key}/sso/saml"
    metadata_url = f"https://{call.account}/api/v1/apps/{call.id}/sso/saml/metadata"
    certificate = base62(64)
    return {
        "entityKey": key,
        "entityUrl": f"http://www.okta.com/{key}",
        "embedUrl": f"https://{call.account}/home/{key}",
        "httpPostBinding": url,
        "httpRedirectBinding": url,
        "keyId": base62(43),
        "certificate": certificate,
        "metadataUrl": metadata_url,
        "metadata": f'<md:EntityDescriptor entityID="http://www.okta.com/{key}"><ds:X509Certificate>{certificate}</ds:X509Certificate></md:EntityDescriptor>',
    }


def _oauth(call: Call) -> Properties:
    silent = call.inputs.get("omitSecret") is True or call.text("tokenEndpointAuthMethod") in (
        "private_key_jwt",
        "none",
    )
    return {"clientId": call.id, "clientSecret": "" if silent else base62(64)}


@after_deletion(*APPS)
def assignments_go_too(call: Call) -> None:
    """What hangs on an app goes with it."""
    for kind in _ON_APPS:
        for item in call.store.find(kind, call.account, lambda p: p.get("appId") == call.id):
            call.store.delete(item)


@computes(ASSIGNMENT)
def assignment_priority(call: Call) -> Properties:
    """Okta gives a priority where none is given."""
    return {"priority": float(len(call.others(ASSIGNMENT, "appId", call.text("appId")))), "profile": "{}"}


@computes(PUSH)
def push_outputs(call: Call) -> Properties:
    """The target group has the source's name where none is given."""
    names = [
        o.props.get("name")
        for o in call.store.find(GROUP, call.account)
        if o.id == call.text("sourceGroupId")
    ]
    return {
        "targetGroupName": names[0] if names else None,
        "targetGroupId": f"00g{base62(17)}",
        "status": "ACTIVE",
    }


@before_creation(STREAM)
def stream_fits(call: Call) -> None:
    """Two log streams at most, with different names."""
    streams = call.store.find(STREAM, call.account)
    if len(streams) >= MAX_STREAMS:
        forbidden(
            "failed to create log stream",
            f"You have reached the maximum number of log streams ({MAX_STREAMS})",
        )
    if any(o.props.get("name") == call.text("name") for o in streams):
        invalid(
            "failed to create log stream",
            "name",
            "An object with this field already exists in the current organization",
        )


def source_name(organization: str, properties: Properties) -> tuple[str, str, str] | None:
    """(source, AWS account, region) that a log stream to EventBridge opens; None for other streams."""
    settings: Properties = properties.get("settings") or {}
    if properties.get("type") != "aws_eventbridge":
        return None
    subdomain = organization.split(".")[0]
    name = f"aws.partner/okta.com/{subdomain}/{settings.get('eventSourceName')}"
    return name, str(settings.get("accountId")), str(settings.get("region"))


@after(STREAM)
def announce(call: Call) -> None:
    """A stream to EventBridge opens a partner event source in the AWS account."""
    source = source_name(call.account, call.inputs)
    if source and call.old is None:
        open_source(call.store, *source)


@after_deletion(STREAM)
def withdraw(call: Call) -> None:
    """Its source goes with the stream."""
    source = source_name(call.account, call.inputs)
    if source:
        close_source(call.store, *source)


@before(ROLE, RESOURCES)
def label_is_free(call: Call) -> None:
    """Labels of custom roles and of resource sets are unique."""
    if call.others(call.token, "label", call.text("label")):
        what = "custom admin role" if call.token == ROLE else "resource set"
        invalid(
            f"failed to create {what}",
            "label",
            "An object with this field already exists in the current organization",
        )


@before(HOLDERS)
def role_and_resources_are_there(call: Call) -> None:
    """A custom role is given over a resource set."""
    if not call.has(ROLE, call.text("customRoleId")):
        missing("failed to create admin role custom assignment", call.text("customRoleId"), "Role")
    if not call.has(RESOURCES, call.text("resourceSetId")):
        missing("failed to create admin role custom assignment", call.text("resourceSetId"), "ResourceSet")


@before_deletion(ROLE, RESOURCES)
def is_not_assigned(call: Call) -> None:
    """A role that someone holds stays."""
    name = "customRoleId" if call.token == ROLE else "resourceSetId"
    if call.others(HOLDERS, name, call.id):
        forbidden(f"failed to delete {call.text('label')}", "It is assigned; remove the assignments first")
