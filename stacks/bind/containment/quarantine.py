"""Roles of AWS that an incident denies: the denial reaches them, and they are not our own way out."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.roles.model.incident import Incident
from billing_identity.roles.yaml_tree import Steps
from billing_identity.stacks.names import BREAK_GLASS, partition
from billing_identity.stacks.settings import Settings

Fault = tuple[Steps, str, str]
PIPELINE = ("-ci-deploy", "-ci-preview", "-ci-documents")
"""Ends of the names of the pipeline's roles."""


def beyond_the_denial(incident: Incident, settings: Settings) -> tuple[str, ...]:
    """Roles that no service control policy denies: those of the management account (AWS Organizations User
    Guide, "Service control policies": they don't affect users or roles in the management account), and all
    of them where there is no organisation."""
    if not settings.capabilities.aws_organization:
        return incident.scope.aws_roles
    management = settings.aws.management_account
    return tuple(role for role in incident.scope.aws_roles if _account(role) == management)


def quarantine_faults(incident: Incident, settings: Settings) -> Iterator[Fault]:
    """Path, message and remedy for each role that can't be denied, or that is needed to end the incident."""
    aws, scope = settings.aws, incident.scope
    ours = {aws.management_account, *aws.places.values()}
    needed = {
        BREAK_GLASS,
        aws.deploy_role,
        aws.key_administrator_role,
        aws.key_custodian_role,
        settings.readers.aws_role,
    }
    for index, role in enumerate(scope.aws_roles):
        path: Steps = ("scope", "aws_roles", index)
        name = role.rsplit("/", 1)[1]
        if role.split(":")[1] != partition(aws.region):
            yield (
                path,
                f"`{role}` is in another partition than `{aws.region}`: nothing would be denied",
                f"write `arn:{partition(aws.region)}:...`",
            )
        elif _account(role) not in ours:
            yield (
                path,
                f"`{role}` is in an account that is none of ours: the denial is attached to ours alone",
                "take it out, and close what it reaches: the trust or the resource policy that names it",
            )
        elif (name in needed or name.endswith(PIPELINE)) and not scope.sealed_account:
            yield (
                path,
                f"`{role}` is a role by which this program or its operators work: they would be shut out",
                "take it out, or, if it is meant, write `sealed_account: true` under `scope`",
            )


def _account(role: str) -> str:
    return role.split(":")[4]
