"""What an attacker would write to get past the rules: each attempt is found, doubted, or admitted."""

import json

import pytest

from billing_identity.policies.coverage import UNSEEN, page, unseen_by_any
from billing_identity.policies.evaluate import PackConfig, ResourceRecord, evaluate
from billing_identity.policies.framework.settings import read_settings
from billing_identity.policies.framework.wire import UNKNOWN

CONFIG = PackConfig(settings=read_settings({"environment": "prod"}))
QUEUE = "aws:sqs/queuePolicy:QueuePolicy"
ROLE = "aws:iam/role:Role"
SUB = "token.actions.githubusercontent.com:sub"


def _speaks(type_, props, **more):
    """Rules that find or doubt something about one resource; its missing tags left out."""
    record = ResourceRecord(f"urn:pulumi:prod::x::{type_}::x", type_, "x", props, **more)
    return {finding.rule for finding in evaluate([record], CONFIG).findings} - {"aws-store-classified"}


def _policy(**changes):
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*", **changes}
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def _when(operator, key, value):
    return _policy(Condition={operator: {key: value}})


def _trust(condition=None):
    statement = {
        "Effect": "Allow",
        "Principal": {
            "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
        },
        "Action": "sts:AssumeRoleWithWebIdentity",
        **({"Condition": condition} if condition else {}),
    }
    return {"assumeRolePolicy": json.dumps({"Statement": [statement]})}


ADMIN = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
FOUND = [
    ("no-back-door", "aws-native:s3:Bucket", {"accessControl": "PublicRead"}),
    ("no-back-door", "aws-native:iam:User", {}),
    ("no-back-door", "azure-native:authorization:RoleAssignment", {"principalId": "x"}),
    ("no-back-door", "msgraph:index/resource:Resource", {"url": "users"}),
    ("no-back-door", "aws:cloudcontrol/resource:Resource", {"typeName": "AWS::IAM::User"}),
    ("no-back-door", "aws:cloudformation/stack:Stack", {"templateBody": "{}"}),
    ("no-back-door", "command:local:Command", {"create": "aws iam create-user"}),
    ("no-back-door", "pulumi-python:dynamic:Resource", {"__provider": "gASV"}),
    ("no-back-door", "pulumi:providers:aws-native", {"region": "us-east-1"}),
    ("provider-speaks-to-its-cloud", "pulumi:providers:aws", {"endpoints": '[{"sts":"http://x"}]'}),
    ("provider-speaks-to-its-cloud", "pulumi:providers:aws", {"insecure": "true"}),
    ("provider-speaks-to-its-cloud", "pulumi:providers:okta", {"baseUrl": "example.com"}),
    ("aws-s3-public-access-blocked", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
     dict.fromkeys(BLOCKS, "True")),
    ("aws-rds-encrypted", "aws:rds/instance:Instance", {"storageEncrypted": "yes"}),
    ("aws-rds-encrypted", "aws:rds/instance:Instance",
     {"storageEncrypted": True, "kmsKeyId": "ALIAS/AWS/RDS"}),
    ("aws-sqs-encrypted", "aws:sqs/queue:Queue", {"kmsMasterKeyId": " "}),
    ("aws-sqs-encrypted", "aws:sqs/queue:Queue", {"kmsMasterKeyId": "hello"}),
    ("aws-log-retention-six-years", "aws:cloudwatch/logGroup:LogGroup", {"retentionInDays": "nan"}),
    ("aws-sqs-not-public", QUEUE, _policy(Principal=None, NotPrincipal={"AWS": "111122223333"})),
    ("aws-sqs-not-public", QUEUE, _policy(Principal={"AWS": ["111122223333", "*"]})),
    ("aws-sqs-not-public", QUEUE, _policy(Principal={"*": "*"})),
    ("aws-sqs-not-public", QUEUE, {"policy": '{"statement":[{"effect":"Allow","principal":"*"}]}'}),
    ("aws-sqs-not-public", QUEUE, {"policy": '{"Statement":[{"Effect":"Allow","Principal":"*",'
     '"Principal":{"AWS":"111122223333"},"Action":"sqs:*"}]}'}),
    ("aws-sqs-not-public", QUEUE, _when("StringNotEquals", "aws:PrincipalOrgID", "o-1")),
    ("aws-sqs-not-public", QUEUE, _when("StringLike", "aws:PrincipalArn", "*")),
    ("aws-sqs-not-public", QUEUE, _when("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:*")),
    ("aws-sqs-not-public", QUEUE, _when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/Admin")),
    ("aws-sqs-not-public", QUEUE, _when("StringEqualsIfExists", "aws:SourceAccount", "111122223333")),
    ("aws-sqs-not-public", QUEUE, _when("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-1")),
    ("aws-sqs-not-public", QUEUE, _when("StringEquals", "aws:SourceAccount", ["111122223333", "*"])),
    ("aws-sqs-not-public", QUEUE, _when("StringEquals", "aws:SourceAccount", [])),
    ("aws-sqs-not-public", QUEUE, {"policy": UNKNOWN}),
    ("aws-inline-policy-not-public", "aws:sqs/queue:Queue", _policy()),
    ("aws-inline-policy-not-public", "aws:sns/topic:Topic", _policy()),
    ("aws-opensearch-policy-not-public", "aws:opensearch/domain:Domain",
     {"accessPolicies": _policy()["policy"]}),
    ("aws-s3-policy-not-public", "aws:s3/bucketPolicy:BucketPolicy", {"bucket": "x", **_policy()}),
    ("aws-s3-policy-not-public", "aws:s3/accessPoint:AccessPoint", {"bucket": "x", **_policy()}),
    ("aws-s3-acl-not-public", "aws:s3/bucketObjectv2:BucketObjectv2", {"acl": "public-read"}),
    ("aws-federation-names-its-subject", ROLE, _trust()),
    ("aws-shared-with-declared-accounts", ROLE, {"assumeRolePolicy": json.dumps({"Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "sts:AssumeRole"}]})}),
    ("aws-further-policies-not-public", "aws:glue/resourcePolicy:ResourcePolicy", _policy()),
    ("aws-permission-set-names-its-stores",
     "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
     {"inlinePolicy": ADMIN.replace('"Action":"*"', '"Action":"s3:Get*"')}),
    ("aws-permission-set-names-its-stores", "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
     {"managedPolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ("aws-s3-settings-declared-apart", "aws:s3/bucket:Bucket",
     {"bucket": "x", "lifecycleRules": [{"enabled": True, "expiration": {"days": 1}}]}),
    ("aws-s3-lifecycle-long-enough", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
     {"bucket": "ephi-query-results", "rules": [{"expiration": {"days": 1}}]}),
    ("aws-s3-lifecycle-long-enough", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
     {"bucket": "b", "rules": [{"expiration": {"date": "2026-12-01T00:00:00Z"}}]}),
    ("aws-s3-object-lock-fixed", "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
     {"bucket": "b", "rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 1}}}),
    ("aws-audit-bucket-locked", "aws:cloudtrail/trail:Trail", {"s3BucketName": "elsewhere"}),
    ("aws-federation-names-its-subject", ROLE, _trust({"StringLike": {SUB: "repo:*"}})),
    ("aws-iam-no-full-administration", ROLE,
     {"managedPolicyArns": ["arn:aws:iam::aws:policy/IAMFullAccess"]}),
    ("aws-iam-no-full-administration", ROLE, {"inlinePolicies": [{"name": "x", "policy": ADMIN}]}),
    ("aws-iam-no-full-administration", "aws:iam/userPolicy:UserPolicy", {"policy": ADMIN}),
    ("aws-iam-no-full-administration", "aws:iam/rolePolicy:RolePolicy",
     {"policy": ADMIN.replace('"Action":"*"', '"Action":["a*","b*"]')}),
    ("aws-iam-no-full-administration", "aws:iam/rolePolicy:RolePolicy",
     {"policy": ADMIN.replace('"Action":"*"', '"Action":["iam:PutRolePolicy"]')}),
    ("aws-iam-no-full-administration", "aws:iam/rolePolicy:RolePolicy",
     {"policy": ADMIN.replace('"Action":"*"', '"Action":["kms:PutKeyPolicy","kms:Decrypt"]')}),
    ("aws-iam-no-full-administration", "aws:iam/rolePolicy:RolePolicy",
     {"policy": ADMIN.replace('"Action":"*"', '"Action":["config:*","guardduty:*"]')}),
    ("aws-iam-no-full-administration", "aws:iam/rolePolicy:RolePolicy",
     {"policy": ADMIN.replace('"Action":"*"', '"Action":["iam:PassRole","lambda:CreateFunction"]')}),
    ("aws-iam-no-full-administration", "aws:iam/rolePolicy:RolePolicy",
     {"policy": ADMIN.replace('"Action":"*"', '"Action":["ssm:SendCommand"]')}),
    ("entra-second-factor-for-everybody", "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
     {"state": "enabled", "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}, "conditions": {
         "clientAppTypes": ["all"], "users": {"includedUsers": ["All"]}, "applications": {
             "includedApplications": ["All"], "filter": {"mode": "exclude", "rule": "x"}}}}),
    ("okta-token-scopes-named", "okta:auth/serverPolicyRule:ServerPolicyRule",
     {"groupWhitelists": ["EVERYONE"], "scopeWhitelists": ["*"]}),
    ("okta-support-not-let-in", "okta:index/orgSupport:OrgSupport", {"extendBy": 365}),
    ("okta-rate-limits-enforced", "okta:index/rateLimiting:RateLimiting",
     {"defaultMode": "ENFORCE", "useCaseModeOverrides": {"loginPage": "DISABLE"}}),
    ("okta-origin-https", "okta:trustedorigin/origin:Origin", {"origin": "https://*"}),
    ("aws-lambda-not-public", "aws:lambda/permission:Permission", {"principal": "s3.amazonaws.com"}),
    ("aws-no-sharing-beside-policies", "aws:kms/grant:Grant", {"granteePrincipal": "999999999999"}),
    ("aws-no-sharing-beside-policies", "aws:ec2/amiLaunchPermission:AmiLaunchPermission", {"group": "all"}),
    ("aws-store-kind-judged", "aws:memorydb/cluster:Cluster", {"tlsEnabled": False}),
    ("aws-classic-load-balancer-absent", "aws:elb/loadBalancer:LoadBalancer", {}),
    ("aws-load-balancer-no-plain-text", "aws:lb/listener:Listener",
     {"protocol": "Http", "defaultActions": [{"type": "forward"}]}),
    ("aws-load-balancer-rule-no-plain-text", "aws:lb/listenerRule:ListenerRule",
     {"listenerArn": "arn:elsewhere", "actions": [{"type": "forward"}]}),
    ("aws-rds-tls-forced", "aws:rds/parameterGroup:ParameterGroup",
     {"family": "postgres16", "parameters": [{"name": "rds.force_ssl", "value": "0"}]}),
    ("aws-resource-region-allowed", "aws:dynamodb/table:Table", {"region": "cn-north-1"}),
    ("aws-api-gateway-preflight-answers-nothing", "aws:apigateway/integration:Integration",
     {"httpMethod": "OPTIONS", "type": "AWS_PROXY"}),
    ("aws-api-gateway-methods-declared", "aws:apigateway/restApi:RestApi", {"body": "{}"}),
    ("entra-app-assignment-required", "azuread:index/servicePrincipal:ServicePrincipal",
     {"clientId": "00000003-0000-0000-C000-000000000000"}),
    ("entra-conditional-access-enforced", "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
     {"state": "en\u0430bled"}),
    ("okta-sign-on-rule-two-factors", "okta:app/signonPolicyRules:SignonPolicyRules",
     {"rules": [{"name": "x", "access": "DENY ", "factorMode": "1FA"}]}),
    ("okta-session-limits", "okta:policy/ruleSignon:RuleSignon", {"access": "deny", "sessionIdle": 9999}),
    ("no-secret-in-clear", "pulumi:pulumi:StackReference",
     {"outputs": {"key": "AKIA" + "Q3EGRKN7YXJ2ZVHW"}}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "type_", "props"), FOUND, ids=[f"{number} {case[0]}" for number, case in enumerate(FOUND)]
)
def test_the_attempt_is_found_or_doubted(rule, type_, props):
    assert rule in _speaks(type_, props)


ADMITTED = {
    "Types of packages": ("kubernetes:core/v1:Secret", {"stringData": {"password": "x"}}),
    "a named repository": (ROLE, _trust({
        "StringEquals": {SUB: "repo:stranger/program:environment:prod",
                         "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}})),
    "Network paths": ("aws:ec2/securityGroup:SecurityGroup", {"ingress": [{"cidrBlocks": ["0.0.0.0/0"]}]}),
    "split, or encoded": ("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions": "QUtJQQ=="}),
    "provider refuses": ("aws:cloudwatch/logGroup:LogGroup", {
        "retentionInDays": "1e9", "kmsKeyId": "arn:aws:kms:us-east-1:111122223333:key/k"}),
    "TCP that carries TLS": ("aws:lb/listener:Listener", {
        "protocol": "TCP", "port": 80, "defaultActions": [{"type": "forward"}]}),
    "that no rule names": ("aws:apigateway/restApiPolicy:RestApiPolicy", _policy()),
}  # fmt: skip
"""Part of the row that admits it, and an attempt that no rule speaks of."""


@pytest.mark.parametrize(("row", "case"), ADMITTED.items(), ids=ADMITTED)
def test_what_passes_is_admitted(row, case):
    assert _speaks(*case) == set(), "it is found now: the row can go"
    assert sum(row in what for what, _, _ in unseen_by_any()) == 1


def test_ignored_changes_are_judged_as_they_are_kept():
    block = {"bucket": "x", **dict.fromkeys(BLOCKS, True)}
    type_ = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
    assert _speaks(type_, block, ignore_changes=("blockPublicAcls",)) == set()
    kept = {**block, "blockPublicAcls": False}
    assert "aws-s3-public-access-blocked" in _speaks(type_, kept, ignore_changes=("blockPublicAcls",))


def test_the_page_admits_every_row():
    text = page()
    assert UNSEEN.exists()
    assert all(f"| {what} | {why} | {instead} |" in text for what, why, instead in unseen_by_any())
