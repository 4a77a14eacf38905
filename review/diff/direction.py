"""Which way a change goes, and what it is about. For fields a table says it; what is in no table is neither
more nor less, and is still reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NamedTuple

from billing_identity.review.diff.model import Access, Direction, Key, Topic, Value
from billing_identity.roles.model.vocabulary import Cadence, Factor

Judge = Callable[[Value, Value], Direction]
"""Direction from the value before to the value after; neither is None."""

_SCOPES = ("none", "assigned", "all")
_WAYS = ("administrator", "request", "job-code", "program")
_LEVELS = ("low", "moderate", "high")
_SEVERITIES = ("low", "medium", "high", "critical")
_TLS = ("unknown", "none", "1.2", "1.3")
_STATUS = ("lapsed", "in grace", "in force")


def _towards(stronger: bool | None) -> Direction:
    if stronger is None:
        return Direction.CHANGED
    return Direction.STRONGER if stronger else Direction.WEAKER


def less(before: Value, after: Value) -> Direction:
    """A smaller number protects better: minutes, hours, days."""
    return _towards(after < before)


def more(before: Value, after: Value) -> Direction:
    """A greater number, or true, protects better."""
    return _towards(after > before)


def fewer(before: Value, after: Value) -> Direction:
    """A set that protects better without what was added."""
    olds, news = set(before or ()), set(after or ())
    return _towards(True if news < olds else False if news > olds else None)


def further(before: Value, after: Value) -> Direction:
    """A set that protects better with what was added."""
    return fewer(after, before)


def widening(before: Value, after: Value) -> Direction:
    """As `fewer`, but any addition counts as weaker, even when something else was taken out."""
    added, removed = set(after or ()) - set(before or ()), set(before or ()) - set(after or ())
    return _towards(False if added else True if removed else None)


def narrowing(before: Value, after: Value) -> Direction:
    """As `further`, but any loss counts as weaker, even when something else was added."""
    return widening(after, before)


def factors(before: Value, after: Value) -> Direction:
    """Weaker as soon as a factor is accepted that is easier to phish than all that were."""
    resistant = [all(Factor(name).phishing_resistant for name in side) for side in (before, after)]
    if resistant[0] != resistant[1]:
        return _towards(resistant[1])
    return widening(before, after)


def cadence(before: Value, after: Value) -> Direction:
    """More often is better."""
    return less(Cadence(before).months, Cadence(after).months)


def ranked(order: tuple[str, ...]) -> Judge:
    """By place in an order, the best last; a value that is not in it is worse than all."""

    def judge(before: Value, after: Value) -> Direction:
        rank = {name: place for place, name in enumerate(order)}
        old, new = rank.get(str(before), -1), rank.get(str(after), -1)
        return Direction.CHANGED if old == new else _towards(new > old)

    return judge


class Field(NamedTuple):
    """How to read a field. `pattern` is `kind:path`, `*` for any names; `presence` says which way it goes when
    it comes (and the opposite when it goes); `label` is what people call it."""

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
    Field("access-policy:tiers.*.session.idle_minutes", Topic.SIGN_IN, less, label="idle time", unit="minutes"),
    Field("access-policy:tiers.*.session.lifetime_hours", Topic.SIGN_IN, less, label="session", unit="hours"),
    Field("access-policy:tiers.*.reauthenticate_hours", Topic.SIGN_IN, less, label="factor asked again after", unit="hours"),
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
    Field("access-policy:inactivity.*", Topic.SIGN_IN, less, label="access removed after inactivity of", unit="days"),
    Field("access-policy:identity.*.mfa_accepted", Topic.SIGN_IN),
    Field("access-policy:identity*", Topic.SIGN_IN),
    Field("access-policy:enforced_ring", Topic.SIGN_IN),
    Field("access-policy:rings", Topic.SIGN_IN),
    Field("access-policy:hr.*", Topic.HOLDERS),
    Field("role:ring", Topic.SIGN_IN),
    Field("system:tier", Topic.SIGN_IN, label="tier"),
    Field("system:identity.provider", Topic.SIGN_IN, label="identity provider"),
    Field("system:identity.passwords*", Topic.SIGN_IN),
    Field("system:identity.local_accounts.leaver_hours", Topic.SIGN_IN, less, label="leaver task within", unit="hours"),
    Field("system:identity*", Topic.SIGN_IN),
    # roles
    Field("role:request.max_hours", Topic.HOLDERS, less, label="longest request", unit="hours"),
    Field("role:request.approvers", Topic.HOLDERS, label="requests approved by"),
    Field("role:request.acknowledged_conflicts", Topic.SEPARATION, widening, _W, label="conflicts that a request may complete"),
    Field("role:request*", Topic.HOLDERS),
    Field("role:risk", Topic.OVERSIGHT, ranked(_LEVELS), label="risk level"),
    Field("role:privileged", Topic.OVERSIGHT, more, label="treated as privileged"),
    Field("role:training", Topic.OVERSIGHT, narrowing, _S, label="required training"),
    Field("role:vendor_staff", Topic.HOLDERS),
    Field("access-policy:request_max_hours", Topic.HOLDERS, less, label="longest request of any role", unit="hours"),
    # separation of duties
    Field("access-policy:separation_of_duties.*.liftable", Topic.SEPARATION, less, label="can be lifted by an exception"),
    Field("access-policy:separation_of_duties.*.left.*s", Topic.SEPARATION, narrowing, _S, label="first duty"),
    Field("access-policy:separation_of_duties.*.right.*s", Topic.SEPARATION, narrowing, _S, label="second duty"),
    Field("access-policy:separation_of_duties.*.", Topic.SEPARATION, None, _S, label="separation-of-duties rule"),
    # break-glass
    Field("access-policy:break_glass.accounts_minimum", Topic.BREAK_GLASS, more, label="sealed accounts"),
    Field("access-policy:break_glass.*_hours", Topic.BREAK_GLASS, less, unit="hours"),
    Field("access-policy:break_glass.approvers", Topic.BREAK_GLASS, label="approvers"),
    Field("access-policy:break_glass*", Topic.BREAK_GLASS),
    # keys, stores, retention
    Field("access-policy:retention.logs_days", Topic.DATA, more, label="logs kept", unit="days"),
    Field("access-policy:retention.documents_years", Topic.DATA, more, label="documents kept", unit="years"),
    Field("client:own_key", Topic.DATA, more, label="a customer managed key of its own"),
    Field("client:shard", Topic.DATA, label="shard of its keys and stores"),
    Field("system:at_rest.fips_140_validated", Topic.DATA, more, label="FIPS 140 validated encryption"),
    Field("system:at_rest.algorithm", Topic.DATA, ranked(("unknown", "none", "AES-128-GCM", "AES-256", "AES-256-GCM")), label="encryption at rest"),
    Field("system:at_rest*", Topic.DATA),
    Field("system:minimum_tls", Topic.DATA, ranked(_TLS), label="minimum TLS"),
    # systems
    Field("system:data_classes", Topic.SYSTEMS, widening, label="data classes"),
    Field("system:hosted_in", Topic.SYSTEMS, widening, label="hosted in"),
    Field("system:entitlements.*.data_classes", Topic.SYSTEMS, widening, label="data classes"),
    Field("system:entitlements.*.risks", Topic.SYSTEMS, narrowing, _S, label="risk tags"),
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
    Field("service-account:rotation_days", Topic.SIGN_IN, less, label="credential replaced every", unit="days"),
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
    Field("vendor:due_diligence.*.result", Topic.VENDORS, ranked(("unsatisfactory", "satisfactory-with-conditions", "satisfactory")), label="result"),
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
    Field("access-policy:exception_approvers", Topic.RESPONSIBLE, label="approvers of exceptions"),
    Field("access-policy:reviews.*reviewer", Topic.RESPONSIBLE),
    Field("access-policy:reviews.duration_days", Topic.OVERSIGHT, less, label="time for a review", unit="days"),
    Field("access-policy:reviews.*", Topic.OVERSIGHT, cadence),
    Field("access-policy:alerts.*.count", Topic.OVERSIGHT, less, label="alert after"),
    Field("access-policy:alerts.*.severity", Topic.OVERSIGHT, ranked(_SEVERITIES), label="severity"),
    Field("access-policy:alerts.*.", Topic.OVERSIGHT, None, _S, label="alert"),
    Field("access-policy:alerts.*", Topic.OVERSIGHT),
    Field("training:*", Topic.OVERSIGHT),
    Field("incident-plan:*", Topic.OVERSIGHT),
    Field("incident:*", Topic.OVERSIGHT),
)  # fmt: skip
"""The first entry that fits a field holds."""

WORDING = frozenset({
    "title", "purpose", "rationale", "description", "reason", "summary", "conditions", "objectives", "body",
    "phi_categories", "minimum_necessary", "ticket", "compensating_control", "changed", "on", "micro_lesson",
    "minimum_necessary.", "changed.",
})  # fmt: skip
"""Last names of fields that are prose."""

_ENTITY_TOPICS: Mapping[str, Topic] = {
    "role": Topic.HOLDERS,
    "system": Topic.SYSTEMS,
    "client": Topic.CLIENTS,
    "vendor": Topic.VENDORS,
    "service-account": Topic.ACCESS,
    "exception": Topic.EXCEPTIONS,
}


def topic_of(key: Key) -> Topic:
    """What a fact is about."""
    if key.family == "access":
        return Topic.ACCESS
    if key.family == "holder":
        return Topic.HOLDERS
    if key.family == "conflict":
        return Topic.SEPARATION
    kind = key.subject.partition(":")[0]
    if key.family == "field":
        if _prose(key.aspect):
            return Topic.WORDING
        found = field_of(kind, key.aspect)
        return found.topic if found is not None else Topic.OTHER
    return _ENTITY_TOPICS.get(kind, Topic.OVERSIGHT)


def _prose(path: str) -> bool:
    steps = path.removesuffix(".").split(".")
    return steps[-1] in WORDING or steps[0] in ("minimum_necessary", "changed")


@cache
def field_of(kind: str, path: str) -> Field | None:
    """The table's entry for a field, or None."""
    name = f"{kind}:{path}"
    return next((field for field in FIELDS if fnmatchcase(name, field.pattern)), None)


def direction_of(key: Key, before: Value, after: Value) -> Direction:
    """Which way a fact went. `before` or `after` is None where there was or is none."""
    if before is None or after is None:
        came = _presence(key, after if before is None else before)
        return came if before is None else came.opposite
    if key.family == "access":
        return _access(before, after)
    if key.family == "field" and not _prose(key.aspect):
        found = field_of(key.subject.partition(":")[0], key.aspect)
        if found is not None and found.judge is not None:
            return found.judge(before, after)
    if key.family == "status":
        return _status(key, str(before), str(after))
    if key.family == "conflict":
        opened = [str(value) == "open" for value in (before, after)]
        return Direction.CHANGED if opened[0] == opened[1] else _towards(opened[0])
    if key.family == "holder":
        return _towards_access(ranked(_WAYS)(before, after))
    return Direction.CHANGED


def _presence(key: Key, value: Value) -> Direction:
    """Which way it goes when a fact comes."""
    kind = key.subject.partition(":")[0]
    if key.family in ("access", "holder"):
        return Direction.GAIN
    if key.family == "conflict":
        return Direction.WEAKER
    if key.family == "status":
        return _W if kind == "exception" and value == "in force" else Direction.CHANGED
    if key.family == "entity":
        return Direction.CHANGED
    if _prose(key.aspect):
        return Direction.CHANGED
    found = field_of(kind, key.aspect)
    return found.presence if found is not None else Direction.CHANGED


def _status(key: Key, before: str, after: str) -> Direction:
    if key.subject.startswith("vendor:"):
        return ranked(_STATUS)(before, after)
    lifting = [value == "in force" for value in (before, after)]
    return Direction.CHANGED if lifting[0] == lifting[1] else _towards(lifting[0])


def _towards_access(direction: Direction) -> Direction:
    return {Direction.STRONGER: Direction.GAIN, Direction.WEAKER: Direction.LOSS}.get(direction, direction)


def _access(before: Access, after: Access) -> Direction:
    """More clients, data, scope, time or a shorter way is a gain; any gain wins over any loss."""
    steps: list[Any] = [
        ranked(_WAYS)(before.way, after.way),
        ranked(_SCOPES)(before.scope, after.scope),
        further(before.clients, after.clients) if before.clients != after.clients else Direction.CHANGED,
        further(before.data, after.data) if before.data != after.data else Direction.CHANGED,
        ranked(tuple(sorted((before.until or "9999", after.until or "9999"))))(
            before.until or "9999", after.until or "9999"
        ),
    ]
    swapped = any(
        set(new) - set(old) for old, new in ((before.clients, after.clients), (before.data, after.data))
    )
    if Direction.STRONGER in steps or swapped:
        return Direction.GAIN
    lost = any(
        set(old) - set(new) for old, new in ((before.clients, after.clients), (before.data, after.data))
    )
    return Direction.LOSS if Direction.WEAKER in steps or lost else Direction.CHANGED
