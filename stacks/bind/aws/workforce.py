"""People's and pipelines' access to AWS: permission sets from entitlements, guardrails, emergency roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pulumi

from billing_identity.components.aws.guarded_role import GuardedRoleArgs
from billing_identity.components.aws.guardrails import GuardrailsArgs
from billing_identity.components.aws.permission_set import PermissionSetArgs
from billing_identity.components.aws.pipeline_provider import PipelineProviderArgs, pipeline_trust
from billing_identity.components.aws.policies import guardrails, permission_sets
from billing_identity.components.aws.policies.account_roles import break_glass_role, reader_role
from billing_identity.components.aws.policies.document import INLINE_LIMIT, allow, document
from billing_identity.components.aws.policies.duty_scope import Scope
from billing_identity.components.aws.policies.log_roles import role_trust
from billing_identity.components.aws.policies.resource_guardrail import resource_guardrail
from billing_identity.components.aws.workforce_boundary import NAME as BOUNDARY
from billing_identity.components.aws.workforce_boundary import WorkforceBoundaryArgs
from billing_identity.components.errors import ComponentInputError
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import RiskTag
from billing_identity.stacks.bind.aws.accounts import organization_id
from billing_identity.stacks.bind.aws.collection import log_tags
from billing_identity.stacks.bind.aws.detection import event_regions
from billing_identity.stacks.bind.aws.duties import cloud_system, duties
from billing_identity.stacks.bind.aws.stores import CI_DOCUMENTS, ISSUER, Names
from billing_identity.stacks.bind.people import system_grants
from billing_identity.stacks.monitoring_settings import WorkforceSettings
from billing_identity.stacks.names import BREAK_GLASS, partition, role_arn
from billing_identity.stacks.settings import Place

_WHERE: dict[str, tuple[Place, ...]] = {
    "break-glass": ("data",),
    "ephi-data-operator": ("data",),
    "key-administrator": ("keys",),
    "key-custodian": ("keys",),
    "log-reader": ("logs",),
    "network-operator": ("data",),
    "security-auditor": ("keys", "logs", "data", "workforce", "copies"),
}
"""Accounts in which each duty works."""
_HOUR = 60
_LONGEST = 240
"""Minutes: the longest session of a person in AWS (policy rule aws-permission-set-session-limit)."""


@dataclass(frozen=True)
class Set:
    """A permission set without its groups' ids, which may have to be looked up."""

    name: str
    args: PermissionSetArgs
    roles: tuple[str, ...]


@dataclass(frozen=True)
class WorkforceArgs:
    """Arguments of the workforce layer's components."""

    sets: tuple[Set, ...]
    boundaries: dict[Place, WorkforceBoundaryArgs]
    """By the first purpose of each account."""
    emergency: dict[Place, GuardedRoleArgs]
    readers: dict[Place, GuardedRoleArgs]
    """The roles with which previews read."""
    provider: PipelineProviderArgs | None
    pipeline: dict[str, GuardedRoleArgs]
    guardrails: GuardrailsArgs | None


def scope(names: Names) -> Scope:
    """Where the duties work, by construction."""
    aws = names.settings.aws
    return Scope(
        region=aws.region,
        replica_region=aws.replica_region,
        keys_account=aws.accounts["keys"],
        data_account=aws.accounts["data"],
        logs_account=aws.accounts["logs"],
        store_prefix=names.store_prefix,
        archive=names.archive,
        activity=names.activity,
        documents=names.documents,
        search_results=names.search_results,
        workgroup=f"{names.base}-log-search",
        database=f"{names.base}-logs".replace("-", "_"),
        log_groups=names.log_group("*"),
    )


def workforce_args(catalogue: Catalogue, names: Names, as_of: date) -> WorkforceArgs:
    """Everything of the layer.

    Raises ComponentInputError for an entitlement whose duty has no policy here.
    """
    settings = names.settings
    aws = settings.aws
    place = partition(aws.region)
    tagged = log_tags(catalogue, names)
    first = _first_purposes(names)
    everywhere = sorted({*aws.places.values(), aws.management_account})
    deployers = [f"arn:{place}:iam::{account}:role/{aws.deploy_role}" for account in everywhere]
    custodian = role_arn(aws, "keys", aws.key_custodian_role)
    workforce = aws.workforce
    entry = list(workforce.break_glass_entry) if workforce is not None else []
    return WorkforceArgs(
        sets=tuple(_sets(catalogue, names, workforce, as_of)) if workforce is not None else (),
        boundaries={purpose: {"deployers": [*deployers, custodian], "tags": tagged} for purpose in first},
        emergency={
            purpose: {
                "role": BREAK_GLASS,
                "trust": _entry_trust(entry, place, organization_id(settings)),
                "policy": break_glass_role(scope(names)),
                "session_seconds": 3600,
                "description": "Emergency access outside IAM Identity Center; every use raises an alarm",
                "tags": tagged,
            }
            for purpose in first
            if entry
        },
        readers=_readers(names, tagged) if workforce is not None and workforce.ci is not None else {},
        provider=_provider(workforce, tagged),
        pipeline=_pipeline(names, workforce, tagged),
        guardrails=_guardrails(catalogue, names, [*deployers, custodian], tagged),
    )


def _first_purposes(names: Names) -> dict[Place, str]:
    """One purpose an account, in order: in a single account all duties share one."""
    found: dict[str, Place] = {}
    for purpose, account in names.settings.aws.places.items():
        found.setdefault(account, purpose)
    return {purpose: account for account, purpose in found.items()}


def _sets(catalogue: Catalogue, names: Names, workforce: WorkforceSettings, as_of: date) -> list[Set]:
    aws = names.settings.aws
    system = cloud_system(catalogue)
    grants = system_grants(catalogue, system.id, as_of)
    tier = catalogue.access_policy.tiers[system.tier]
    found: list[Set] = []
    faults: list[str] = []
    for key, entitlement in sorted(system.entitlements.items()):
        if entitlement.permission_set is None:
            continue
        if key not in permission_sets.DUTIES:
            known = ", ".join(sorted(permission_sets.DUTIES))
            faults.append(
                f"entitlement {system.id}/{key}: no AWS policy for this duty; name it one of {known}"
            )
            continue
        short = key == "break-glass" or {RiskTag.ADMINISTERS_KEYS, RiskTag.DESTROYS_KEYS} & set(
            entitlement.risks
        )
        longest = min(tier.session.lifetime_hours * _HOUR, _LONGEST)
        roles = tuple(role for role, held in grants.items() if f"{system.id}/{key}" in held)
        found.append(
            Set(
                name=f"set-{key}",
                roles=roles,
                args={
                    "permission_set": entitlement.permission_set,
                    "description": entitlement.title,
                    "instance_arn": workforce.instance_arn,
                    "region": names.settings.aws.home_region,
                    "session_minutes": _HOUR if short else longest,
                    "policy": permission_sets.duty_policy(key, scope(names)),
                    "boundary": BOUNDARY,
                    "groups": {},
                    "accounts": sorted({aws.places[place] for place in _WHERE[key] if place in aws.places}),
                    "tags": {**log_tags(catalogue, names), "CatalogueId": f"entitlement:{system.id}/{key}"},
                },
            )
        )
    if faults:
        raise ComponentInputError("\n".join(faults))
    return found


def group_ids(workforce: WorkforceSettings, roles: tuple[str, ...]) -> dict[str, pulumi.Input[str] | None]:
    """Group id by role from the settings; None for one that has to be looked up."""
    return {role: workforce.groups.get(role) for role in roles}


def _entry_trust(entry: list[str], place: str, organization: str | None) -> str:
    if not entry:
        return ""
    accounts = {arn.split(":")[4] for arn in entry}
    if len(accounts) != 1:
        raise ComponentInputError(
            f"break_glass_entry: roles of {len(accounts)} accounts; name roles of one account"
        )
    return role_trust(accounts.pop(), entry, place, organization)


def _readers(names: Names, tagged: dict[str, str]) -> dict[Place, GuardedRoleArgs]:
    settings = names.settings
    entry = role_arn(settings.aws, "workforce", names.role("ci-preview"))
    trust = role_trust(settings.aws.accounts["workforce"], [entry], partition(settings.aws.region))
    return {
        purpose: {
            "role": settings.readers.aws_role,
            "trust": trust,
            "policy": reader_role(),
            "description": "Previews and drift checks read states; no contents, no change",
            "tags": tagged,
        }
        for purpose in _first_purposes(names)
    }


def _provider(workforce: WorkforceSettings | None, tagged: dict[str, str]) -> PipelineProviderArgs | None:
    if workforce is None or workforce.ci is None:
        return None
    return {"issuer": workforce.ci.issuer, "audience": workforce.ci.audience, "tags": tagged}


def _pipeline(
    names: Names, workforce: WorkforceSettings | None, tagged: dict[str, str]
) -> dict[str, GuardedRoleArgs]:
    """The entry roles: one may take on the reading role of each account, one the deploying role, one the role
    that issues documents."""
    if workforce is None or workforce.ci is None:
        return {}
    settings, ci = names.settings, workforce.ci
    aws = settings.aws
    place = partition(aws.region)
    found: dict[str, GuardedRoleArgs] = {}
    everywhere = sorted({*aws.places.values(), aws.management_account})
    logs = [aws.accounts["logs"]]
    issuing = ci.document_subjects or ci.deploy_subjects
    for duty, what, target, accounts, subjects in (
        ("ci-preview", "previews", settings.readers.aws_role, everywhere, ci.preview_subjects),
        ("ci-deploy", "deploys", aws.deploy_role, everywhere, ci.deploy_subjects),
        (CI_DOCUMENTS, "issues documents", names.role(ISSUER), logs, issuing),
    ):
        roles = [f"arn:{place}:iam::{account}:role/{target}" for account in accounts]
        found[duty] = {
            "role": names.role(duty),
            "trust": pipeline_trust(aws.accounts["workforce"], place, ci.issuer, ci.audience, list(subjects)),
            "policy": document(
                duty, [allow("TakeOnOneRole", ("sts:AssumeRole",), resources=roles)], INLINE_LIMIT
            ),
            "description": f"Pipeline, {what}",
            "tags": tagged,
        }
    return found


def _guardrails(
    catalogue: Catalogue, names: Names, deployers: list[str], tagged: dict[str, str]
) -> GuardrailsArgs | None:
    aws = names.settings.aws
    organization = organization_id(names.settings)
    if organization is None:
        return None
    accounts = sorted(set(aws.places.values()) - {aws.management_account})
    if not accounts:
        return None
    siem = [aws.siem.account] if aws.siem is not None else []
    keepers = [role_arn(aws, "data", names.role(duty)) for duty in ("backup", "scanner")]
    return {
        "service_policies": {
            "audit": guardrails.audit_guardrail(
                deployers, duties(catalogue, names.settings).custodians, keepers
            ),
            "identity": guardrails.identity_guardrail(deployers),
            "place": guardrails.place_guardrail([aws.region, aws.replica_region], event_regions(aws)),
        },
        "resource_policies": {"resources": resource_guardrail(organization, siem)},
        "accounts": accounts,
        "tags": tagged,
    }
