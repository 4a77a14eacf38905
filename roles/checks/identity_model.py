"""People come from one primary provider, and every other provider trusts it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "identity-model"
TITLE = "One primary identity provider, and a declared direction of federation"
CITATIONS = ("164.312(d)", "164.312(a)(2)(i)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """No primary, links that don't start at it, systems behind a provider that no link reaches."""
    policy = catalogue.access_policy
    model = policy.identity

    def fault(path: Steps, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            policy,
            path,
            code=ID,
            message=message,
            remedy=remedy,
            severity="input",
            citations=CITATIONS,
        )

    if model.primary is Provider.NONE:
        yield fault(("identity", "primary"), "there is no primary identity provider", "write okta or entra")
        return
    for index, link in enumerate(model.federation):
        if link.source is not model.primary or link.target in (model.primary, Provider.NONE):
            yield fault(
                ("identity", "federation", index),
                f"federation runs from {link.source.value} to {link.target.value}; "
                f"people come from {model.primary.value}",
                f"write `source: {model.primary.value}` and another provider as target",
            )
        elif link.target is Provider.OKTA and link.mfa_accepted:
            yield fault(
                ("identity", "federation", index, "mfa_accepted"),
                f"okta is to take the second factor of {link.source.value}, and nothing here makes it; each "
                "rule for an application asks for a factor enrolled in Okta",
                "write `mfa_accepted: false`",
            )
    reached = {model.primary, *(link.target for link in model.federation)}
    for system in catalogue.systems.values():
        provider = system.identity.provider
        if provider is not Provider.NONE and provider not in reached:
            yield finding(
                catalogue,
                system,
                ("identity", "provider"),
                code=ID,
                message=f"system `{system.id}` signs in through {provider.value}, "
                f"which no federation joins to {model.primary.value}",
                remedy="add the link to `identity.federation` of the access policy, or move the system",
                severity="input",
                citations=CITATIONS,
            )
        if system.identity.federation is Federation.PERMISSION_SET and provider is not model.primary:
            yield finding(
                catalogue,
                system,
                ("identity", "provider"),
                code=ID,
                message=f"system `{system.id}`: IAM Identity Center has one source, the primary "
                f"{model.primary.value}, not {provider.value}",
                remedy=f"write `provider: {model.primary.value}`",
                severity="input",
                citations=CITATIONS,
            )
