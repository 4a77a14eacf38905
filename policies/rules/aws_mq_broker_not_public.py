"""Messages between billing systems carry ePHI; the broker belongs inside the network."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Message brokers have no public address",
    severity=Severity.HIGH,
    why="Messages between billing systems carry ePHI; the broker belongs inside the network.",
    remedy="set `publiclyAccessible` to false, or leave it out",
    types=("aws:mq/broker:Broker",),
    wants=(Flag(path="publiclyAccessible", wanted=False),),
)
