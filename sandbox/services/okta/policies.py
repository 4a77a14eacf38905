"""Policies and their rules: names, references, order of deletion."""

from dataclasses import dataclass
from typing import Final, cast

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services.okta.errors import forbidden, invalid, missing
from billing_identity.sandbox.services.okta.groups import GROUP
from billing_identity.sandbox.services.okta.identity import okta_id
from billing_identity.sandbox.services.okta.organization import (
    APP_POLICY,
    AUTHENTICATOR,
    MFA,
    OAUTH,
    PASSWORD,
    SAML,
    SIGNON,
    ZONE,
    default_policy,
)
from billing_identity.sandbox.services.registry import (
    Call,
    after,
    after_deletion,
    before,
    before_creation,
    before_deletion,
    computes,
    validates,
)
from billing_identity.sandbox.store import Object
from billing_identity.sandbox.wire import Properties, Value

APP_RULE: Final = "okta:index/appSignonPolicyRule:AppSignonPolicyRule"
APP_RULES: Final = "okta:app/signonPolicyRules:SignonPolicyRules"
SIGNON_RULE: Final = "okta:policy/ruleSignon:RuleSignon"
PASSWORD_RULE: Final = "okta:policy/rulePassword:RulePassword"  # noqa: S105
MFA_RULE: Final = "okta:policy/ruleMfa:RuleMfa"
BEHAVIOUR: Final = "okta:index/behaviour:Behaviour"
DEVICES: Final = tuple(
    f"okta:policy/deviceAssurance{system}:DeviceAssurance{system}"
    for system in ("Windows", "Macos", "Ios", "Android", "Chromeos")
)
RULES_OF: Final = {
    APP_RULE: APP_POLICY,
    APP_RULES: APP_POLICY,
    SIGNON_RULE: SIGNON,
    PASSWORD_RULE: PASSWORD,
    MFA_RULE: MFA,
}
THREAT: Final = "okta:index/threatInsightSettings:ThreatInsightSettings"


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that rules name by id: argument names (singular and plural rule forms), types, the API's
    word.
    """

    arguments: tuple[str, ...]
    kinds: tuple[str, ...]
    word: str


REFERENCES: Final = (
    Reference(
        ("groupsIncluded", "groupsExcluded", "groupsIncludeds", "groupsExcludeds"), (GROUP,), "UserGroup"
    ),
    Reference(("networkIncludes", "networkExcludes"), (ZONE,), "NetworkZone"),
    Reference(("deviceAssurancesIncluded", "deviceAssurancesIncludeds"), DEVICES, "DeviceAssurance"),
    Reference(("behaviors",), (BEHAVIOUR,), "Behavior"),
)


def rules_in(properties: Properties) -> list[Properties]:
    """The rule itself, or the rules of the plural resource."""
    rules = properties.get("rules")
    return cast("list[Properties]", rules) if isinstance(rules, list) else [properties]


def users_of(call: Call, reference: Reference, identifier: str) -> list[str]:
    """Names of the rules and policies that name an object by id."""
    names: list[str] = []
    for kind in (*RULES_OF, SIGNON, PASSWORD, MFA, THREAT, OAUTH):
        for item in call.store.find(kind, call.account):
            places: list[Properties] = rules_in(item.props)
            if isinstance(item.props.get("network"), dict):
                network: Properties = item.props["network"]
                places = [
                    {"networkIncludes": network.get("includes"), "networkExcludes": network.get("excludes")}
                ]
            if kind == THREAT:
                places = [{"networkIncludes": item.props.get("excludeZones"), "name": "ThreatInsight"}]
            for place in places:
                for argument in reference.arguments:
                    if identifier in cast("list[Value]", place.get(argument) or []):
                        names.append(str(place.get("name") or item.props.get("label") or item.id))
    return names


@validates(APP_RULE, SIGNON_RULE, PASSWORD_RULE, MFA_RULE)
def zones_in_or_out(inputs: Properties) -> list[Failure]:
    """Zones are included or excluded, not both."""
    if "networkIncludes" in inputs and "networkExcludes" in inputs:
        reason = '"network_includes": conflicts with network_excludes'
        return [Failure("networkIncludes", f"Conflicting configuration arguments. {reason}")]
    return []


@before(*RULES_OF)
def policy_exists(call: Call) -> None:
    """A rule hangs on a policy of its own type."""
    policy = call.text("policyId")
    if not call.has(RULES_OF[call.token], policy):
        missing("failed to create policy rule", policy, "Policy")


@before(*RULES_OF, SIGNON, PASSWORD, MFA)
def references_exist(call: Call) -> None:
    """Groups, zones, device assurances and behaviours that a rule names exist."""
    known = {
        reference.word: {o.id for kind in reference.kinds for o in call.store.find(kind, call.account)}
        for reference in REFERENCES
    }
    for rule in rules_in(call.inputs):
        for reference in REFERENCES:
            for argument in reference.arguments:
                for identifier in cast("list[Value]", rule.get(argument) or []):
                    if identifier not in known[reference.word]:
                        what = call.token.rsplit(":", 1)[-1]
                        doing = f"failed to write {what} {rule.get('name') or ''}".rstrip()
                        missing(doing, str(identifier), reference.word)


@before(APP_RULE, SIGNON_RULE, PASSWORD_RULE, MFA_RULE)
def rule_name_is_free(call: Call) -> None:
    """Rule names are unique within their policy."""
    same = call.others(call.token, "policyId", call.text("policyId"))
    if any(o.props.get("name") == call.text("name") for o in same):
        invalid("failed to create policy rule", "name", "Policy rule name already in use")


@before(APP_RULES)
def rules_are_distinct(call: Call) -> None:
    """Names and priorities of the rules of one policy differ."""
    rules = rules_in(call.inputs)
    for field, cause in (
        ("name", "Policy rule name already in use"),
        ("priority", "The priority is used twice"),
    ):
        values = [rule.get(field) for rule in rules if rule.get(field) is not None]
        if len(values) != len(set(values)):
            invalid("failed to write policy rules", field, cause)


@before(SIGNON, PASSWORD, MFA, APP_POLICY)
def policy_name_is_free(call: Call) -> None:
    """Policy names are unique within a type."""
    if call.others(call.token, "name", call.text("name")):
        invalid("failed to create policy", "name", "Policy name already in use")


@before(ZONE, BEHAVIOUR, *DEVICES)
def other_name_is_free(call: Call) -> None:
    """Names of zones, behaviours and device assurances are unique."""
    kinds = DEVICES if call.token in DEVICES else (call.token,)
    if any(call.others(kind, "name", call.text("name")) for kind in kinds):
        what = call.token.rsplit(":", 1)[-1]
        invalid(
            f"failed to create {what}",
            "name",
            "An object with this field already exists in the current organization",
        )


@before_deletion(ZONE, BEHAVIOUR, *DEVICES)
def is_unused(call: Call) -> None:
    """What a rule names stays."""
    for reference in REFERENCES:
        if call.token in reference.kinds and (names := users_of(call, reference, call.id)):
            what = call.token.rsplit(":", 1)[-1]
            cause = (
                f"{call.inputs.get('name')} is in use by {', '.join(sorted(set(names)))} and can't be deleted"
            )
            forbidden(f"failed to delete {what}", cause)


@before_deletion(SIGNON, PASSWORD, MFA, APP_POLICY)
def not_a_system_policy(call: Call) -> None:
    """The default policies stay."""
    if call.inputs.get("system") is True:
        forbidden("failed to delete policy", "The default policy can't be deleted")


@computes(APP_POLICY)
def catch_all_id(call: Call) -> Properties:
    """Every authentication policy has a catch-all rule."""
    call.scratch["catch-all"] = okta_id("rul")
    priority = 1.0 + len(call.store.find(APP_POLICY, call.account))
    return {"defaultRuleId": call.scratch["catch-all"], "priority": priority, "catchAll": True}


@computes(SIGNON, PASSWORD, MFA)
def next_priority(call: Call) -> Properties:
    """A policy that gives no priority comes last before the default one."""
    return {"priority": float(len(call.store.find(call.token, call.account)))}


@computes(SIGNON_RULE, PASSWORD_RULE, MFA_RULE, APP_RULE)
def next_rule_priority(call: Call) -> Properties:
    """A rule that gives no priority comes last."""
    same = call.store.find(call.token, call.account, lambda p: p.get("policyId") == call.text("policyId"))
    return {"priority": float(len([o for o in same if o.props.get("system") is not True])) + 1.0}


@after(APP_POLICY)
def catch_all_rule(call: Call) -> None:
    """The catch-all rule comes with the policy; what it does is settled at creation only."""
    if call.old is not None:
        return
    identifier = call.scratch["catch-all"]
    access = "DENY" if call.inputs.get("catchAll") is False else "ALLOW"
    properties = {
        "id": identifier,
        "policyId": call.id,
        "name": "Catch-all Rule",
        "priority": 99.0,
        "access": access,
        "factorMode": "2FA",
        "type": "ASSURANCE",
        "status": "ACTIVE",
        "system": True,
    }
    call.store.put(Object("okta", call.account, "", APP_RULE, identifier, identifier, "", properties))


@after_deletion(SIGNON, PASSWORD, MFA, APP_POLICY)
def rules_go_too(call: Call) -> None:
    """Rules go with their policy; apps under it fall back to the default policy."""
    for kind, policy in RULES_OF.items():
        if policy == call.token:
            for rule in call.store.find(kind, call.account, lambda p: p.get("policyId") == call.id):
                call.store.delete(rule)
    if call.token != APP_POLICY:
        return
    fallback = default_policy(call.store, call.account)
    for kind in (SAML, OAUTH):
        for app in call.store.find(kind, call.account, lambda p: p.get("authenticationPolicy") == call.id):
            call.store.put(
                Object(*app.place, app.id, app.urn, {**app.props, "authenticationPolicy": fallback})
            )


def authenticators_in(properties: Properties) -> dict[str, str]:
    """{authenticator key: REQUIRED, OPTIONAL or NOT_ALLOWED} of an enrolment policy."""
    found: dict[str, str] = {}
    for name, value in properties.items():
        if isinstance(value, dict) and "enroll" in value:
            key = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
            found[key] = str(cast("Properties", value)["enroll"])
    return found


@before(MFA, "okta:index/policyMfaDefault:PolicyMfaDefault")
def authenticators_are_active(call: Call) -> None:
    """What an enrolment policy asks for must be active in the organisation."""
    active = {
        o.props.get("key")
        for o in call.store.find(AUTHENTICATOR, call.account)
        if o.props.get("status") == "ACTIVE"
    }
    wanted = authenticators_in(call.inputs)
    for key, enroll in wanted.items():
        if enroll != "NOT_ALLOWED" and key not in active:
            invalid(
                "failed to create MFA policy", "settings.authenticators", f"Authenticator {key} is not active"
            )
    if wanted and not any(
        wanted.get(key, "REQUIRED") == "REQUIRED" for key in ("okta_password", "okta_email")
    ):
        cause = "At least one of the authenticators password or email must be required"
        invalid("failed to create MFA policy", "settings.authenticators", cause)


@before_creation(THREAT)
def zones_exist(call: Call) -> None:
    """Exempt zones exist."""
    for zone in call.texts("excludeZones"):
        if not call.has(ZONE, zone):
            missing("failed to update threat insight configuration", zone, "NetworkZone")
