"""With which accounts AWS resources are shared: declared ones, our own, and strangers in every guise."""

import json
from dataclasses import replace

import pytest
from reference_records import reference_records
from rule_harness import judge_graph, stack_rule

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import find, rules
from billing_identity.policies.framework.resource_policies import DOCUMENTS
from billing_identity.policies.framework.rule import ResourceRule, Verdict
from billing_identity.policies.framework.wire import UNKNOWN

OURS, STRANGER = "111122223333", "999988887777"
LOG_READER = "100000000009"
"""The account in the settings' `siem`."""
RULE = "aws-shared-with-declared-accounts"
TOPIC = "aws:sns/topicPolicy:TopicPolicy"


def _says(principal, condition=None, *, kind=TOPIC, settings=None, more=(), effect="Allow"):
    statement = {"Effect": effect, "Principal": principal, "Action": "*", "Resource": "*"}
    if condition is not None:
        statement["Condition"] = condition
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    record = ResourceRecord(f"urn:pulumi:prod::x::{kind}::x", kind, "x", {DOCUMENTS[kind]: text})
    settings = {"trustedAccounts": [OURS]} if settings is None else settings
    return judge_graph(stack_rule(RULE), (record, *more), settings)[0]


def _key(account):
    kind = "aws:kms/key:Key"
    arn = f"arn:aws:kms:us-east-1:{account}:key/1"
    return ResourceRecord(f"urn:pulumi:prod::x::{kind}::k", kind, "k", {}, outputs={"arn": arn})


STRANGERS = {
    "an account's root": ({"AWS": f"arn:aws:iam::{STRANGER}:root"}, None),
    "an account's number": ({"AWS": STRANGER}, None),
    "a role of it": ({"AWS": f"arn:aws:iam::{STRANGER}:role/reader"}, None),
    "in another partition": ({"AWS": f"arn:aws-us-gov:iam::{STRANGER}:role/reader"}, None),
    "second in a list": ({"AWS": [OURS, STRANGER]}, None),
    "a user whose ARN is gone": ({"AWS": "AIDAEXAMPLEUSERID"}, None),
    "a canonical user": (
        {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
        None,
    ),
    "a service for it": ({"Service": "s3.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": STRANGER}}),
    "a service for a rule of it": (
        {"Service": "events.amazonaws.com"},
        {"ArnEquals": {"aws:SourceArn": f"arn:aws:events:us-east-1:{STRANGER}:rule/x"}},
    ),
    "another organisation": ("*", {"StringEquals": {"aws:PrincipalOrgID": "o-otherorg99"}}),
    "a role of it, by condition": ("*", {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{STRANGER}:role/*"}}),
}


@pytest.mark.parametrize(("principal", "condition"), STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_is_found(principal, condition):
    assert _says(principal, condition) == {Verdict.FAIL}


FRIENDS = {
    "declared": ({"AWS": f"arn:aws:iam::{OURS}:role/reader"}, None),
    "a service of AWS": ({"Service": "cloudtrail.amazonaws.com"}, None),
    "an identity of CloudFront": (
        {"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"},
        None,
    ),
    "a bucket as source": (
        {"Service": "s3.amazonaws.com"},
        {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::b"}},
    ),
}


@pytest.mark.parametrize(("principal", "condition"), FRIENDS.values(), ids=FRIENDS)
def test_the_declared_and_aws_itself_pass(principal, condition):
    assert _says(principal, condition) == set()


def test_everybody_of_an_account_in_the_words_of_the_data_lake():
    kind = "aws:lakeformation/permissions:Permissions"
    for account, wanted in ((OURS, set()), (STRANGER, {Verdict.FAIL})):
        record = ResourceRecord(f"urn:{kind}", kind, "x", {"principal": f"{account}:IAMPrincipals"})
        assert judge_graph(stack_rule(RULE), [record], {"trustedAccounts": [OURS]})[0] == wanted


def test_what_is_denied_to_a_stranger_is_no_sharing():
    assert _says({"AWS": STRANGER}, effect="Deny") == set()


def test_accounts_of_the_program_itself_need_no_declaration():
    assert _says({"AWS": OURS}, settings={}, more=(_key(OURS),)) == set()
    assert _says({"AWS": STRANGER}, settings={}, more=(_key(OURS),)) == {Verdict.FAIL}


def test_what_the_provider_fills_in_is_judged_when_it_is_known():
    bucket = "aws:s3/bucket:Bucket"
    for policy, wanted in (("", set()), (UNKNOWN, set()), (json.dumps(_open_to(STRANGER)), {Verdict.FAIL})):
        record = ResourceRecord(f"urn:{bucket}", bucket, "x", {"policy": policy})
        assert judge_graph(stack_rule(RULE), [record], {"trustedAccounts": [OURS]})[0] == wanted


def _open_to(account):
    return {"Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "s3:GetObject"}]}


def test_where_no_account_is_known_it_is_undecided():
    assert _says({"AWS": OURS}, settings={}) == {Verdict.UNDECIDED}


def test_every_policy_that_may_not_be_public_is_read_here_too():
    documents = {
        (type_, place.removesuffix("#.Statement"))
        for rule in rules()
        if isinstance(rule, ResourceRule) and rule.id.endswith("not-public")
        for place in rule.reads
        if place.endswith("#.Statement")
        for type_ in rule.types
    }
    assert {type_ for type_, _ in documents} <= set(DOCUMENTS)
    assert set(DOCUMENTS.values()) >= {path for _, path in documents}


def test_the_account_that_reads_the_references_log_feed_must_be_declared():
    resources, config = reference_records()
    assert evaluate(resources, config, [find(RULE)]).findings == ()
    others = tuple(account for account in config.settings.trusted_accounts if account != LOG_READER)
    settings = config.settings.model_copy(update={"trusted_accounts": others})
    found = evaluate(resources, replace(config, settings=settings), [find(RULE)]).findings
    assert found
    assert all(LOG_READER in item.message for item in found)
