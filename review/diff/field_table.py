"""The fields of the catalogue that have a direction or a topic of their own."""

from __future__ import annotations

from typing import NamedTuple

from billing_identity.review.diff.judges import (
    Judge,
    cadence,
    factors,
    less,
    more,
    narrowing,
    ranked,
    unsettling,
    widening,
)
from billing_identity.review.diff.model import Direction, Topic

_LEVELS = ("low", "moderate", "high")
_SEVERITIES = ("low", "medium", "high", "critical")
_TLS = ("unknown", "none", "1.2", "1.3")


class Field(NamedTuple):
    """How to read a field. `pattern` is `kind:path`, `*` for any names; `presence` says which way it goes
    when it comes (and the opposite when it goes); `label` is what people call it."""

    pattern: str
    topic: Topic
    judge: Judge | None = None
    presence: Direction = Direction.CHANGED
    label: str = ""
    unit: str = ""


_S, _W, _G = Direction.STRONGER, Direction.WEAKER, Direction.GAIN
FIELDS: tuple[Field, ...] = (
    # sign-in
    Field("access-policy:tiers.*.factors", Topic.SIGN_IN, factors, label="accepted factors"),
    Field(
        "access-policy:tiers.*.session.idle_minutes", Topic.SIGN_IN, less, label="idle time", unit="minutes"
    ),
    Field("access-policy:tiers.*.session.lifetime_hours", Topic.SIGN_IN, less, label="session", unit="hours"),
    Field(
        "access-policy:tiers.*.reauthenticate_hours",
        Topic.SIGN_IN,
        less,
        label="factor asked again after",
        unit="hours",
    ),
    Field("access-policy:tiers.*.managed_device", Topic.SIGN_IN, more, label="managed device required"),
    Field("access-policy:tiers.*.zones", Topic.SIGN_IN, widening, _S, label="only from the zones"),
    Field("access-policy:tiers.*.", Topic.SIGN_IN, label="assurance tier"),
    Field("access-policy:zones.*.cidrs", Topic.SIGN_IN, widening, label="addresses"),
    Field("access-policy:zones.*", Topic.SIGN_IN, label="network zone"),
    Field("access-policy:passwords.minimum_length", Topic.SIGN_IN, more, label="minimum length"),
    Field("access-policy:passwords.history", Topic.SIGN_IN, more, label="remembered passwords"),
    Field("access-policy:passwords.lockout_attempts", Topic.SIGN_IN, less, label="attempts until lockout"),
    Field("access-policy:passwords.*", Topic.SIGN_IN),
    Field("access-policy:sms_fallback.ends", Topic.SIGN_IN, less, label="text codes end on"),
    Field("access-policy:sms_fallback.", Topic.SIGN_IN, None, _W, label="text-code fallback"),
    Field("access-policy:sms_fallback*", Topic.SIGN_IN),
    Field(
        "access-policy:inactivity.*",
        Topic.SIGN_IN,
        less,
        label="access removed after inactivity of",
        unit="days",
    ),
    Field("access-policy:identity.*.mfa_accepted", Topic.SIGN_IN),
    Field("access-policy:identity*", Topic.SIGN_IN),
    Field("access-policy:enforced_since.*", Topic.SIGN_IN, more, _S),
    Field("access-policy:ring_deadlines.*", Topic.SIGN_IN, less, _S),
    Field(
        "access-policy:ring_soak_days",
        Topic.SIGN_IN,
        more,
        label="a ring stands before the next",
        unit="days",
    ),
    Field("access-policy:rings", Topic.SIGN_IN),
    Field(
        "access-policy:hr.active",
        Topic.SIGN_IN,
        unsettling,
        label="only people with this HR status keep access:",
    ),
    Field(
        "access-policy:hr.trained",
        Topic.SIGN_IN,
        unsettling,
        label="only people with this training status keep access:",
    ),
    Field(
        "access-policy:hr.attributes.*.okta",
        Topic.SIGN_IN,
        unsettling,
        _S,
        label="read in Okta from the attribute",
    ),
    Field(
        "access-policy:hr.attributes.*.entra",
        Topic.SIGN_IN,
        unsettling,
        _S,
        label="read in Entra from the attribute",
    ),
    Field("access-policy:hr.attributes.*", Topic.SIGN_IN, unsettling, _S),
    Field("access-policy:hr.*", Topic.HOLDERS),
    Field("role:ring", Topic.SIGN_IN),
    Field("system:tier", Topic.SIGN_IN, label="tier"),
    Field("system:identity.provider", Topic.SIGN_IN, label="identity provider"),
    Field("system:identity.passwords*", Topic.SIGN_IN),
    Field(
        "system:identity.local_accounts.leaver_hours",
        Topic.SIGN_IN,
        less,
        label="leaver task within",
        unit="hours",
    ),
    Field("system:identity*", Topic.SIGN_IN),
    # roles
    Field("role:request.max_hours", Topic.HOLDERS, less, label="longest request", unit="hours"),
    Field("role:request.approvers", Topic.HOLDERS, label="requests approved by"),
    Field(
        "role:request.acknowledged_conflicts",
        Topic.SEPARATION,
        widening,
        _W,
        label="conflicts that a request may complete",
    ),
    Field("role:request*", Topic.HOLDERS),
    Field("role:risk", Topic.OVERSIGHT, ranked(_LEVELS), label="risk level"),
    Field("role:privileged", Topic.OVERSIGHT, more, label="treated as privileged"),
    Field("role:training", Topic.OVERSIGHT, narrowing, _S, label="required training"),
    Field("role:vendor_staff", Topic.HOLDERS),
    Field(
        "access-policy:request_max_hours",
        Topic.HOLDERS,
        less,
        label="longest request of any role",
        unit="hours",
    ),
    # separation of duties
    Field(
        "access-policy:separation_of_duties.*.liftable",
        Topic.SEPARATION,
        less,
        label="can be lifted by an exception",
    ),
    Field(
        "access-policy:separation_of_duties.*.left.*s", Topic.SEPARATION, narrowing, _S, label="first duty"
    ),
    Field(
        "access-policy:separation_of_duties.*.right.*s", Topic.SEPARATION, narrowing, _S, label="second duty"
    ),
    Field("access-policy:separation_of_duties.*.", Topic.SEPARATION, None, _S, label="separation-of-duties"),
    # break-glass
    Field("access-policy:break_glass.accounts_minimum", Topic.BREAK_GLASS, more, label="sealed accounts"),
    Field("access-policy:break_glass.*_hours", Topic.BREAK_GLASS, less, unit="hours"),
    Field("access-policy:break_glass.approvers", Topic.BREAK_GLASS, unsettling, label="approvers"),
    Field("access-policy:break_glass*", Topic.BREAK_GLASS),
    # keys, stores, retention
    Field("access-policy:retention.logs_days", Topic.DATA, more, label="logs kept", unit="days"),
    Field("access-policy:retention.documents_years", Topic.DATA, more, label="documents kept", unit="years"),
    Field(
        "access-policy:own_key_for",
        Topic.DATA,
        narrowing,
        _S,
        label="kinds of clients with a key of their own",
    ),
    Field("client:own_key", Topic.DATA, more, label="a customer managed key of its own"),
    Field("client:shard", Topic.DATA, label="shard of its keys and stores"),
    Field("system:at_rest.fips_140_validated", Topic.DATA, more, label="FIPS 140 validated encryption"),
    Field(
        "system:at_rest.algorithm",
        Topic.DATA,
        ranked(("unknown", "none", "AES-128-GCM", "AES-256", "AES-256-GCM")),
        label="encryption at rest",
    ),
    Field("system:at_rest*", Topic.DATA),
    Field("system:minimum_tls", Topic.DATA, ranked(_TLS), label="minimum TLS"),
    # systems
    Field("system:data_classes", Topic.SYSTEMS, widening, label="data classes"),
    Field("system:hosted_in", Topic.SYSTEMS, widening, label="hosted in"),
    Field("system:entitlements.*.data_classes", Topic.SYSTEMS, widening, label="data classes"),
    Field("system:entitlements.*.risks", Topic.SEPARATION, narrowing, _S, label="risk tags"),
    Field("system:entitlements.*.", Topic.SYSTEMS, label="entitlement"),
    Field("system:entitlements.*", Topic.SYSTEMS),
    Field("system:flows.*.end_to_end_encrypted", Topic.SYSTEMS, more, label="end-to-end encrypted"),
    Field("system:flows.*.countries", Topic.SYSTEMS, widening, label="countries"),
    Field("system:flows.*.data_classes", Topic.SYSTEMS, widening, label="data classes"),
    Field("system:flows.*.", Topic.SYSTEMS, None, _G, label="data flow"),
    Field("system:flows.*", Topic.SYSTEMS),
    Field("system:review", Topic.OVERSIGHT, cadence, label="access certified"),
    Field("system:vendor", Topic.VENDORS, label="vendor"),
    Field("system:criticality", Topic.SYSTEMS, ranked(_LEVELS), label="criticality"),
    Field("system:audit_log", Topic.OVERSIGHT, label="audit log"),
    # service accounts
    Field("service-account:scopes", Topic.ACCESS, widening, label="API scopes"),
    Field(
        "service-account:rotation_days", Topic.SIGN_IN, less, label="credential replaced every", unit="days"
    ),
    Field("service-account:credential*", Topic.SIGN_IN, label="credential"),
    Field("service-account:zone", Topic.SIGN_IN, label="network zone"),
    Field("service-account:rotated", Topic.SIGN_IN, label="credential last replaced"),
    # exceptions, vendors, clients
    Field("exception:expires", Topic.EXCEPTIONS, less, label="ends"),
    Field("exception:lifts.environments", Topic.EXCEPTIONS, widening, label="environments"),
    Field("exception:*", Topic.EXCEPTIONS),
    Field("vendor:baa.expires", Topic.VENDORS, more, label="agreement ends"),
    Field("vendor:baa.signed", Topic.VENDORS, label="agreement signed"),
    Field("vendor:baa.grace_days", Topic.VENDORS, less, label="grace after the agreement's end", unit="days"),
    Field("vendor:baa.breach_notice_hours", Topic.VENDORS, less, label="breach notice within", unit="hours"),
    Field("vendor:baa.terms.*", Topic.VENDORS, more),
    Field("vendor:baa.", Topic.VENDORS, None, _S, label="business associate agreement"),
    Field("vendor:business_associate", Topic.VENDORS, more, label="business associate"),
    Field("vendor:data_classes", Topic.VENDORS, widening, label="data classes"),
    Field("vendor:countries", Topic.VENDORS, widening, label="countries"),
    Field("vendor:subcontractors.*.baa_in_place", Topic.VENDORS, more, label="agreement in place"),
    Field("vendor:subcontractors.*.countries", Topic.VENDORS, widening, label="countries"),
    Field("vendor:subcontractors.*.", Topic.VENDORS, None, _G, label="subcontractor"),
    Field(
        "vendor:due_diligence.*.result",
        Topic.VENDORS,
        ranked(("unsatisfactory", "satisfactory-with-conditions", "satisfactory")),
        label="result",
    ),
    Field("vendor:user_review", Topic.OVERSIGHT, cadence, label="its users are reviewed"),
    Field("vendor:*", Topic.VENDORS),
    Field("client:systems", Topic.CLIENTS, widening, label="systems used for it"),
    Field("client:allowed_countries", Topic.CLIENTS, widening, label="allowed countries"),
    Field("client:offshore_ban", Topic.CLIENTS, more, label="offshore ban"),
    Field("client:notice.*_hours", Topic.CLIENTS, less, unit="hours"),
    Field("client:*", Topic.CLIENTS),
    # people who answer for things, oversight
    Field("*:owner", Topic.RESPONSIBLE, label="owner"),
    Field("*:approver", Topic.RESPONSIBLE, label="data owner, who approves access"),
    Field("access-policy:*_officer", Topic.RESPONSIBLE),
    Field("access-policy:access_approver", Topic.RESPONSIBLE, label="approver of access changes"),
    Field(
        "access-policy:exception_approvers", Topic.RESPONSIBLE, unsettling, label="approvers of exceptions"
    ),
    Field("access-policy:reviews.*reviewer", Topic.RESPONSIBLE),
    Field(
        "access-policy:reviews.duration_days", Topic.OVERSIGHT, less, label="time for a review", unit="days"
    ),
    Field("access-policy:reviews.*", Topic.OVERSIGHT, cadence),
    Field("access-policy:alerts.*.count", Topic.OVERSIGHT, less, label="alert after"),
    Field("access-policy:alerts.*.severity", Topic.OVERSIGHT, ranked(_SEVERITIES), label="severity"),
    Field("access-policy:alerts.*.", Topic.OVERSIGHT, None, _S, label="alert"),
    Field("access-policy:alerts.*", Topic.OVERSIGHT),
    Field("training:*", Topic.OVERSIGHT),
    Field(
        "incident-plan:containment_days",
        Topic.OVERSIGHT,
        less,
        label="contained without renewal",
        unit="days",
    ),
    Field("incident-plan:*", Topic.OVERSIGHT),
    Field("incident:*", Topic.OVERSIGHT),
    Field("break-glass-use:*", Topic.BREAK_GLASS),
)
"""The first entry that fits a field holds."""
