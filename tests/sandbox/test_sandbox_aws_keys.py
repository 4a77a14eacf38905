"""AWS: policies name who exists; keys, aliases, replicas and their owners."""

import json
import re
from typing import Any

import pytest
from aws_kinds import BUCKET, BUCKET_POLICY, KEY, OWN, ROLE, ROOT, TRUST, allow, document
from sandbox_client import Refused

ALIAS = "aws:kms/alias:Alias"
POLICY_CARRIERS = [
    (
        KEY,
        {},
        "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals",
    ),
    (BUCKET_POLICY, {"bucket": "acme"}, "MalformedPolicy: Invalid principal in policy"),
    (
        "aws:sns/topicPolicy:TopicPolicy",
        {"arn": "arn:aws:sns:us-east-1:111111111111:alerts"},
        "PrincipalNotFound",
    ),
    ("aws:backup/vaultPolicy:VaultPolicy", {"backupVaultName": "vault"}, "principal is not valid"),
]


@pytest.mark.parametrize(("kind", "more", "words"), POLICY_CARRIERS, ids=lambda v: str(v)[:30])
def test_a_policy_names_only_principals_that_exist(kind: str, more: Any, words: str, aws: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    aws.create("aws:sns/topic:Topic", name="alerts")
    aws.create("aws:backup/vault:Vault", name="vault")
    role = "arn:aws:iam::111111111111:role/reader"
    policy = document(allow({"AWS": ROOT}, "*"), allow({"AWS": role}, "*"))
    with pytest.raises(Refused, match=re.escape(words)):
        aws.create(kind, policy=policy, **more)
    aws.create(ROLE, name="reader", assumeRolePolicy=TRUST)
    assert aws.create(kind, policy=policy, **more)["policy"] == policy


@pytest.mark.parametrize("principal", ["arn:aws:iam::111111111111:role/*", "nobody", "arn:aws:iam::111:root"])
def test_a_malformed_principal_is_refused(principal: str, aws: Any) -> None:
    with pytest.raises(Refused, match="invalid principals"):
        aws.create(KEY, policy=document(allow({"AWS": ROOT}), allow({"AWS": principal})))


def test_a_policy_that_is_not_json_is_refused(aws: Any) -> None:
    with pytest.raises(Refused, match="not valid JSON"):
        aws.create(KEY, policy="{")


DEPLOY = "arn:aws:iam::111111111111:role/deploy"
LOCKOUT = "will not allow you to update the key policy in the future"


@pytest.mark.parametrize(
    ("statements", "refused"),
    [
        ([allow({"AWS": ROOT})], False),
        ([allow({"AWS": ROOT}, "kms:Describe*")], True),
        ([allow({"AWS": DEPLOY}, "kms:Put*")], False),
        ([allow({"AWS": ROOT}, Condition={"ArnLike": {"aws:PrincipalArn": [DEPLOY]}})], False),
        ([allow({"AWS": ROOT}, Condition={"ArnLike": {"aws:PrincipalArn": [DEPLOY + "-other"]}})], True),
        (
            [
                allow({"AWS": ROOT}),
                {
                    **allow("*", "kms:PutKeyPolicy"),
                    "Effect": "Deny",
                    "Condition": {"ArnLike": {"aws:PrincipalArn": DEPLOY}},
                },
            ],
            True,
        ),
        (
            [
                allow({"AWS": ROOT}),
                {
                    **allow("*", "kms:PutKeyPolicy"),
                    "Effect": "Deny",
                    "Condition": {"ArnNotLike": {"aws:PrincipalArn": DEPLOY}},
                },
            ],
            False,
        ),
    ],
)
def test_kms_keeps_the_caller_in_control(statements: Any, refused: bool, clients: Any) -> None:
    client = clients("aws", region="us-east-1", assumeRoles=json.dumps([{"roleArn": DEPLOY}]))
    if not refused:
        client.create(KEY, policy=document(*statements))
        return
    with pytest.raises(Refused, match=LOCKOUT):
        client.create(KEY, policy=document(*statements))
    client.create(KEY, policy=document(*statements), bypassPolicyLockoutSafetyCheck=True)


def test_a_key_is_scheduled_for_deletion_and_gone_for_pulumi(aws: Any, sandbox: Any) -> None:
    key = aws.create(KEY, policy=OWN)
    aws.create(ALIAS, name="alias/a", targetKeyId=key["keyId"])
    aws.delete(KEY, key)
    assert aws.read(KEY, key["id"], key, {}) is None
    assert [o.props["keyState"] for o in sandbox.store.find(KEY)] == ["PendingDeletion"]
    with pytest.raises(Refused, match="does not exist"):
        aws.create(ALIAS, name="alias/b", targetKeyId=key["keyId"])


def test_aliases_are_unique_and_point_somewhere(aws: Any) -> None:
    with pytest.raises(Refused, match="NotFoundException"):
        aws.create(ALIAS, name="alias/ephi", targetKeyId="nothing")
    key = aws.create(KEY, policy=OWN)
    alias = aws.create(ALIAS, name="alias/ephi", targetKeyId=key["arn"])
    assert alias["targetKeyArn"] == key["arn"]
    with pytest.raises(Refused, match="AlreadyExistsException"):
        aws.create(ALIAS, name="alias/ephi", targetKeyId=key["arn"])


def test_a_replica_needs_its_primary_and_the_primary_waits_for_it(aws: Any) -> None:
    replica = "aws:kms/replicaKey:ReplicaKey"
    with pytest.raises(Refused, match="does not exist"):
        aws.create(replica, primaryKeyArn="arn:aws:kms:us-east-1:111111111111:key/mrk-1", region="us-west-2")
    key = aws.create(KEY, multiRegion=True)
    copy = aws.create(replica, primaryKeyArn=key["arn"], region="us-west-2")
    assert copy["id"] == key["id"]
    assert copy["arn"].split(":")[3] == "us-west-2"
    with pytest.raises(Refused, match="replica"):
        aws.delete(KEY, key)
    aws.delete(replica, copy)
    aws.delete(KEY, key)
