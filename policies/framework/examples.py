"""Material for the examples of rules: a catalogue of two roles, and small graphs of resources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.policies.framework.settings import read_settings
from billing_identity.policies.framework.tokens import (
    OKTA_GROUP,
    OKTA_GROUP_ASSIGNMENT,
    OKTA_GROUP_RULE,
    OKTA_SAML,
)
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.model.access_policy import (
    AccessPolicy,
    HrAttribute,
    HumanResources,
    IdentityModel,
    Organisation,
    SeparationOfDuties,
    SmsFallback,
    Tier,
)
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import IncidentPlan
from billing_identity.roles.model.role import Assignment, Grant, Role
from billing_identity.roles.model.system import Entitlement, Identity, System
from billing_identity.roles.model.vendor import Baa, BaaTerms, Vendor
from billing_identity.roles.model.vocabulary import DataClass, Federation, SystemKind
from billing_identity.roles.naming import role_group_name

EXAMPLE_CATALOGUE = "example"
"""Value of the `catalogue` setting of an example that stands for the catalogue below."""


@dataclass(frozen=True)
class Separation:
    """The separation of duties of the examples."""

    left: str = "billing/post-adjustments"
    right: str = "billing/approve-refunds"
    job_code: str = "RCM-POSTER"

    @property
    def settings(self) -> Mapping[str, object]:
        """Settings of an example that needs the catalogue."""
        return {"catalogue": EXAMPLE_CATALOGUE, "environment": "prod", "asOf": "2026-11-24"}


SEPARATION = Separation()
SYSTEM_TITLE = "Billing"
"""An application of a vendor whose agreement is complete, until the end of 2027."""
ARCHIVE_TITLE = "Archive"
"""One of a vendor whose agreement lacks a term."""
PORTAL_TITLE = "Portal"
"""One of a vendor without agreement."""

CLOUD_SET = "DataOperator"
"""A permission set of the cloud, for reading records."""
CLOUD_LOG_SET = "LogReader"
"""One for reading logs."""


@cache
def example_catalogue() -> Catalogue:
    """One system, two roles, one rule: whoever posts adjustments may not approve refunds."""
    policy = AccessPolicy.model_construct(
        id="access-policy",
        sms_fallback=SmsFallback(group="Fallback", ends="2027-04-30", reason="Keys are in the post."),
        identity=IdentityModel.model_construct(primary="okta", federation=()),
        hr=HumanResources.model_construct(
            source="HR",
            attributes={
                "job_code": HrAttribute.model_construct(okta="jobCode", entra="extensionAttribute1"),
                "employment_status": HrAttribute.model_construct(
                    okta="employmentStatus", entra="extensionAttribute2"
                ),
                "training_status": HrAttribute.model_construct(
                    okta="hipaaTrainingStatus", entra="extensionAttribute5"
                ),
            },
            active="ACTIVE",
            trained="CURRENT",
            job_codes={"RCM-POSTER": "Payment Poster", "RCM-REFUNDS": "Refund Approver"},
        ),
        separation_of_duties=(_rule(),),
        rings=(),
        enforced_since={},
        ring_deadlines={},
        exception_approvers=("security-officer",),
        tiers={
            "ephi": _tier("fido2", "device-bound"),
            "workforce": _tier("fido2", "push"),
            "privileged": _tier("fido2", lifetime_hours=4),
        },
    )
    systems = (
        _system(
            "billing",
            SYSTEM_TITLE,
            "acme",
            "ephi",
            {
                "post-adjustments": _entitlement("posts-adjustments"),
                "approve-refunds": _entitlement("approves-refunds"),
            },
        ),
        _system("wiki", "Wiki", None, "workforce"),
        _system("archive", ARCHIVE_TITLE, "shelf", "ephi"),
        _system("portal", PORTAL_TITLE, "nobody", "ephi"),
        _system(
            "cloud",
            "Cloud",
            None,
            "privileged",
            {
                "data-operator": _entitlement("uses-keys", permission_set=CLOUD_SET),
                "log-reader": _entitlement(
                    "reads-audit-log", data_class="security", permission_set=CLOUD_LOG_SET
                ),
            },
        ),
    )
    roles = (
        _role("data-operator", "CLOUD-OPS", "cloud/data-operator"),
        _role("payment-poster", "RCM-POSTER", SEPARATION.left),
        _role("refund-approver", "RCM-REFUNDS", SEPARATION.right),
    )
    return Catalogue(
        root=Path(),
        organisation=Organisation.model_construct(id="organisation"),
        access_policy=policy,
        incident_plan=IncidentPlan.model_construct(id="incident-plan"),
        roles={role.id: role for role in roles},
        systems={system.id: system for system in systems},
        clients={},
        vendors={
            "acme": _vendor("acme", _baa(complete=True)),
            "shelf": _vendor("shelf", _baa(complete=False)),
            "nobody": _vendor("nobody", None),
        },
        service_accounts={},
        exceptions={},
        training={},
        incidents={},
        trees={},
    )


def _rule() -> SeparationOfDuties:
    return SeparationOfDuties.model_validate(
        {
            "id": "adjustments-and-refunds",
            "title": "Posting adjustments and approving refunds",
            "left": {"title": "posts adjustments", "risks": ["posts-adjustments"]},
            "right": {"title": "approves refunds", "risks": ["approves-refunds"]},
            "rationale": "Together they let one person take money unseen.",
            "citations": ["164.308(a)(3)(i)"],
        }
    )


def _baa(*, complete: bool) -> Baa:
    terms = dict.fromkeys(BaaTerms.model_fields, True)
    return Baa.model_construct(
        expires=date(2027, 12, 31),
        grace_days=30,
        terms=BaaTerms.model_validate({**terms, "breach_reporting": complete}),
    )


def _vendor(vendor: str, baa: Baa | None) -> Vendor:
    return Vendor.model_construct(
        id=vendor, title=vendor, business_associate=True, data_classes=(DataClass.EPHI,), baa=baa
    )


def _tier(*factors: str, lifetime_hours: int = 12) -> Tier:
    return Tier.model_validate(
        {
            "title": "tier",
            "factors": list(factors),
            "session": {"idle_minutes": 15, "lifetime_hours": lifetime_hours},
            "reauthenticate_hours": 4,
            "managed_device": False,
        }
    )


def _system(
    system: str,
    title: str,
    vendor: str | None,
    tier: str,
    entitlements: Mapping[str, Entitlement] | None = None,
) -> System:
    cloud = system == "cloud"
    return System.model_construct(
        id=system,
        title=title,
        system_kind=SystemKind.CLOUD if cloud else SystemKind.PRACTICE_MANAGEMENT,
        vendor=vendor,
        tier=tier,
        identity=Identity.model_construct(
            provider="okta", federation=Federation.PERMISSION_SET if cloud else Federation.SAML
        ),
        entitlements=dict(entitlements or {}),
    )


def _entitlement(risk: str, *, data_class: str = "ephi", permission_set: str | None = None) -> Entitlement:
    return Entitlement.model_validate(
        {
            "title": risk,
            "description": f"A permission that {risk}",
            "risks": [risk],
            "data_classes": [data_class],
            "permission_set": permission_set,
        }
    )


def _role(role: str, job_code: str, entitlement: str) -> Role:
    return Role.model_construct(
        id=role,
        title=role,
        assignment=Assignment.JOB_CODE,
        job_codes=(job_code,),
        inherits=(),
        training=("hipaa",),
        abstract=False,
        grants=(Grant.model_validate({"entitlement": entitlement, "rationale": "The job needs it."}),),
    )


def example_config(settings: Mapping[str, Any]) -> PackConfig:
    """The pack's configuration for an example's settings."""
    read = read_settings(settings)
    catalogue = example_catalogue() if read.catalogue == EXAMPLE_CATALOGUE else None
    return PackConfig(settings=read, catalogue=catalogue)


def _urn(type_: str, name: str) -> str:
    return f"urn:pulumi:prod::identity::{type_}::{name}"


def assignment_graph(
    *assignments: Sequence[str], name: str = "payment-poster", group: object = None
) -> tuple[ResourceRecord, ...]:
    """A role's group, an application, and one assignment for each list of entitlements.

    `group`: what stands in `groupId`; the group's id when left out.
    """
    group_id, app_id = f"00g{name}", f"0oa{name}"
    title = role_group_name(name)
    return (
        ResourceRecord(_urn(OKTA_GROUP, name), OKTA_GROUP, name, {"name": title}, id=group_id),
        ResourceRecord(
            _urn(OKTA_SAML, name),
            OKTA_SAML,
            name,
            {"label": SYSTEM_TITLE, "authenticationPolicy": "rst1"},
            id=app_id,
        ),
        *(
            ResourceRecord(
                _urn(OKTA_GROUP_ASSIGNMENT, f"{name}-{index}"),
                OKTA_GROUP_ASSIGNMENT,
                f"{name}-{index}",
                {
                    "appId": app_id,
                    "groupId": group_id if group is None else group,
                    "profile": json.dumps({"entitlements": sorted(entitlements)}),
                },
            )
            for index, entitlements in enumerate(assignments)
        ),
    )


def group_rule(job_code: str, *names: str) -> ResourceRecord:
    """A group rule that lets a job code into groups of `assignment_graph`; `UNKNOWN` leaves it open."""
    groups = [f"00g{name}" for name in names or ("payment-poster",)]
    condition = f'user.jobCode=="{job_code}" AND user.employmentStatus=="ACTIVE"'
    name = f"jml-{'-'.join(names)}"
    return ResourceRecord(
        _urn(OKTA_GROUP_RULE, name),
        OKTA_GROUP_RULE,
        name,
        {
            "name": name,
            "status": "ACTIVE",
            "expressionValue": UNKNOWN if job_code == UNKNOWN else condition,
            "groupAssignments": groups,
        },
    )
