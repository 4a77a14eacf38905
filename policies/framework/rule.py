"""A rule: typed metadata, examples, and pure checks that yield findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord

if TYPE_CHECKING:
    from billing_identity.policies.framework.context import RuleContext
    from billing_identity.policies.framework.graph import Graph

RULE_ID = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


class Severity(StrEnum):
    """How bad a violation is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Level(StrEnum):
    """What a violation does to a run, in Pulumi's words.

    `remediate` comes from the configuration only, for rules that correct; what is left blocks.
    """

    REMEDIATE = "remediate"
    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


class Verdict(StrEnum):
    """What a rule says about a resource. Only `pass` and `not-applicable` are good."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Finding:
    """One fault that a check found. `message` names it and what stands there; the remedy is the rule's.

    `urn` points elsewhere than at the resource judged (stack rules). `subjects` are catalogue ids
    (`role:payment-poster`, `job-code:RCM-AR`) by which an exception may lift it; `code` is the id that
    such an exception names, where it differs from the rule's (a separation-of-duties rule).
    `liftable` narrows the rule's own.
    """

    message: str
    urn: str | None = None
    subjects: tuple[str, ...] = ()
    code: str | None = None
    citations: tuple[str, ...] = ()
    liftable: bool = True
    doubt: bool = False
    """True when the check can't tell yet: the verdict is *undecided*, and checking goes on."""


class NotApplicableError(Exception):
    """Raised by a check that has nothing to say about this resource or in this pack's settings."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


ResourceCheck = Callable[[ResourceView, "RuleContext"], Iterator[Finding]]
StackCheck = Callable[["Graph", "RuleContext"], Iterator[Finding]]

Plain = bool | float | str
Correct = Callable[[ResourceView, "RuleContext"], Mapping[str, Plain]]
"""Right values by property path for what is certainly wrong in a resource; see `correcting`."""

Missing = Literal["fails", "safe"]
"""What becomes of an allowed example when the property is removed: `safe` where the provider's default is."""


Weaker = Mapping[str, tuple[object, ...]]
"""Values by place of a rule's `reads`."""


@dataclass(frozen=True)
class Example:
    """A resource as the engine sends it, with the verdict that it must get. `settings`: wire settings."""

    title: str
    type: str
    props: Mapping[str, object]
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    weaker: Weaker | None = None
    """Weaker values by place in this example, where they are not the rule's."""


@dataclass(frozen=True)
class StackExample:
    """A small graph, with the verdict that it must get. `settings`: wire settings."""

    title: str
    resources: tuple[ResourceRecord, ...]
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    weaker: Weaker | None = None
    """Weaker values by place in this example, where they are not the rule's."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule says about itself."""

    title: str
    """The state that it secures, at most 100 characters; becomes the policy's description."""
    severity: Severity
    why: str
    remedy: str
    """What to write instead."""
    liftable: bool = True
    """False: no exception lifts it and no configuration lowers it."""
    level: Level = Level.MANDATORY
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    """JSON schema of each parameter, with its `default`; shown in the policy's config schema."""
    needs_catalogue: bool = False
    blind_spot: str = ""
    """What the rule can't see, and what covers it instead."""
    reads: Mapping[str, Missing] = field(default_factory=dict[str, Missing])
    """Every place that the checks read, and what its absence means. A place is a property's path; a stack
    rule's `type: path`; `*` every text of a rule for all types."""
    weaker: Weaker = field(default_factory=dict[str, tuple[object, ...]])
    """Values by place that must fail when they stand in an allowed example that has the place."""
    neutral: Mapping[str, str] = field(default_factory=dict[str, str])
    """Places read for which no value is weaker, each with why."""
    tolerates: Mapping[str, str] = field(default_factory=dict[str, str])
    """Places that may be unknown in an allowed example without doubt, each with why."""
    id: str = ""
    """The module's name with hyphens; the registry fills it in."""

    def named(self, id_: str) -> Rule:
        """The same rule with its id."""
        return replace(self, id=id_)


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule):
    """Judges one resource by its inputs, before it is created."""

    types: tuple[str, ...]
    """Type tokens that it matches."""
    checks: tuple[ResourceCheck, ...]
    """Independent of each other: an unknown in one leaves the others' findings standing."""
    allowed: tuple[Example, ...]
    disallowed: tuple[Example, ...]
    corrects: tuple[Correct, ...] = ()
    """What the level `remediate` sets right: only where one value is certain, never who gets access."""
    stateful: bool = False
    """True when it remembers earlier resources of the run; then an example's fault may need a sequence."""
    sequences: tuple[StackExample, ...] = ()
    """For stateful rules: resources in order, of which the last must fail."""


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule):
    """Judges the resources of the stack together, by their outputs, at the end of a preview or update."""

    types: tuple[str, ...]
    """Type tokens of which at least one must occur for the rule to apply."""
    checks: tuple[StackCheck, ...]
    allowed: tuple[StackExample, ...]
    disallowed: tuple[StackExample, ...]
    undecided: tuple[StackExample, ...] = ()
