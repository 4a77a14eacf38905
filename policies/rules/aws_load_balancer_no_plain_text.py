"""A plain listener that forwards carries sessions and records in clear."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import Only, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Load balancers take plain HTTP only to send it to HTTPS",
    severity=Severity.HIGH,
    why="A plain listener that forwards carries sessions and records in clear.",
    remedy="use protocol HTTPS or TLS, or a default action of type redirect",
    types=(
        "aws:lb/listener:Listener",
        "aws:alb/listener:Listener",
    ),
    wants=(
        Each(
            path="defaultActions",
            wants=(
                OneOf(path="type", allowed=("redirect",), refused=("forward", "fixed-response")),
                OneOf(
                    path="redirect.protocol",
                    allowed=("HTTPS",),
                    refused=("HTTP", "#{protocol}"),
                    default="#{protocol}",
                ),
            ),
        ),
    ),
    only=Only("protocol", ("http",), "the listener is encrypted, or no HTTP", default="HTTP"),
    blind_spot="TCP listeners: what runs through them ends at the target.",
)
