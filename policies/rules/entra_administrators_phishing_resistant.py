"""The strongest directory roles sign in with a factor that a look-alike site can't relay, everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework import conditional_access as ca
from billing_identity.policies.framework.conditional_access_examples import (
    BREAK_GLASS,
    SETTINGS,
    WEAKER,
    at,
    policy,
)
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.requirement import names
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS, ENTRA_STRENGTH
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.policies.rules.entra_one_time_pass_for_registration_only import BUILT_IN_RESISTANT
from billing_identity.policies.rules.entra_strength_phishing_resistant import RESISTANT

ROLES = {
    "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
    "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
    "fe930be7-5e62-47db-91af-98c3a49a38b1": "User Administrator",
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c": "SharePoint Administrator",
    "29232cdf-9323-42fd-ade2-1d097af3e4de": "Exchange Administrator",
    "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2": "Hybrid Identity Administrator",
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": "Application Administrator",
    "158c047a-c907-4556-b7ef-446551a6b5f7": "Cloud Application Administrator",
}
"""CISA SCuBA's highly privileged roles (MS.AAD, "Highly Privileged Roles"), by Microsoft's template ids."""
_GRANT = "grantControls"
_STRENGTH = "authenticationStrengthPolicyId"


def _present(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    if not ca.has_baseline(graph):
        return
    met: set[str] = set()
    doubts: list[str] = []
    for item in graph.of(ENTRA_CONDITIONAL_ACCESS):
        try:
            if (
                ca.in_force(item, context)
                and ca.meets_every_sign_in(item)
                and _resists(graph, item)
                and not ca.left_out(item, context)
            ):
                if item.texts("conditions.users.includedUsers").contains("All"):
                    return
                met.update(item.texts("conditions.users.includedRoles").all())
        except UndecidedError as error:
            doubts.append(f"{item.name}: {error.reason}")
        except MalformedError:
            continue
    missing = [role for role in context.texts("roles") if role not in met]
    if missing and doubts:
        yield Finding("; ".join(doubts), doubt=True)
    elif missing:
        said = ", ".join(ROLES.get(role, role) for role in missing)
        yield Finding(f"no enforced policy asks for a phishing-resistant factor everywhere: {said}")


def _resists(graph: Graph, item: ResourceView) -> bool:
    if not ca.demands_factor(item) or item.texts("grantControls.builtInControls").contains("mfa"):
        return False
    strength = graph.nested_target(item, _GRANT, _STRENGTH, (ENTRA_STRENGTH,))
    if strength is None:
        return item.text(f"{_GRANT}.{_STRENGTH}", "").rsplit("/", 1)[-1] == BUILT_IN_RESISTANT
    combinations = strength.texts("allowedCombinations").all()
    return bool(combinations) and RESISTANT.issuperset(combinations)


_ID = "/policies/authenticationStrengthPolicies/5f6b590a-4eb9-5a29-9918-a8fea35bd64d"


def _strength(*combinations: str) -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{ENTRA_STRENGTH}::native"
    return ResourceRecord(urn, ENTRA_STRENGTH, "native", {"allowedCombinations": list(combinations)}, id=_ID)


_ASKS = {"operator": "OR", "authenticationStrengthPolicyId": _ID}
_BUILT_IN = {**_ASKS, "authenticationStrengthPolicyId": f"/policies/x/{BUILT_IN_RESISTANT}"}
_HELD = {"includedRoles": list(ROLES), "excludedGroups": [BREAK_GLASS]}
_NATIVE = _strength("fido2", "x509CertificateMultiFactor")
_LIMITED = policy("administrators", users=_HELD, grant=_ASKS)
_ANY_FACTOR = {"operator": "OR", "builtInControls": ["mfa"]}
_ONE_ROLE = {"includedRoles": list(ROLES)[:1], "excludedGroups": [BREAK_GLASS]}
_NEW = policy("new", users=_HELD, grant=_ASKS, state=UNKNOWN)
_INCLUDED_USERS = at("conditions.users.includedUsers")
_COMBINATIONS = f"{ENTRA_STRENGTH}: allowedCombinations"

RULE = StackRule(
    title="Entra asks its administrators for a phishing-resistant factor, everywhere",
    severity=Severity.CRITICAL,
    why="One relayed code of an administrator is the whole tenant.",
    remedy=(
        "declare an enforced policy for all applications that includes the roles of the parameter and asks "
        "for a strength of fido2, windowsHelloForBusiness and x509CertificateMultiFactor"
    ),
    parameters={
        "roles": names(tuple(ROLES), "Template ids of roles (default: CISA SCuBA's highly privileged ones).")
    },
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_present,),
    reads={
        at("state"): "fails",
        at("conditions.clientAppTypes"): "fails",
        at("conditions.applications.includedApplications"): "fails",
        at("conditions.applications.excludedApplications"): "safe",
        **{at(f"conditions.{name}"): "safe" for name in ca.NARROWING},
        _INCLUDED_USERS: "safe",
        at("conditions.users.includedRoles"): "fails",
        **{
            at(f"conditions.users.excluded{kind}"): "safe"
            for kind in ("Users", "Groups", "Roles", "GuestsOrExternalUsers")
        },
        at("grantControls.operator"): "safe",
        at("grantControls.builtInControls"): "safe",
        at("grantControls.termsOfUses"): "safe",
        at("grantControls.customAuthenticationFactors"): "safe",
        at(_GRANT): "fails",
        at(f"{_GRANT}.{_STRENGTH}"): "fails",
        _COMBINATIONS: "fails",
    },
    weaker={
        **{
            place: values
            for place, values in WEAKER.items()
            if "includedUsers" not in place and "[*]" not in place
        },
        at("conditions.users.excludedGuestsOrExternalUsers"): (
            [{"guestOrExternalUserTypes": ["internalGuest"]}],
        ),
        at("conditions.users.includedRoles"): ([], ["62e90394-69f5-4237-9190-012177145e10"]),
        at("grantControls.builtInControls"): (["compliantDevice"], ["mfa"]),
        at("grantControls.termsOfUses"): (["t1"],),
        at("grantControls.customAuthenticationFactors"): (["c1"],),
        at(f"{_GRANT}.{_STRENGTH}"): ("", "/policies/x/00000000-0000-0000-0000-000000000002"),
        _COMBINATIONS: ([], ["fido2", "password,sms"], ["federatedMultiFactor"]),
    },
    neutral={
        _INCLUDED_USERS: "All is more than the roles, anybody else is not asked about",
        at(_GRANT): "its controls are what counts",
        at("grantControls.operator"): "OR is judged as the weaker of the two",
    },
    allowed=(
        StackExample("the roles, with a strength of this program", (_NATIVE, _LIMITED), SETTINGS),
        StackExample(
            "the roles, with the built-in strength",
            (policy("administrators", users=_HELD, grant=_BUILT_IN),),
            SETTINGS,
        ),
    ),
    disallowed=(
        StackExample(
            "any second factor",
            (policy("administrators", users=_HELD, grant={"operator": "OR", "builtInControls": ["mfa"]}),),
            SETTINGS,
        ),
        StackExample(
            "a push is enough",
            (_strength("fido2", "password,microsoftAuthenticatorPush"), _LIMITED),
            SETTINGS,
        ),
        StackExample(
            "one role",
            (_NATIVE, policy("one", users={"includedRoles": list(ROLES)[:1]}, grant=_ASKS)),
            SETTINGS,
        ),
    ),
    undecided=(
        StackExample(
            "a state that is not known yet",
            (_NATIVE, policy("new", users=_HELD, grant=_ASKS, state=UNKNOWN)),
            SETTINGS,
        ),
    ),
    blind_spot="A tenant whose policies are declared elsewhere: run the pack where they are.",
)
