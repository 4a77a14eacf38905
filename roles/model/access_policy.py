"""The access policy: approvers, cadences, separation of duties, tiers, sessions, retention, thresholds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import (
    Change,
    EntitlementRef,
    Entity,
    JobCode,
    RingRef,
    RoleRef,
    Slug,
    Strict,
    Text,
    Title,
)
from billing_identity.roles.model.device_profile import DeviceProfile
from billing_identity.roles.model.vocabulary import Cadence, Factor, Provider, RiskTag

Profile = Literal["hipaa-2013", "nprm-2025", "nist-800-63b-4", "disa-okta-stig", "cisa-scuba"]
Cidr = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F.:]+/[0-9]{1,3}$")]
Citation = Annotated[
    str, StringConstraints(pattern=r"^(164\.\d{3}(\([A-Za-z0-9]+\))*|[A-Z][\w .:-]+)$", max_length=60)
]


class FederationLink(Strict):
    """People of one provider sign in to the other through it."""

    source: Provider
    target: Provider
    mfa_accepted: bool
    """True when the target takes the source's second factor (Entra: federatedMultiFactor)."""
    cloud_only_groups: Text
    """Who of the target is outside the federation and proves itself natively (administrators)."""


class IdentityModel(Strict):
    """One primary identity provider for people, and a declared direction of federation."""

    primary: Provider
    federation: tuple[FederationLink, ...] = ()


HrValue = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _./-]{0,39}$")]
"""A value as HR sends it. It stands in group rules, so it has no quotes."""


class HrAttribute(Strict):
    """A profile attribute that human resources feed, and where each provider keeps it."""

    title: Title
    okta: Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]{1,40}$")]
    """Variable name in the Okta user schema."""
    entra: Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]{1,40}$")]
    """Property that Entra's dynamic membership rules can read."""
    type: Literal["string", "array"]
    values: tuple[HrValue, ...] = ()
    """Allowed values, where they are closed."""


class HumanResources(Strict):
    """The source of joiner, mover and leaver events."""

    source: Title
    attributes: dict[
        Literal[
            "job_code",
            "employment_status",
            "worker_type",
            "manager",
            "training_status",
            "clients",
            "access_end",
        ],
        HrAttribute,
    ]
    active: HrValue
    """Value of employment status that means at work."""
    ended: tuple[HrValue, ...] = Field(min_length=1)
    """Values of employment status that mean gone, so that none of them is taken for `active`."""
    trained: HrValue
    """Value of training status that means current."""
    untrained: tuple[HrValue, ...] = Field(min_length=1)
    """Values of training status that mean overdue or never trained, so that none is taken for `trained`."""
    outside: HrValue | None = None
    """Value of worker type that means somebody else's staff. No role of the workforce is theirs, whatever job
    code HR sends; required with a role of `vendor_staff`."""
    job_codes: dict[JobCode, Title] = Field(min_length=1)
    """Every job code that HR may send, with its title."""


class Duty(Strict):
    """One side of a separation-of-duties rule: entitlements by name, by risk tag, or both (union)."""

    title: Title
    entitlements: tuple[EntitlementRef, ...] = ()
    risks: tuple[RiskTag, ...] = ()


class SeparationOfDuties(Strict):
    """Two sets of entitlements that one person may not hold together."""

    id: Slug
    title: Title
    left: Duty
    right: Duty
    rationale: Text
    citations: tuple[Citation, ...] = Field(min_length=1)
    liftable: bool = True
    """False: no exception can lift it."""


class Session(Strict):
    """Automatic logoff (164.312(a)(2)(iii))."""

    idle_minutes: int = Field(ge=1, le=120)
    lifetime_hours: int = Field(ge=1, le=24)


class Tier(Strict):
    """How strong a sign-in must be."""

    title: Title
    factors: tuple[Factor, ...] = Field(min_length=1)
    """Second factors that satisfy it, best first."""
    session: Session
    reauthenticate_hours: int = Field(ge=0, le=24)
    """Hours after which the factor is asked for again; 0 means at every sign-in."""
    managed_device: bool
    """Whether a device under management is required."""
    zones: tuple[Slug, ...] = ()
    """Network zones from which it may be used; empty for anywhere."""

    @property
    def phishing_resistant(self) -> bool:
        """Whether every factor that satisfies the tier resists phishing."""
        return all(factor.phishing_resistant for factor in self.factors)


class NetworkZone(Strict):
    """Addresses that the company calls its own."""

    title: Title
    cidrs: tuple[Cidr, ...] = Field(min_length=1, max_length=150)
    """Okta takes 150 for a zone (Management API 5.1.0, IPNetworkZone), Entra 2,000 for a location."""
    purpose: Text


class BreakGlass(Strict):
    """Emergency access (164.312(a)(2)(ii))."""

    role: RoleRef
    """The role that people request in an emergency; its terms are no looser than these."""
    accounts_minimum: int = Field(ge=2, le=4)
    """Sealed accounts: two at least."""
    max_hours: int = Field(ge=1, le=12)
    approvers: tuple[RoleRef, ...] = Field(min_length=1)
    review_hours: int = Field(ge=1, le=72)
    """Hours after use within which the use is reviewed."""
    sealed: Text
    """Where the credentials are, and who can open the seal together with whom."""
    alert: Text


class Reviews(Strict):
    """Certification cadences."""

    high_risk_roles: Cadence
    other_roles: Cadence
    ephi_systems: Cadence
    other_systems: Cadence
    vendor_users: Cadence
    duration_days: int = Field(ge=1, le=30)
    """Days that reviewers have; silence removes access."""
    reviewer: RoleRef
    fallback_reviewer: RoleRef


class Inactivity(Strict):
    """Days without use after which access is removed."""

    workforce_days: int = Field(ge=1, le=90)
    privileged_days: int = Field(ge=1, le=45)


class PasswordRules(Strict):
    """Passwords of the identity provider itself (NIST SP 800-63B-4, section 3.1.1.2)."""

    minimum_length: int = Field(ge=8, le=64)
    history: int = Field(ge=0, le=24)
    lockout_attempts: int = Field(ge=3, le=100)
    maximum_age_days: int = Field(ge=0, le=365)
    """0: no periodic change."""
    composition: bool
    """Whether character classes are demanded; NIST forbids it, the DISA STIG asks for it."""


class SmsFallback(Strict):
    """Text or voice codes, for a while only."""

    group: Title
    ends: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    reason: Text


class Retention(Strict):
    """How long records are kept."""

    logs_days: int = Field(ge=1, le=3653)
    """Days in every log sink; 2,192 is the longest six years (164.316(b)(2)(i)), 3,653 the most that
    CloudWatch Logs can express."""
    documents_years: int = Field(ge=6)
    backups_days: int = Field(default=35, ge=1, le=36500)
    """Days for which a backup of a store is kept and can't be deleted."""


class Threshold(Strict):
    """When an alert fires."""

    title: Title
    count: int = Field(ge=1)
    window_minutes: int = Field(ge=1, le=24 * 60)
    severity: Literal["low", "medium", "high", "critical"]


class AccessPolicy(Entity):
    """The single file `access-policy.yaml`."""

    kind: Literal["access-policy"] = "access-policy"
    profile: Profile = "hipaa-2013"
    identity: IdentityModel
    hr: HumanResources
    access_approver: RoleRef
    """Who approves a change of this catalogue beside the owners."""
    privacy_officer: RoleRef
    security_officer: RoleRef
    """164.308(a)(2)."""
    exception_approvers: tuple[RoleRef, ...] = Field(min_length=1)
    request_max_hours: int = Field(ge=1, le=24 * 180)
    """Longest that any requested role may last."""
    separation_of_duties: tuple[SeparationOfDuties, ...] = Field(min_length=1)
    tiers: dict[Slug, Tier] = Field(min_length=1)
    zones: dict[Slug, NetworkZone] = Field(min_length=1)
    devices: DeviceProfile | None = None
    """What managed devices must be; None leaves that to device management alone, a stated gap."""
    rings: tuple[RingRef, ...] = Field(min_length=1)
    """Rollout rings in order."""
    enforced_since: dict[RingRef, date] = Field(min_length=1)
    """Day on which stricter sign-in was enforced in a ring. One more entry moves the rollout forward; rings
    without one are report-only or pilot."""
    ring_deadlines: dict[RingRef, date] = Field(default={})
    """Last day by which a ring must be enforced, set when the rollout begins; each ring without a day in
    `enforced_since` needs one. Until then report-only and pilot are not a fault; afterwards they are."""
    ring_soak_days: int = Field(ge=1, le=180)
    """Least days for which a ring is enforced before the next one is."""
    break_glass: BreakGlass
    reviews: Reviews
    inactivity: Inactivity
    passwords: PasswordRules
    sms_fallback: SmsFallback | None = None
    retention: Retention
    own_key_for: tuple[Literal["hospital", "physician-practice", "clinic", "laboratory", "other"], ...] = ()
    """Kinds of client whose data must be under a key of its own, whatever the contract asks."""
    alerts: dict[Slug, Threshold] = Field(min_length=1)
    sanction_policy: Text
    """Where 164.308(a)(1)(ii)(C) is written down."""
    changed: Change | None = None

    @property
    def enforced_ring(self) -> RingRef:
        """The last ring in which stricter sign-in is enforced."""
        return [ring for ring in dict.fromkeys(self.rings) if ring in self.enforced_since][-1]

    @property
    def rings_to_come(self) -> tuple[RingRef, ...]:
        """Rings that the rollout has not reached, in order; empty when it is complete."""
        return tuple(ring for ring in dict.fromkeys(self.rings) if ring not in self.enforced_since)

    def rollout_lasts_on(self, day: date) -> bool:
        """Whether rings are still to come on a day, and none of them is late or without a last day."""
        dates = [self.ring_deadlines.get(ring) for ring in self.rings_to_come]
        return bool(dates) and all(last is not None and day <= last for last in dates)


class Organisation(Entity):
    """The company. The single file `organisation.yaml`."""

    kind: Literal["organisation"] = "organisation"
    schema_version: Literal[1]
    """Version of the catalogue's schema; `billing-identity migrate` moves an older one forward."""
    company: Title
    short_name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,14}[a-z0-9]$")]
    """Prefix of globally unique names, such as buckets."""
    business_associate_of: Text
    """Whose business associate the company is."""
    countries: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = Field(min_length=1)
    """Where its workforce sits."""
