"""Firehose streams are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Flag, Key, OneOf

RULE = encrypted(
    title="Firehose streams are encrypted with a customer managed key",
    types=("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",),
    wants=(
        Flag(path="serverSideEncryption.enabled"),
        OneOf(
            path="serverSideEncryption.keyType",
            allowed=("CUSTOMER_MANAGED_CMK",),
            refused=("AWS_OWNED_CMK",),
            default="AWS_OWNED_CMK",
        ),
        Key(path="serverSideEncryption.keyArn"),
    ),
    blind_spot="A stream fed by Kinesis takes the source's encryption and needs an exception.",
)
