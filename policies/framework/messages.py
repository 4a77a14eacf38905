"""The analyzer protocol's messages and our own records, turned into each other."""

from __future__ import annotations

from typing import Any

from pulumi.runtime import proto
from pulumi_policy import Policy, PolicyCustomTimeouts, PolicyResourceOptions, StackValidationPolicy

from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.wire import from_struct

LEVELS: dict[Level, int] = {
    Level.ADVISORY: proto.ADVISORY,
    Level.REMEDIATE: proto.REMEDIATE,
    Level.MANDATORY: proto.MANDATORY,
    Level.DISABLED: proto.DISABLED,
}
SEVERITIES: dict[str, int] = {
    "low": proto.POLICY_SEVERITY_LOW,
    "medium": proto.POLICY_SEVERITY_MEDIUM,
    "high": proto.POLICY_SEVERITY_HIGH,
    "critical": proto.POLICY_SEVERITY_CRITICAL,
}
_TIMEOUTS = PolicyCustomTimeouts(0, 0, 0)


def level_of(value: int) -> Level:
    """The level that the protocol's number stands for. Raises ValueError for one that no rule may take."""
    for level, number in LEVELS.items():
        if number == value:
            return level
    raise ValueError("level must be remediate, mandatory, advisory or disabled")


def options_of(options: Any) -> PolicyResourceOptions:  # noqa: ANN401 - generated code without types
    """Resource options as the SDK's policies take them."""
    return PolicyResourceOptions(
        options.protect,
        list(options.ignoreChanges),
        options.deleteBeforeReplace if options.deleteBeforeReplaceDefined else None,
        list(options.aliases),
        _TIMEOUTS,
        list(options.additionalSecretOutputs),
        options.parent or None,
    )


def record_of(resource: Any) -> ResourceRecord:  # noqa: ANN401 - generated code without types
    """A resource of a stack's analysis; its properties are outputs."""
    properties = from_struct(resource.properties)
    id_ = properties.get("id")
    return ResourceRecord(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        props=properties,
        id=id_ if isinstance(id_, str) else None,
        parent=resource.parent or None,
        provider=resource.provider.urn or None,
        dependencies=tuple(resource.dependencies),
        property_dependencies={
            key: tuple(value.urns) for key, value in resource.propertyDependencies.items()
        },
        protect=resource.options.protect,
        ignore_changes=tuple(resource.options.ignoreChanges),
    )


def described(policy: Policy) -> Any:  # noqa: ANN401 - generated code without types
    """A policy as the pack introduces it."""
    info = proto.PolicyInfo(
        name=policy.name,
        description=policy.description,
        displayName=policy.display_name or "",
        enforcementLevel=LEVELS[  # pyright: ignore[reportArgumentType]
            Level(policy.enforcement_level.value) if policy.enforcement_level else Level.ADVISORY
        ],
        severity=SEVERITIES.get(policy.severity.value if policy.severity else "", 0),  # pyright: ignore[reportArgumentType]
        tags=policy.tags or [],
        remediation_steps=policy.remediation_steps or "",
        url=policy.url or "",
        policy_type=(
            proto.PolicyType.POLICY_TYPE_STACK
            if isinstance(policy, StackValidationPolicy)
            else proto.PolicyType.POLICY_TYPE_RESOURCE
        ),
    )
    if policy.config_schema is not None:
        info.configSchema.properties.update(policy.config_schema.properties)
        info.configSchema.required.extend(policy.config_schema.required or [])
    if policy.framework is not None:
        info.framework.name = policy.framework.name or ""
        info.framework.version = policy.framework.version or ""
        info.framework.reference = policy.framework.reference or ""
        info.framework.specification = policy.framework.specification or ""
    return info
