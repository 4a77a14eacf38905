"""Classic load balancers have no policy of TLS 1.3 and forward in clear by default."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="No classic load balancer is used",
    severity=Severity.HIGH,
    why="Its listeners are not judged by any rule, and none of its security policies offers TLS 1.3.",
    remedy="use an application or network load balancer",
    types=(
        "aws:elb/loadBalancer:LoadBalancer",
        "aws:elb/listenerPolicy:ListenerPolicy",
        "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy",
    ),
)
