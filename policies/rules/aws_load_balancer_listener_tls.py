"""The listener decides what a payer's or a patient's connection is worth."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tls import LOAD_BALANCER, LOAD_BALANCER_FLOOR
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Load balancers speak TLS 1.2 or newer with strong suites",
    severity=Severity.HIGH,
    why="The listener decides what a payer's or a patient's connection is worth.",
    remedy="use HTTPS or TLS with a policy of the allow list; preferred: TLS 1.3 only",
    types=(
        "aws:lb/listener:Listener",
        "aws:alb/listener:Listener",
    ),
    wants=(
        OneOf(
            path="sslPolicy",
            allowed=LOAD_BALANCER,
            refused=(
                "ELBSecurityPolicy-2016-08",
                "ELBSecurityPolicy-TLS-1-1-2017-01",
                "ELBSecurityPolicy-TLS13-1-2-2021-06",
            ),
            certain=LOAD_BALANCER_FLOOR,
            default="ELBSecurityPolicy-2016-08",
        ),
    ),
    only=Only("protocol", ("https", "tls"), "the listener is judged by aws-load-balancer-no-plain-text"),
)
