"""What is not declared in Entra, with what stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.entra import GRAPH_PERMISSIONS
from billing_identity.roles.model.service_account import PrivateKeyJwt
from billing_identity.roles.model.vocabulary import Federation, Provider, Provisioning
from billing_identity.stacks.bind.entra.directory import units
from billing_identity.stacks.bind.entra.groups import federated, requested
from billing_identity.stacks.bind.entra.privileged import LONGEST_ACTIVATION
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.settings import EntraSettings, Settings

CONDITIONAL_ACCESS = "conditional access, dynamic groups, groups assigned to applications"
"""Control of the gap that stands for every sign-in policy where the licence is missing."""
NO_RESOURCE = "azuread has no resource for it"
DRIFT = "the drift run reads it through Microsoft Graph and tells the difference"


def gaps(catalogue: Catalogue, settings: Settings, entra: EntraSettings, as_of: date) -> list[Gap]:
    """Every stated gap of the tenant, for the catalogue and the licences."""
    return [
        *_licences(settings),
        *_always(),
        *_devices(settings),
        *_settings(entra),
        *_systems(catalogue, settings),
        *_service_accounts(catalogue, entra),
        *_requests(catalogue, settings, as_of),
        *_federation(catalogue),
    ]


def privileged_access(settings: Settings) -> bool:
    """Whether activation and access packages are licensed: Entra ID P2 or Governance has both."""
    return settings.capabilities.entra_p2 or settings.capabilities.entra_governance


def _gap(control: str, why: str, stand_in: str) -> Gap:
    return Gap("entra", control, why, stand_in)


def _licences(settings: Settings) -> Iterator[Gap]:
    has = settings.capabilities
    if not has.entra_p1:
        yield _gap(
            CONDITIONAL_ACCESS,
            "no Entra ID P1",
            "security defaults; people are assigned to applications one by one and reviewed by hand",
        )
    if not has.entra_p2:
        yield _gap(
            "sign-in and user risk",
            "no Entra ID P2",
            "the alerts on failed sign-ins and impossible travel; a person decides",
        )
    if not privileged_access(settings):
        yield _gap(
            "activation of privileged roles, access packages and their reviews",
            "neither Entra ID P2 nor Governance",
            "no directory role is declared; requests, ends and reviews are tasks of the security officer",
        )
    yield from _governance(governed=has.entra_governance)
    if not has.entra_workload_identities:
        yield _gap(
            "conditional access of programs",
            "no Workload ID Premium",
            "federated credentials bound to one issuer and subject; the alert on an unknown address",
        )


def _governance(*, governed: bool) -> Iterator[Gap]:
    """P2 has activation and access packages with their reviews; the rest is a licence of its own.

    Microsoft, "Microsoft Entra ID Governance licensing fundamentals", features by license.
    """
    task = "an alert and a removal task at the policy's limit"
    console = f"azuread has no resource for access reviews; made once in the governance centre, and {task}"
    if governed:
        yield _gap("removal after inactivity", "dynamic rules can't read the last sign-in", console)
        return
    yield _gap(
        "removal after inactivity",
        "dynamic rules can't read the last sign-in, and reviews of inactive users need Entra ID Governance",
        task,
    )
    yield _gap(
        "recommendations to the reviewers of access packages",
        "no Entra ID Governance",
        "reviewers decide by the evidence report: entitlements, last use, training",
    )
    yield _gap(
        "reviews of who is eligible to activate a group",
        "no Entra ID Governance: reviews of PIM for groups need it",
        "people are eligible through role groups and packages, which HR's attributes and P2's reviews end",
    )


def _always() -> Iterator[Gap]:
    yield _gap("authentication methods policy (text codes, pass, migration)", NO_RESOURCE, DRIFT)
    yield _gap("user consent, guest invitations, who registers applications", NO_RESOURCE, DRIFT)
    yield _gap("cross-tenant access: whose second factor and device are trusted", NO_RESOURCE, DRIFT)
    yield _gap(
        "activation terms of the directory roles themselves",
        NO_RESOURCE,
        "roles are held by groups alone, and the groups' own terms apply",
    )
    yield _gap(
        "export of sign-in and audit logs",
        "diagnostic settings belong to another provider",
        "the declared read-only collector asks Microsoft Graph; its silence raises an alarm",
    )
    yield _gap(
        "idle limit of a session",
        "conditional access limits the age of a sign-in, not idleness",
        "screen lock of the device profile; idle time-out of Microsoft 365, set in its admin centre",
    )
    yield _gap(
        "end of access on a date",
        "dynamic rules have no arithmetic on dates of extension attributes",
        "HR changes the employment status on that day",
    )
    yield _gap(
        "two requested roles that may not meet",
        "azuread can't declare incompatible access packages",
        "the catalogue's separation-of-duties check, and the approver who is shown the conflict",
    )


def _devices(settings: Settings) -> Iterator[Gap]:
    """Conditional access on joining a device needs the tenant's own switch off.

    Microsoft, entra-docs, conditional-access/how-to-policy-mfa-device-register-join.
    """
    if settings.capabilities.entra_p1:
        yield _gap(
            "the tenant's own switch for a second factor when a device joins",
            NO_RESOURCE,
            "set to No by hand in the device settings: while it is on, CA320 is not enforced as declared",
        )


def _settings(entra: EntraSettings) -> Iterator[Gap]:
    if entra.terms_of_use is None:
        yield _gap("terms of use", "the settings name no agreement", "acknowledgement in the training system")
    if entra.security_mailbox is None:
        yield _gap(
            "notice of activations to a shared mailbox",
            "the settings name none",
            "Entra tells its own administrators",
        )


def _systems(catalogue: Catalogue, settings: Settings) -> Iterator[Gap]:
    for system in catalogue.systems.values():
        if system.identity.provider is not Provider.ENTRA:
            continue
        if system.identity.federation is Federation.BUILT_IN:
            inside = [name for name, entry in system.entitlements.items() if not entry.directory_roles]
            if inside:
                yield _gap(
                    f"permissions inside {system.id}: {', '.join(sorted(inside))}",
                    "the service grants them itself",
                    "its owner gives them to the role groups, never to people; reviewed with the system",
                )
            continue
        if system.identity.federation is Federation.OIDC:
            yield _gap(
                f"client credential of {system.id}",
                "Entra reads no address of keys, and a password would be in the state",
                "its owner registers the public half of a certificate, at most 365 days",
            )
        if system.identity.provisioning is Provisioning.SCIM:
            yield _gap(
                f"provisioning of accounts in {system.id}",
                "the job's bearer token would be in the state",
                "the job is made by hand; assignment alone decides who gets in, and leavers can't sign in",
            )
    for unit in units(catalogue) if privileged_access(settings) else ():
        yield _gap(
            f"members of the administrative unit {unit}",
            "azuread has no argument for a unit's membership rule",
            "the rule is set through Microsoft Graph; without it the unit's administrators reach nobody",
        )


def _service_accounts(catalogue: Catalogue, entra: EntraSettings) -> Iterator[Gap]:
    for account in catalogue.service_accounts.values():
        if account.provider is not Provider.ENTRA or account.id == entra.deployer:
            continue
        if isinstance(account.credential, PrivateKeyJwt):
            yield _gap(
                f"service account {account.id}",
                "Entra reads no address of keys",
                "workload federation instead, or a certificate registered by hand",
            )
            continue
        values = {
            catalogue.entitlement(entitlement).app_role or entitlement.name
            for entitlement in account.entitlements
        }
        for scope in sorted(set(account.scopes) - set(GRAPH_PERMISSIONS) - values):
            yield _gap(
                f"permission {scope} of {account.id}",
                "neither a reading permission of Microsoft Graph nor an entitlement that it holds",
                f"the owner of {account.system} grants it there",
            )


def _requests(catalogue: Catalogue, settings: Settings, as_of: date) -> Iterator[Gap]:
    for role in requested(catalogue, as_of) if privileged_access(settings) else ():
        terms = role.request
        if terms is not None and terms.max_hours > LONGEST_ACTIVATION and terms.max_hours % 24:
            yield _gap(
                f"the hours beyond {terms.max_hours // 24} days of {role.id}",
                "access packages count days",
                "the package ends earlier",
            )


def _federation(catalogue: Catalogue) -> Iterator[Gap]:
    if federated(catalogue.access_policy):
        yield _gap(
            "phishing-resistant factor of federated people",
            "Entra sees only that the other provider asked for a second factor",
            "the sign-on policy of Okta's Microsoft 365 application asks for it",
        )
