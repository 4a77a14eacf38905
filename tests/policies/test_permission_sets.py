"""Ways to give a person more in AWS than the role's entitlement says are found, and the near ones pass."""

import json
from dataclasses import replace

import pytest
from rule_harness import judge_graph, stack_rule

from billing_identity.policies.framework.permission_sets import (
    AWS_POLICIES,
    BOUNDARY,
    CUSTOMER_POLICIES,
    CUSTOMER_POLICY,
)
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Verdict
from billing_identity.policies.framework.tokens import (
    AWS_IAM_POLICY,
    AWS_PERMISSION_SET,
    AWS_PERMISSION_SET_POLICY,
)

SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
OBJECTS = "arn:aws:s3:::meridian-prod-edi-835/*"
CATALOGUE = {"catalogue": "example", "environment": "prod", "asOf": "2026-11-24"}


def _record(type_, name="x", /, **props):
    return ResourceRecord(f"urn:pulumi:prod::a::{type_}::{name}", type_, name, props, id=name)


def _inline(*statements):
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return _record(AWS_PERMISSION_SET_POLICY, permissionSetArn=SET, inlinePolicy=text)


def _allow(action, resource: object = "*", **more: object):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def _deny(action, **more):
    return {"Effect": "Deny", "Action": action, "Resource": "*", **more}


def _when(operator, key, value):
    return {"Condition": {operator: {key: value}}}


def _stores(*resources):
    return judge_graph(stack_rule("aws-permission-set-names-its-stores"), resources, {})[0]


UNNAMED = {
    "every bucket by a pattern": _inline(_allow("s3:GetObject", "arn:aws:s3:::*/*")),
    "buckets by two letters": _inline(_allow("s3:GetObject", "arn:aws:s3:::me*")),
    "another case": _inline(_allow("S3:GETOBJECT")),
    "a pattern of actions": _inline(_allow("s3:Get*")),
    "one action in a long list": _inline(_allow(["ec2:Describe*", "dynamodb:Scan"])),
    "by exclusion": _inline({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
    "all but one bucket": _inline({"Effect": "Allow", "Action": "s3:*", "NotResource": OBJECTS}),
    "one name and everything": _inline(_allow("s3:GetObject", [OBJECTS, "*"])),
    "every table of an account": _inline(
        _allow("dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/*")
    ),
    "every service by one wildcard": _inline(_allow("s3:GetObject", "arn:aws:*:*:*:meridian-prod")),
    "keys without a service": _inline(_allow("kms:Decrypt", "arn:aws:kms:*:111122223333:key/*")),
    "keys but for one service": _inline(
        _allow("kms:Decrypt", **_when("StringNotEquals", "kms:ViaService", "ec2.us-east-1.amazonaws.com"))
    ),
    "a tag of any value": _inline(_allow("s3:GetObject", **_when("StringLike", "aws:ResourceTag/Team", "*"))),
    "a condition on the address": _inline(
        _allow("s3:GetObject", **_when("IpAddress", "aws:SourceIp", "192.0.2.0/24"))
    ),
    "denied on condition only": _inline(
        _allow("s3:Get*"), _deny("s3:GetObject*", **_when("Bool", "aws:MultiFactorAuthPresent", "false"))
    ),
    "AWS's own in a list": _record(
        AWS_POLICIES, managedPolicyArns=["arn:aws:iam::aws:policy/ReadOnlyAccess"]
    ),
    "a policy that is not shown": _record(
        CUSTOMER_POLICIES, customerManagedPolicyReferences=[{"name": "elsewhere"}]
    ),
}
NAMED = {
    "a prefix": _inline(_allow("s3:GetObject", "arn:aws:s3:::meridian-*/*")),
    "keys through a service": _inline(
        _allow("kms:Decrypt", **_when("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"))
    ),
    "a log group": _inline(
        _allow("logs:GetLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/rds/prod:*")
    ),
    "a queue": _inline(_allow("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:111122223333:meridian-edi")),
    "a tag": _inline(_allow("dynamodb:Query", **_when("StringEquals", "aws:ResourceTag/Team", "edi"))),
    "descriptions of everything": _inline(_allow(["s3:ListAllMyBuckets", "dynamodb:DescribeTable"])),
    "contents denied": _inline(_allow(["s3:Get*", "s3:List*"]), _deny("s3:GetObject*")),
}


@pytest.mark.parametrize("record", UNNAMED.values(), ids=UNNAMED)
def test_stores_that_are_not_named_are_found(record):
    assert Verdict.FAIL in _stores(record)


@pytest.mark.parametrize("record", NAMED.values(), ids=NAMED)
def test_stores_that_are_named_pass(record):
    assert _stores(record) == set()


def test_a_managed_policy_is_judged_in_each_account_that_has_it():
    attached = _record(CUSTOMER_POLICY, customerManagedPolicyReference={"name": "reads"})
    narrow = _record(
        AWS_IAM_POLICY, "one", name="reads", policy=json.dumps({"Statement": [_allow("s3:List*")]})
    )
    wide = _record(AWS_IAM_POLICY, "two", name="reads", policy=json.dumps({"Statement": [_allow("s3:Get*")]}))
    assert _stores(attached, narrow) == set()
    assert Verdict.FAIL in _stores(attached, narrow, wide)


def _within(name, *statements, settings=CATALOGUE):
    props = {"name": name}
    permission_set = replace(_record(AWS_PERMISSION_SET, **props), outputs={**props, "arn": SET}, id=SET)
    resources = (permission_set, _record(BOUNDARY, permissionSetArn=SET), _inline(*statements))
    return judge_graph(stack_rule("aws-permission-set-within-its-entitlement"), resources, settings)[0]


BEYOND = {
    "key policies": _allow("kms:PutKeyPolicy"),
    "keys, without a service between": _allow("kms:Decrypt"),
    "audit trail": _allow("cloudtrail:*"),
    "retention of logs": _allow("logs:Put*"),
    "rights of others": _allow("iam:AttachRolePolicy"),
    "another role": _allow("sts:AssumeRole"),
    "snapshots to others": _allow("ec2:ModifySnapshotAttribute"),
    "code": _allow("lambda:Update*"),
    "a shell on a machine": _allow("ssm:StartSession"),
    "secrets": _allow("secretsmanager:GetSecretValue"),
    "all but one": {"Effect": "Allow", "NotAction": "s3:DeleteBucket", "Resource": "*"},
}


@pytest.mark.parametrize("statement", BEYOND.values(), ids=BEYOND)
def test_rights_beyond_the_entitlement_are_found(statement):
    assert Verdict.FAIL in _within("LogReader", _allow("logs:GetLogEvents"), statement)


def test_rights_of_the_entitlement_pass():
    through = _when("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com")
    assert _within("LogReader", _allow("logs:GetLogEvents"), _allow("kms:Decrypt", **through)) == set()
    assert _within("DataOperator", _allow("s3:GetObject", OBJECTS), _allow("kms:Decrypt")) == set()


def test_without_a_catalogue_it_says_that_it_needs_one():
    assert _within("LogReader", _allow("kms:PutKeyPolicy"), settings={}) == {Verdict.NOT_APPLICABLE}
