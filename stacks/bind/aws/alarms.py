"""Alarms on the audit trail that guard the guards: keys, stores, the trail itself, root and break-glass.

The trail brings the events of every account into one log group, so each alarm stands once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.components.aws.policies.refusals import WEAKEN
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.names import BREAK_GLASS


@dataclass(frozen=True)
class Alarm:
    """One alarm: any single event raises it."""

    id: str
    description: str
    pattern: str


def alarms(names: Names) -> Iterator[Alarm]:
    """The alarms, in a fixed order. Event names are CloudTrail's own."""
    yield Alarm(
        "key-endangered",
        "A key was disabled or scheduled for deletion, or its policy changed. If no approved change says so: "
        "cancel the deletion as key administrator, then call the security officer.",
        _calls(
            "kms.amazonaws.com",
            *("DeleteImportedKeyMaterial", "DisableKey", "DisableKeyRotation", "PutKeyPolicy"),
            *("ScheduleKeyDeletion", "UpdatePrimaryRegion"),
        ),
    )
    yield Alarm(
        "trail-tampered",
        "The audit trail was stopped, changed or deleted. Treat it as an intrusion until shown otherwise.",
        _calls(
            "cloudtrail.amazonaws.com",
            *("DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "StopLogging", "UpdateTrail"),
        ),
    )
    stores = (f"{names.store_prefix}*", names.archive, names.activity, names.documents)
    actions = sorted(action.removeprefix("s3:") for action in WEAKEN)
    yield Alarm(
        "store-protection-changed",
        "Protection of an ePHI store, of logs or of issued documents changed. Compare with the deployments "
        "of the day.",
        "{ ($.eventSource = s3.amazonaws.com)"
        f" && ({_any('requestParameters.bucketName', *stores)})"
        f" && ({_any('eventName', *(_EVENTS.get(action, action) for action in actions))}) }}",
    )
    # The trail has every Region: a role can be taken on through the token service of one in which no rule
    # forwards events.
    yield Alarm(
        "break-glass-anywhere",
        "The break-glass role was taken on. If nobody opened the seal, contain the session at once.",
        f'{{ ($.eventName = "AssumeRole*") && ($.requestParameters.roleArn = "*:role/{BREAK_GLASS}") }}',
    )
    yield Alarm(
        "root-used",
        "The root user of an account acted. It is for recovery only: find out who opened the seal.",
        '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) '
        '&& ($.eventType != "AwsServiceEvent") }',
    )


_EVENTS = {
    "PutEncryptionConfiguration": "*BucketEncryption",
    "PutLifecycleConfiguration": "*BucketLifecycle*",
    "PutReplicationConfiguration": "*BucketReplication",
    "PutBucketPublicAccessBlock": "*BucketPublicAccessBlock",
    "PutBucketObjectLockConfiguration": "PutObjectLockConfiguration",
}
"""CloudTrail's event names where they differ from the action; the star takes in Put and Delete."""


def _calls(source: str, *events: str) -> str:
    return f"{{ ($.eventSource = {source}) && ({_any('eventName', *events)}) }}"


def _any(field: str, *values: str) -> str:
    return " || ".join(f'($.{field} = "{value}")' for value in values)
