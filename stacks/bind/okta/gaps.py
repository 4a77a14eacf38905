"""What Okta can't be told here, by licence, by setting or at all, and what stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Factor, Provider
from billing_identity.stacks.bind.okta import administration, applications, governance, sign_in
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.settings import OktaSettings, Settings


def gaps(catalogue: Catalogue, settings: Settings, okta: OktaSettings, as_of: date) -> tuple[Gap, ...]:
    """Every gap of the Okta half, sorted."""
    found = [
        *_licences(settings),
        *_settings(catalogue, okta, as_of),
        *_catalogue(catalogue, as_of),
        *_never(catalogue),
    ]
    return tuple(sorted(set(found)))


def _licences(settings: Settings) -> Iterator[Gap]:
    has = settings.capabilities
    if not has.okta_identity_governance:
        why = "no Identity Governance licence"
        yield Gap(
            "okta",
            "access reviews",
            why,
            "the owners compare the role groups with the catalogue at the same cadence and sign it",
        )
        yield Gap(
            "okta",
            "access requests that end by themselves",
            why,
            "an administrator adds and removes people on a ticket; drift names members past their end",
        )
    if not has.okta_adaptive_mfa:
        why = "no adaptive licence"
        yield Gap(
            "okta",
            "high-risk sign-ins denied; step-up for new device, new location and impossible travel",
            why,
            "the SIEM alerts on impossible travel and on failed sign-ins",
        )
        yield Gap(
            "okta",
            "anonymizers blocked, sign-in bound to countries",
            why,
            "ThreatInsight blocks known attackers; tiers with zones stay bound to the company's networks",
        )
    if not has.okta_device_trust:
        yield Gap(
            "okta",
            "managed and assured devices",
            "no device trust licence",
            "device management reports compliance; ePHI tiers still ask for a factor that resists phishing",
        )
    if not has.okta_api_access_management:
        yield Gap(
            "okta",
            "scopes of systems' own APIs",
            "no API Access Management licence",
            "each system grants its programs by itself; the service app proves who is calling",
        )


def _settings(catalogue: Catalogue, okta: OktaSettings, as_of: date) -> Iterator[Gap]:
    if okta.default_session_policy is None:
        yield Gap(
            "okta",
            "rules of the default session policy",
            "its id is not in the settings",
            "the workforce policy covers everybody and comes first",
        )
    if okta.account_management_policy is None:
        yield Gap(
            "okta",
            "registration and recovery of factors protected",
            "the account management policy's id is not in the settings",
            "recovery asks for an authenticator enrolled already; resets are announced and alerted on",
        )
    if okta.brand is None:
        yield Gap(
            "okta",
            "security e-mails kept on",
            "no brand in the settings",
            "Okta sends them by default; the log stream has the same events",
        )
    if not okta.passkey_limits:
        yield Gap(
            "okta",
            "synced passkeys refused and keys attested when they are enrolled",
            'the feature "Passkeys Rebrand" is not on (`passkey_limits`)',
            "the rules of ePHI and of administration ask for a key that is bound to its device",
        )
    for system in applications.scim_systems(catalogue):
        if system.id not in okta.scim_connected:
            yield Gap(
                "okta",
                f"provisioning switches of {system.id}",
                "its connection has not been made by hand (`scim_connected`)",
                "sign-in ends at once with the person's account; the account inside is removed by hand",
            )
    for role, system in governance.requestable(catalogue, as_of).items():
        if system is None:
            yield Gap(
                "okta",
                f"request for {role}",
                "it gives no application in Okta, and a request hangs on one",
                "an administrator adds and removes the person on an approved ticket, for the time it names",
            )
        elif role not in okta.approval_sequences:
            yield Gap(
                "okta",
                f"request for {role}",
                "no approval sequence in the settings (`approval_sequences`)",
                "an administrator adds and removes the person on an approved ticket, for the time it names",
            )


def _catalogue(catalogue: Catalogue, as_of: date) -> Iterator[Gap]:
    policy = catalogue.access_policy
    if any(link.target is Provider.OKTA for link in policy.identity.federation):
        yield Gap(
            "okta",
            "sign-in to Okta through the other provider",
            "its identity provider and routing rule are made by hand: two consoles exchange a certificate",
            "people enrol a factor in Okta besides, which every rule for an application asks for",
        )
    if policy.devices is None:
        yield Gap(
            "okta",
            "device assurance",
            "the access policy has no device profile (`devices`)",
            "a managed device is asked for, and device management keeps it encrypted and locked",
        )
    else:
        yield Gap(
            "okta",
            "pre-boot authentication",
            "no identity provider sees it",
            f"device management: {policy.devices.evidence} Attested by {policy.devices.attested_by}.",
        )
    if any(Factor.CERTIFICATE in tier.factors for tier in policy.tiers.values()):
        yield Gap(
            "okta",
            "smart card authenticator",
            "the provider has no authenticator key and no X.509 identity provider",
            "a security key or FastPass satisfies the same rule; a card set up in the console does too",
        )
    if (ends := sign_in.text_codes_until(policy, as_of)) is not None:
        yield Gap(
            "okta",
            f"text codes until {ends.isoformat()}",
            "SMS and voice can't be switched off one by one, and the group's members are assigned",
            "workforce systems only; policy and rule go on that day, and each use is alerted on",
        )
    if administration.console(catalogue) is not None and not administration.delegable(catalogue):
        yield Gap(
            "okta",
            "applications that an administrator may change",
            "each holds more than internal data or gives a risky entitlement",
            "applications change by this program alone",
        )
    for name, roles in administration.holders(catalogue, as_of).items():
        if filled := administration.rule_filled(catalogue, roles):
            yield Gap(
                "okta",
                f"members of okta-{name}",
                "Okta gives no administrator role to a group that a rule fills",
                f"people of {', '.join(filled)} are assigned to it; drift names whoever is not of them",
            )


def _never(catalogue: Catalogue) -> Iterator[Gap]:
    yield Gap(
        "okta",
        "limits of the Admin Console's own session",
        "no resource has them",
        "set in the console and read as evidence; its sign-on policy asks for the factor at every sign-in",
    )
    yield Gap(
        "okta",
        "policies edited and the system log read under a delegated role",
        "custom roles have no permission for either",
        "policies change by this program, in an emergency by the sealed accounts; the log is in the SIEM",
    )
    yield Gap(
        "okta",
        "people suspended after inactivity",
        "no resource has automations",
        f"an alert and a removal task after {catalogue.access_policy.inactivity.workforce_days} days "
        f"({catalogue.access_policy.inactivity.privileged_days} for privileged roles)",
    )
    yield Gap(
        "okta",
        "end of access and of training by date",
        "group rules know no dates",
        "the HR system flips employment and training status on the day",
    )
    yield Gap(
        "okta",
        "reviews that remove what a rule gives",
        "Okta leaves access from a group rule in place",
        "the refusal is a task: the attribute or the catalogue is changed, as the runbook says",
    )
    yield Gap(
        "okta",
        "account of the deployer",
        "it declares the others and predates them",
        "made at set-up by a super administrator; its scopes are in `stacks/providers.py`",
    )
    yield Gap(
        "okta",
        "suspicious activity reports by e-mail",
        "the resource takes no OAuth, only a long-lived token",
        "notices of factor reset, enrolment and new sign-on are declared; the log stream has the reports",
    )
    yield Gap(
        "okta",
        "addresses exempt from blocks",
        "Okta's DefaultExemptIpZone can be neither made nor found",
        "deployment and administrators' addresses are put into it by hand before anything is blocked",
    )
    yield Gap(
        "okta",
        "consent banner",
        "a text of the sign-in page, which is each company's own",
        "written into the brand's sign-in page in the console",
    )
