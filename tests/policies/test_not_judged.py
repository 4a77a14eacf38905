"""What a rule has nothing to say about, met in public examples, and what lies beside it that it refuses."""

import pytest
from rule_harness import judge_example, resource_rule

from billing_identity.policies.evaluate import PackConfig, ResourceRecord, evaluate
from billing_identity.policies.framework.registry import find
from billing_identity.policies.framework.rule import Example, Verdict

LISTENER, GROUP = "aws:lb/listener:Listener", "aws:lb/targetGroup:TargetGroup"
METHOD, ENDPOINT = "aws:apigateway/method:Method", "aws:dms/endpoint:Endpoint"
BALANCER, FUNCTION = "aws:lb/loadBalancer:LoadBalancer", "aws:lambda/function:Function"
DOMAIN, PRINCIPAL = "aws:apigateway/domainName:DomainName", "azuread:index/servicePrincipal:ServicePrincipal"
CACHE = "aws:elasticache/replicationGroup:ReplicationGroup"
FORWARD = {"defaultActions": [{"type": "forward", "targetGroupArn": "arn:x"}]}
GRAPH = "00000003-0000-0000-c000-000000000000"

SPARED = (
    ("aws-load-balancer-no-plain-text", LISTENER, FORWARD, "a gateway load balancer's listener"),
    ("aws-load-balancer-target-tls", GROUP, {"targetType": "lambda"}, "a function"),
    (
        "aws-load-balancer-target-tls",
        GROUP,
        {"targetType": "alb", "protocol": "TCP", "port": 443},
        "a balancer",
    ),
    ("aws-load-balancer-logged", BALANCER, {"loadBalancerType": "gateway"}, "a gateway load balancer"),
    ("aws-lambda-environment-encrypted", FUNCTION, {"handler": "x"}, "no environment"),
    (
        "aws-api-gateway-authorised",
        METHOD,
        {"httpMethod": "OPTIONS", "authorization": "NONE"},
        "a browser's question",
    ),
    ("aws-dms-endpoint-tls", ENDPOINT, {"engineName": "s3", "sslMode": "none"}, "S3 as a target"),
    ("aws-api-gateway-domain-tls", DOMAIN, {"securityPolicy": "SecurityPolicy_TLS13_1_3_2025_09"}, "TLS 1.3"),
    ("entra-app-assignment-required", PRINCIPAL, {"clientId": GRAPH, "useExisting": True}, "Microsoft Graph"),
)
REFUSED = (
    ("aws-load-balancer-no-plain-text", LISTENER, {"port": 80, **FORWARD}, "HTTP by default"),
    ("aws-load-balancer-target-tls", GROUP, {"targetType": "ip", "protocol": "HTTP"}, "plain"),
    ("aws-load-balancer-logged", BALANCER, {"loadBalancerType": "network"}, "no log"),
    (
        "aws-lambda-environment-encrypted",
        FUNCTION,
        {"environment": {"variables": {"A": "b"}}},
        "Amazon's key",
    ),
    ("aws-api-gateway-authorised", METHOD, {"httpMethod": "ANY", "authorization": "NONE"}, "anybody"),
    ("aws-dms-endpoint-tls", ENDPOINT, {"engineName": "postgres", "sslMode": "none"}, "plain"),
    ("aws-elasticache-tls", CACHE, {"transitEncryptionEnabled": False}, "plain"),
    (
        "aws-elasticache-tls",
        CACHE,
        {"transitEncryptionEnabled": True},
        "plain clients, unless it says required",
    ),
    ("aws-load-balancer-target-tls", GROUP, {"protocol": "GENEVE", "port": 6081}, "encrypted or not"),
    (
        "aws-api-gateway-domain-tls",
        DOMAIN,
        {"securityPolicy": "SecurityPolicy_TLS12_2018_EDGE"},
        "old suites",
    ),
    ("entra-app-assignment-required", PRINCIPAL, {"clientId": "4", "useExisting": True}, "the whole tenant"),
)


@pytest.mark.parametrize(("rule", "type_", "props", "title"), SPARED, ids=[f"{r[0]}-{r[3]}" for r in SPARED])
def test_it_is_left_alone(rule, type_, props, title):
    found, _ = judge_example(resource_rule(rule), Example(title, type_, props), props)
    assert not found & {Verdict.FAIL, Verdict.UNDECIDED}


@pytest.mark.parametrize(
    ("rule", "type_", "props", "title"), REFUSED, ids=[f"{r[0]}-{r[3]}" for r in REFUSED]
)
def test_what_lies_beside_it_is_refused(rule, type_, props, title):
    found, _ = judge_example(resource_rule(rule), Example(title, type_, props), props)
    assert Verdict.FAIL in found


def test_a_listener_that_does_not_redirect_has_one_finding():
    rule = find("aws-load-balancer-no-plain-text")
    report = evaluate([ResourceRecord("urn:l", LISTENER, "l", {"port": 80, **FORWARD})], PackConfig(), [rule])
    assert len(report.findings) == 1
