"""An authentication strength holds combinations that resist phishing, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ENTRA_STRENGTH
from billing_identity.roles.model.vocabulary import Provider

RESISTANT = frozenset({"fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor"})
"""Microsoft's phishing-resistant set ("Conditional Access authentication strength")."""
ONE_TIME_PASS = "temporaryAccessPassOneTime"  # noqa: S105 - a method's name
"""For registering the first key; entra-one-time-pass-for-registration-only holds it to that."""
FEDERATED = "federatedMultiFactor"


def _combinations(strength: ResourceView, context: RuleContext) -> Iterator[Finding]:
    combinations = strength.texts("allowedCombinations").all()
    if not combinations:
        yield Finding("`allowedCombinations` is empty")
    allowed = {*RESISTANT, ONE_TIME_PASS, *context.texts("alsoAllowed")}
    if _federation_accepted(context):
        allowed.add(FEDERATED)
    weak = sorted(set(combinations) - allowed)
    if weak:
        yield Finding(f"`allowedCombinations` takes {', '.join(weak)}, which a look-alike site can relay")


def _federation_accepted(context: RuleContext) -> bool:
    if context.catalogue is None:
        return False
    links = context.catalogue.access_policy.identity.federation
    return any(link.target is Provider.ENTRA and link.mfa_accepted for link in links)


def _strength(*combinations: str) -> dict[str, object]:
    return {"displayName": "strength", "allowedCombinations": list(combinations), "__defaults": []}


RULE = ResourceRule(
    title="Entra authentication strengths resist phishing",
    severity=Severity.HIGH,
    why="A code or a push can be relayed by a look-alike site; a key that is bound to the site can't.",
    remedy="allow fido2, windowsHelloForBusiness and x509CertificateMultiFactor only",
    parameters={
        "alsoAllowed": {
            "type": "array",
            "items": {"type": "string"},
            "default": [],
            "description": (
                "Further combinations; `federatedMultiFactor` where another provider asks for the factor "
                "(a catalogue that declares such a federation says so by itself)."
            ),
        }
    },
    types=(ENTRA_STRENGTH,),
    checks=(_combinations,),
    reads={"allowedCombinations": "fails"},
    weaker={
        "allowedCombinations": (
            [],
            ["password,sms"],
            ["fido2", "password,microsoftAuthenticatorPush"],
            ["fido2", "temporaryAccessPassMultiUse"],
            ["fido2", "federatedMultiFactor"],
            ["fido2", "x509CertificateSingleFactor"],
        )
    },
    allowed=(
        Example(
            "the phishing-resistant set",
            ENTRA_STRENGTH,
            _strength("fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor"),
        ),
        Example("for registration", ENTRA_STRENGTH, _strength("fido2", ONE_TIME_PASS)),
    ),
    disallowed=(
        Example("with a push", ENTRA_STRENGTH, _strength("fido2", "password,microsoftAuthenticatorPush")),
        Example("with text messages", ENTRA_STRENGTH, _strength("password,sms")),
        Example("federated, and no federation declared", ENTRA_STRENGTH, _strength(FEDERATED)),
        Example("empty", ENTRA_STRENGTH, _strength()),
    ),
    blind_spot="What a federated provider really asks for: the rules of that provider.",
)
