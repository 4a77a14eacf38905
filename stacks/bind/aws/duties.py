"""Who manages, destroys and uses keys and who reads logs: from the risk tags of the AWS system's
entitlements."""

from __future__ import annotations

from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.errors import ComponentInputError
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, RiskTag
from billing_identity.stacks.names import BREAK_GLASS, partition, role_arn
from billing_identity.stacks.settings import Purpose, Settings


@dataclass(frozen=True)
class Duties:
    """Role ARNs and patterns, by what their holders do."""

    administrators: tuple[str, ...]
    """In the keys account."""
    custodians: tuple[str, ...]
    """In the keys account; the role that deploys the keys is first."""
    data_users: tuple[str, ...]
    """In the data account; the break-glass role is one where the settings declare a way into it."""
    log_readers: tuple[str, ...]
    """In the log account."""
    observers: tuple[str, ...]
    """In the keys account: auditors, and the role with which previews and drift checks read."""


def cloud_system(catalogue: Catalogue) -> System:
    """The system that stands for AWS: the one whose entitlements are permission sets.

    Raises ComponentInputError when there is none or more than one.
    """
    found = [
        system
        for system in catalogue.systems.values()
        if system.identity.federation is Federation.PERMISSION_SET
    ]
    if len(found) != 1:
        names = ", ".join(system.id for system in found) or "none"
        raise ComponentInputError(
            f"systems with `federation: permission-set`: {names}; the AWS layers need exactly one"
        )
    return found[0]


def permission_sets(system: System, risk: RiskTag) -> tuple[str, ...]:
    """Names of the permission sets of entitlements that carry a risk tag, sorted."""
    return tuple(
        sorted(
            {
                entitlement.permission_set
                for entitlement in system.entitlements.values()
                if entitlement.permission_set is not None and risk in entitlement.risks
            }
        )
    )


def duties(catalogue: Catalogue, settings: Settings) -> Duties:
    """The four duties as role ARNs.

    Raises ComponentInputError when a duty has no permission set, or when one set carries two duties over
    keys: in different accounts these would be different roles, but the same people.
    """
    system = cloud_system(catalogue)
    aws = settings.aws
    sets = {
        risk: permission_sets(system, risk)
        for risk in (
            RiskTag.ADMINISTERS_KEYS,
            RiskTag.DESTROYS_KEYS,
            RiskTag.USES_KEYS,
            RiskTag.READS_AUDIT_LOG,
        )
    }
    faults = [
        f"system {system.id}: no entitlement with a permission set carries the risk `{risk.value}`"
        for risk, names in sets.items()
        if not names
    ]
    keys = (RiskTag.ADMINISTERS_KEYS, RiskTag.DESTROYS_KEYS, RiskTag.USES_KEYS)
    for index, left in enumerate(keys):
        for right in keys[index + 1 :]:
            faults += [
                f"system {system.id}: permission set {name} carries `{left.value}` and `{right.value}`; "
                "split it, one person may not hold both"
                for name in sorted(set(sets[left]) & set(sets[right]))
            ]
    if faults:
        raise ComponentInputError("\n".join(faults))

    def roles(purpose: Purpose, risk: RiskTag) -> tuple[str, ...]:
        return tuple(
            pattern
            for name in sets[risk]
            for pattern in arns.permission_set_roles(
                aws.accounts[purpose], name, aws.home_region, partition(aws.region)
            )
        )

    return Duties(
        administrators=(
            role_arn(aws, "keys", aws.key_administrator_role),
            *roles("keys", RiskTag.ADMINISTERS_KEYS),
        ),
        custodians=(
            role_arn(aws, "keys", aws.key_custodian_role),
            *roles("keys", RiskTag.DESTROYS_KEYS),
        ),
        data_users=(*roles("data", RiskTag.USES_KEYS), *_emergency(settings)),
        log_readers=roles("logs", RiskTag.READS_AUDIT_LOG),
        observers=(role_arn(aws, "keys", settings.readers.aws_role), *_auditors(system, settings)),
    )


def _auditors(system: System, settings: Settings) -> list[str]:
    """Whoever holds the entitlement to read settings in every account."""
    auditor = system.entitlements.get("security-auditor")
    if auditor is None or auditor.permission_set is None:
        return []
    aws = settings.aws
    return arns.permission_set_roles(
        aws.accounts["keys"], auditor.permission_set, aws.home_region, partition(aws.region)
    )


def _emergency(settings: Settings) -> tuple[str, ...]:
    """Access to ePHI in an emergency (164.312(a)(2)(ii)) must not need IAM Identity Center."""
    workforce = settings.aws.workforce
    if workforce is None or not workforce.break_glass_entry:
        return ()
    return (role_arn(settings.aws, "data", BREAK_GLASS),)
