"""What the AWS settings name and only the catalogue knows: approvers, roles, systems, sealed accounts, and
the countries in which clients allow their data to lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from billing_identity.roles.checks.finding import spoken
from billing_identity.roles.checks.reach import served
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Federation, RiskTag
from billing_identity.roles.problems import Location, Problem
from billing_identity.roles.yaml_tree import Steps
from billing_identity.stacks.aws_faults import Fault
from billing_identity.stacks.bind.aws.duties import cloud_system, permission_sets
from billing_identity.stacks.bind.people import system_grants
from billing_identity.stacks.name_lengths import name_faults
from billing_identity.stacks.regions import country_of
from billing_identity.stacks.settings import Settings


def catalogue_faults(
    settings: Settings, catalogue: Catalogue, as_of: date, locate: Callable[[Steps], Location]
) -> tuple[Problem, ...]:
    """One problem for each fault; `locate` gives the place of a path in the settings' file."""
    found = (
        *_single_account(settings, catalogue, as_of),
        *_names(settings, catalogue, as_of),
        *_sealed(settings, catalogue),
        *_countries(settings, catalogue),
        *_reviewers(settings, catalogue),
    )
    told = (
        Problem.at(locate(path), code="settings", message=message, remedy=remedy, subject="settings")
        for path, message, remedy in found
    )
    return (*told, *name_faults(settings, catalogue))


def _single_account(settings: Settings, catalogue: Catalogue, as_of: date) -> Iterator[Fault]:
    decision = settings.aws.single_account
    if decision is None:
        return
    approvers = catalogue.access_policy.exception_approvers
    if decision.approver not in approvers:
        yield (
            ("aws", "single_account", "approver"),
            f"`{decision.approver}` may not approve it",
            f"have it approved by {' or '.join(sorted(approvers))}",
        )
    if decision.approved > as_of:
        yield (
            ("aws", "single_account", "approved"),
            f"the decision is dated {decision.approved}, which is to come",
            "write the day of the decision",
        )
    if decision.review < as_of:
        yield (
            ("aws", "single_account", "review"),
            f"the decision was to be weighed again by {decision.review}",
            "weigh it again, and date it",
        )


def _names(settings: Settings, catalogue: Catalogue, as_of: date) -> Iterator[Fault]:
    workforce, okta = settings.aws.workforce, settings.okta
    if workforce is not None:
        here: Steps = ("aws", "workforce", "groups")
        yield from _unknown(here, workforce.groups, catalogue.roles, "role")
        granted = system_grants(catalogue, cloud_system(catalogue).id, as_of)
        for role in workforce.groups:
            if role in catalogue.roles and role not in granted:
                yield (*here, role), f"`{role}` is granted nothing in AWS", "remove it, or grant it something"
    if okta is not None:
        yield from _unknown(("okta", "scim_connected"), okta.scim_connected, catalogue.systems, "system")
        here = ("okta", "approval_sequences")
        yield from _unknown(here, okta.approval_sequences, catalogue.roles, "role")
        first: dict[str, str] = {}
        for role, sequence in okta.approval_sequences.items():
            if first.setdefault(sequence, role) != role:
                yield (
                    (*here, role),
                    f"`{role}` and `{first[sequence]}` have one sequence of approvals",
                    "give each role the sequence with its own approvers",
                )


def _unknown(path: Steps, given: Iterable[str], known: Iterable[str], what: str) -> Iterator[Fault]:
    names = sorted(known)
    for index, name in enumerate(given):
        if name not in names:
            near = get_close_matches(name, names, n=1)
            meant = f"did you mean `{near[0]}`?" if near else "correct it, or remove it"
            step = name if isinstance(given, Mapping) else index
            yield (*path, step), f"`{name}` is no {what} of the catalogue", meant


def _sealed(settings: Settings, catalogue: Catalogue) -> Iterator[Fault]:
    wanted = catalogue.access_policy.break_glass.accounts_minimum
    alerting = settings.aws.alerting
    for provider, users in (
        ("okta", alerting.break_glass_okta_users),
        ("entra", alerting.break_glass_entra_users),
    ):
        if getattr(settings, provider) is not None and len(set(users)) < wanted:
            yield (
                ("aws", "alerting", f"break_glass_{provider}_users"),
                f"{len(set(users))} of at least {wanted} sealed accounts in {provider} are named: "
                "nobody would hear of the others' use",
                "name the id of each sealed account",
            )


def _countries(settings: Settings, catalogue: Catalogue) -> Iterator[Fault]:
    """Stores lie in both Regions. An unlisted Region is in no country that a client allows."""
    clouds = [
        system
        for system in catalogue.systems.values()
        if system.identity.federation is Federation.PERMISSION_SET
    ]
    for name in ("region", "replica_region"):
        region: str = getattr(settings.aws, name)
        country = country_of(region)
        where = f"`{region}` is in {country or 'no country that is known'}"
        refusing = [
            client.id
            for client in served(catalogue)
            if country not in client.allowed_countries or (client.offshore_ban and country != "US")
        ]
        if refusing:
            yield (
                ("aws", name),
                f"{where}, where {spoken(sorted(refusing))} {'lets' if len(refusing) == 1 else 'let'} "
                "no data lie",
                "use a Region in a country that every client's `allowed_countries` and `offshore_ban` allow",
            )
        for system in clouds:
            if country not in system.hosted_in:
                yield (
                    ("aws", name),
                    f"{where}; system `{system.id}` is hosted in {spoken(sorted(system.hosted_in))}",
                    "use a Region there, or correct the system's `hosted_in`",
                )


def _reviewers(settings: Settings, catalogue: Catalogue) -> Iterator[Fault]:
    exchange = settings.aws.exchange
    if exchange is None or not exchange.quarantine_reviewers:
        return
    usable = permission_sets(cloud_system(catalogue), RiskTag.USES_KEYS)
    for index, name in enumerate(exchange.quarantine_reviewers):
        if name not in usable:
            yield (
                ("aws", "exchange", "quarantine_reviewers", index),
                f"`{name}` is no permission set that uses keys",
                f"write one of {', '.join(usable)}",
            )
