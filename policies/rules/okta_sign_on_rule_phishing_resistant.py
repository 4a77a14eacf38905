"""Every way into an application with ePHI asks for a factor that a look-alike site can't relay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.okta import lets_in, rule_name, sign_on_rules
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError, View
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    OKTA_OAUTH,
    OKTA_POLICY_ASSIGNMENT,
    OKTA_SAML,
    OKTA_SIGN_ON_POLICY,
    OKTA_SIGN_ON_RULE,
    OKTA_SIGN_ON_RULES,
)
from billing_identity.policies.framework.wire import UNKNOWN

_APPS = (OKTA_SAML, OKTA_OAUTH)


def _resistant(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    served = _Served(graph, context)
    for resource in graph.of(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES):
        yield from told(_resource(graph, resource, served), resource.urn)


def _resource(graph: Graph, resource: ResourceView, served: _Served) -> Iterator[Finding]:
    policy = graph.target(resource, "policyId", (OKTA_SIGN_ON_POLICY,))
    if policy is not None and not served.needs(policy):
        return
    for rule in _rules(resource):
        yield from told(_rule(resource, rule), resource.urn)


def _rules(resource: ResourceView) -> list[View]:
    try:
        return sign_on_rules(resource)
    except UndecidedError:
        return [View(UNKNOWN, "rules")]


def _rule(resource: ResourceView, rule: View) -> Iterator[Finding]:
    if not lets_in(rule):
        return
    if rule.text("type", "ASSURANCE") == "AUTH_METHOD_CHAIN":
        yield Finding(
            f"{rule_name(rule)} lets in by a chain of methods, which can't be judged", urn=resource.urn
        )
        return
    constraints = rule.documents("constraints")
    if not constraints:
        yield Finding(f"{rule_name(rule)} lets in without `constraints`", urn=resource.urn)
    for constraint in constraints:
        possession = constraint.node("possession")
        if (
            possession is None
            or possession.text("phishingResistant") != "REQUIRED"
            or not possession.flag("required", default=False)
        ):
            yield Finding(
                f"{rule_name(rule)} can be satisfied without a phishing-resistant possession factor",
                urn=resource.urn,
            )


class _Served:
    """Which applications each sign-on policy lets people into, and whether one of them needs resistance."""

    def __init__(self, graph: Graph, context: RuleContext) -> None:
        self._catalogue = context.catalogue
        self._exempt = set(context.texts("otherPolicies"))
        self._doubts: list[UndecidedError] = []
        self._labels: defaultdict[str, list[str | None]] = defaultdict(list)
        for app in graph.of(*_APPS):
            self._note(graph, app, "authenticationPolicy", _label(app))
        for assignment in graph.of(OKTA_POLICY_ASSIGNMENT):
            self._note(graph, assignment, "policyId", None)

    def _note(self, graph: Graph, resource: ResourceView, prop: str, label: str | None) -> None:
        try:
            policy = graph.target(resource, prop, (OKTA_SIGN_ON_POLICY,))
        except UndecidedError as error:
            self._doubts.append(error)
            return
        except MalformedError:
            return
        if policy is not None:
            self._labels[policy.urn].append(label)

    def needs(self, policy: ResourceView) -> bool:
        """Whether the policy must be phishing-resistant: unless all its applications are known not to."""
        if self._catalogue is None:
            return policy.text("name", "") not in self._exempt
        labels = self._labels.get(policy.urn)
        if not labels or not all(self._relaxed(label) for label in labels):
            return True
        if self._doubts:
            raise self._doubts[0]
        return False

    def _relaxed(self, label: str | None) -> bool:
        assert self._catalogue is not None  # noqa: S101 - for the type checker
        for system in self._catalogue.systems.values():
            if system.title == label:
                return not self._catalogue.access_policy.tiers[system.tier].phishing_resistant
        return False


def _label(app: ResourceView) -> str | None:
    try:
        return app.text("label")
    except (UndecidedError, MalformedError):
        return None


_STRONG = '{"possession":{"phishingResistant":"REQUIRED","required":true}}'
_WEAK = '{"possession":{"deviceBound":"REQUIRED","required":true}}'


def _records(constraint: object, label: str = "Billing") -> tuple[ResourceRecord, ...]:
    return (
        ResourceRecord(
            f"urn:pulumi:prod::identity::{OKTA_SIGN_ON_POLICY}::tier",
            OKTA_SIGN_ON_POLICY,
            "tier",
            {"name": "tier", "catchAll": False},
            id="rst1",
        ),
        ResourceRecord(
            f"urn:pulumi:prod::identity::{OKTA_SIGN_ON_RULES}::tier",
            OKTA_SIGN_ON_RULES,
            "tier",
            {
                "policyId": "rst1",
                "rules": [
                    {"name": "contained", "access": "DENY", "priority": 1.0},
                    {"name": "tier", "access": "ALLOW", "priority": 2.0, "constraints": [constraint]},
                ],
            },
        ),
        ResourceRecord(
            f"urn:pulumi:prod::identity::{OKTA_SAML}::app",
            OKTA_SAML,
            "app",
            {"label": label, "authenticationPolicy": "rst1"},
        ),
    )


_RULES = OKTA_SIGN_ON_RULES
_CONSTRAINT = f"{_RULES}: rules[*].constraints[*]#.possession"
_ASSIGNED = ResourceRecord(
    f"urn:pulumi:prod::identity::{OKTA_POLICY_ASSIGNMENT}::other",
    OKTA_POLICY_ASSIGNMENT,
    "other",
    {"appId": "0oa9", "policyId": "rst1"},
)

RULE = StackRule(
    title="Okta sign-on to applications with ePHI resists phishing",
    severity=Severity.HIGH,
    why="Codes and pushes can be relayed by a look-alike site; that is how most accounts are taken over.",
    remedy='require `"phishingResistant": "REQUIRED"` and `"required": true` in each constraint of the rule',
    parameters={
        "otherPolicies": {
            "type": "array",
            "items": {"type": "string"},
            "default": [],
            "description": (
                "Without a catalogue: names of sign-on policies that serve no application with ePHI or "
                "privileges. With one, the systems' tiers say it."
            ),
        }
    },
    types=(OKTA_SIGN_ON_RULE, OKTA_SIGN_ON_RULES),
    checks=(_resistant,),
    reads={
        f"{_RULES}: policyId": "safe",
        f"{_RULES}: rules": "safe",
        f"{_RULES}: rules[*].access": "safe",
        f"{_RULES}: rules[*].name": "safe",
        f"{_RULES}: rules[*].type": "safe",
        f"{_RULES}: rules[*].constraints": "fails",
        f"{_CONSTRAINT}": "fails",
        f"{_CONSTRAINT}.phishingResistant": "fails",
        f"{_CONSTRAINT}.required": "fails",
        f"{OKTA_SIGN_ON_POLICY}: name": "safe",
        f"{OKTA_SAML}: label": "safe",
        f"{OKTA_SAML}: authenticationPolicy": "safe",
        f"{OKTA_POLICY_ASSIGNMENT}: policyId": "safe",
    },
    weaker={
        f"{_RULES}: rules": ([{"access": "ALLOW"}], [dict[str, object]()]),
        f"{_RULES}: rules[*].type": ("AUTH_METHOD_CHAIN",),
        f"{_RULES}: rules[*].constraints": ([], [_WEAK], [_STRONG, _WEAK], ["{}"]),
        _CONSTRAINT: (dict[str, object](), {"required": True}),
        f"{_CONSTRAINT}.phishingResistant": ("OPTIONAL", "required", ""),
        f"{_CONSTRAINT}.required": (False,),
    },
    neutral={
        f"{_RULES}: policyId": "a policy that nobody knows must resist",
        f"{_RULES}: rules[*].access": "a rule that denies lets nobody in",
        f"{_RULES}: rules[*].name": "a name, for the message",
        f"{OKTA_SIGN_ON_POLICY}: name": "only the parameter's names are exempt",
        f"{OKTA_SAML}: label": "see the example of a push",
        f"{OKTA_SAML}: authenticationPolicy": "see the example of a push",
        f"{OKTA_POLICY_ASSIGNMENT}: policyId": "an assignment only adds an application that must resist",
    },
    allowed=(
        StackExample(
            "a phishing-resistant factor",
            (*_records(_STRONG), _ASSIGNED),
            SEPARATION.settings,
        ),
        StackExample(
            "a push, for a system whose tier takes it",
            _records(_WEAK, "Wiki"),
            SEPARATION.settings,
            weaker={
                f"{OKTA_SAML}: label": ("Billing", "Else", "wiki", "Wiki ", None),
                f"{OKTA_SAML}: authenticationPolicy": ("rst2",),
                f"{_RULES}: policyId": ("rst2",),
            },
        ),
        StackExample("without a catalogue", _records(_STRONG)),
    ),
    disallowed=(
        StackExample("a push, for a system with ePHI", _records(_WEAK), SEPARATION.settings),
        StackExample("a push, for an application nobody knows", _records(_WEAK, "Else"), SEPARATION.settings),
        StackExample("a push, without a catalogue", _records(_WEAK)),
        StackExample("no JSON", _records("possession"), SEPARATION.settings),
    ),
    undecided=(StackExample("a constraint not known yet", _records(UNKNOWN), SEPARATION.settings),),
    tolerates={
        f"{kind}: {path}": "a policy whose applications can't be told must resist"
        for kind, path in (
            (OKTA_SAML, "label"),
            (OKTA_SAML, "authenticationPolicy"),
            (OKTA_POLICY_ASSIGNMENT, "policyId"),
        )
    },
    blind_spot="What an application accepts beside Okta: the catalogue's check of local accounts.",
)
