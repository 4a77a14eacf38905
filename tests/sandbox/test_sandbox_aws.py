"""AWS: what the services refuse, and what they make of what they accept."""

import json
import re
from typing import Any

import pytest
from sandbox_client import Refused

KEY = "aws:kms/key:Key"
ALIAS = "aws:kms/alias:Alias"
BUCKET = "aws:s3/bucket:Bucket"
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
ROLE = "aws:iam/role:Role"
GROUP = "aws:cloudwatch/logGroup:LogGroup"
TRAIL = "aws:cloudtrail/trail:Trail"
BUS = "aws:cloudwatch/eventBus:EventBus"
RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
ROOT = "arn:aws:iam::111111111111:root"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(principal: Any, action: str = "kms:*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*", **more}


OWN = document(allow({"AWS": ROOT}))
TRUST = document(
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
)


def enabled(client: Any, bucket: str) -> None:
    client.create(BUCKET, bucket=bucket)
    client.create(VERSIONING, bucket=bucket, versioningConfiguration={"status": "Enabled"})


def test_ids_and_arns_have_the_services_form(aws: Any) -> None:
    key = aws.create(KEY, policy=OWN)
    assert re.fullmatch(UUID, key["id"])
    assert key["arn"] == f"arn:aws:kms:us-east-1:111111111111:key/{key['id']}"
    assert key["keyId"] == key["id"]
    many = aws.create(KEY, multiRegion=True)
    assert re.fullmatch(r"mrk-[0-9a-f]{32}", many["id"])
    assert "111111111111:root" in many["policy"]
    bucket = aws.create(BUCKET, bucket="acme-ephi")
    assert (bucket["id"], bucket["arn"]) == ("acme-ephi", "arn:aws:s3:::acme-ephi")
    assert bucket["bucketRegionalDomainName"] == "acme-ephi.s3.us-east-1.amazonaws.com"
    role = aws.create(ROLE, name="reader", assumeRolePolicy=TRUST)
    assert (role["id"], role["arn"]) == ("reader", "arn:aws:iam::111111111111:role/reader")
    topic = aws.create("aws:sns/topic:Topic", name="alerts")
    assert topic["id"] == topic["arn"] == "arn:aws:sns:us-east-1:111111111111:alerts"
    group = aws.create(GROUP, name="/audit", region="us-west-2")
    assert (group["id"], group["arn"]) == ("/audit", "arn:aws:logs:us-west-2:111111111111:log-group:/audit")
    permission = aws.create(
        "aws:ssoadmin/permissionSet:PermissionSet",
        name="Auditor",
        instanceArn="arn:aws:sso:::instance/ssoins-1",
    )
    assert permission["id"] == f"{permission['arn']},arn:aws:sso:::instance/ssoins-1"
    assert re.fullmatch(r"arn:aws:sso:::permissionSet/ssoins-1/ps-[0-9a-f]{16}", permission["arn"])
    vpc = aws.create("aws:ec2/vpc:Vpc", cidrBlock="10.0.0.0/16")
    assert vpc["id"] and vpc["arn"].endswith(vpc["id"])


def test_default_tags_join_the_resource_s_own(clients: Any) -> None:
    tagged = clients("aws", region="us-east-1", defaultTags='{"tags": {"class": "ephi", "a": "x"}}')
    assert tagged.create(BUCKET, bucket="acme-ephi", tags={"a": "b"})["tagsAll"] == {
        "class": "ephi",
        "a": "b",
    }


def test_several_accounts_live_behind_one_port(aws: Any, data_account: Any) -> None:
    here = aws.create("aws:sns/topic:Topic", name="alerts")
    there = data_account.create("aws:sns/topic:Topic", name="alerts")
    assert here["arn"].split(":")[4] == "111111111111"
    assert there["arn"].split(":")[4] == "222222222222"
    assert aws.read("aws:sns/topic:Topic", there["id"], {}, {}) is None
    assert data_account.invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"] == "222222222222"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({}, "Region"),
        ({"region": "mars"}, "invalid AWS Region: mars"),
        (
            {
                "region": "us-east-1",
                "allowedAccountIds": '["222222222222"]',
                "assumeRoles": '[{"roleArn": "arn:aws:iam::111111111111:role/deploy"}]',
            },
            "AWS account ID not allowed: 111111111111",
        ),
    ],
)
def test_a_bad_provider_configuration_is_refused(
    config: Any, words: str, clients: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    with pytest.raises(Refused, match=words):
        clients("aws", **config)


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


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (BUCKET_POLICY, {"policy": document(allow({"Service": "x.amazonaws.com"}, "s3:*"))}),
        (VERSIONING, {"versioningConfiguration": {"status": "Enabled"}}),
        ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {}),
        (
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            {"rule": {"objectOwnership": "BucketOwnerEnforced"}},
        ),
    ],
)
def test_a_bucket_s_settings_need_the_bucket(kind: str, more: Any, aws: Any, data_account: Any) -> None:
    with pytest.raises(Refused, match="NoSuchBucket: The specified bucket does not exist"):
        aws.create(kind, bucket="acme", **more)
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="AccessDenied"):
        data_account.create(kind, bucket="acme", **more)
    assert aws.create(kind, bucket="acme", **more)["id"] == "acme"


def test_a_second_bucket_policy_overwrites_the_first(aws: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    first = aws.create(BUCKET_POLICY, bucket="acme", policy=document(allow({"AWS": ROOT}, "s3:GetObject")))
    second = aws.create(BUCKET_POLICY, bucket="acme", policy=document(allow({"AWS": ROOT}, "s3:PutObject")))
    outputs, _ = aws.read(BUCKET_POLICY, "acme", first, {"bucket": "acme", "policy": first["policy"]})
    assert outputs["policy"] == second["policy"]


def test_bucket_names_are_unique_in_the_world(aws: Any, data_account: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="BucketAlreadyOwnedByYou"):
        aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="BucketAlreadyExists"):
        data_account.create(BUCKET, bucket="acme")


def test_object_lock_and_versioning_depend_on_each_other(aws: Any) -> None:
    lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    rule = {"defaultRetention": {"mode": "GOVERNANCE", "days": 30}}
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="InvalidBucketState"):
        aws.create(lock, bucket="acme", rule=rule)
    versioning = aws.create(VERSIONING, bucket="acme", versioningConfiguration={"status": "Enabled"})
    aws.create(lock, bucket="acme", rule=rule)
    with pytest.raises(Refused, match="versioning state cannot be changed"):
        aws.update(VERSIONING, versioning, bucket="acme", versioningConfiguration={"status": "Suspended"})
    aws.create(BUCKET, bucket="other")
    with pytest.raises(Refused, match="Object Lock"):
        aws.create(
            "aws:s3/bucketLogging:BucketLogging", bucket="other", targetBucket="acme", targetPrefix="l/"
        )


def test_replication_needs_both_buckets_versioned(aws: Any) -> None:
    kind = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::copy"}}]
    config = {"bucket": "acme", "role": "arn:aws:iam::111111111111:role/r", "rules": rules}
    aws.create(BUCKET, bucket="acme")
    with pytest.raises(Refused, match="Versioning must be 'Enabled' on the bucket"):
        aws.create(kind, **config)
    aws.create(VERSIONING, bucket="acme", versioningConfiguration={"status": "Enabled"})
    with pytest.raises(Refused, match="Destination bucket must exist"):
        aws.create(kind, **config)
    aws.create(BUCKET, bucket="copy")
    with pytest.raises(Refused, match="Destination bucket must have versioning"):
        aws.create(kind, **config)
    aws.create(VERSIONING, bucket="copy", versioningConfiguration={"status": "Enabled"})
    aws.create(kind, **config)


def test_a_public_policy_is_blocked(aws: Any) -> None:
    aws.create(BUCKET, bucket="acme")
    aws.create(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", bucket="acme", blockPublicPolicy=True
    )
    with pytest.raises(Refused, match="BlockPublicPolicy"):
        aws.create(BUCKET_POLICY, bucket="acme", policy=document(allow("*", "s3:GetObject")))


def test_a_bucket_with_objects_stays(aws: Any) -> None:
    bucket = aws.create(BUCKET, bucket="acme")
    item = aws.create("aws:s3/bucketObjectv2:BucketObjectv2", bucket="acme", key="835.edi", content="x")
    with pytest.raises(Refused, match="BucketNotEmpty"):
        aws.delete(BUCKET, bucket)
    aws.delete("aws:s3/bucketObjectv2:BucketObjectv2", item)
    aws.delete(BUCKET, bucket)


def test_a_log_group_s_key_must_serve_it(aws: Any) -> None:
    key = aws.create(KEY, policy=OWN)
    with pytest.raises(
        Refused, match="not allowed to be used with Arn 'arn:aws:logs:us-east-1:111111111111:log-group:/a'"
    ):
        aws.create(GROUP, name="/a", kmsKeyId=key["arn"])
    served = allow(
        {"Service": "logs.us-east-1.amazonaws.com"},
        "kms:GenerateDataKey*",
        Condition={
            "ArnLike": {
                "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111111111111:log-group:/a*"
            }
        },
    )
    key = aws.create(KEY, policy=document(allow({"AWS": ROOT}), served))
    aws.create(GROUP, name="/a", kmsKeyId=key["arn"])
    with pytest.raises(Refused, match="not allowed"):
        aws.create(GROUP, name="/b", kmsKeyId=key["arn"])
    with pytest.raises(Refused, match="already exists"):
        aws.create(GROUP, name="/a")


def trail_policy(name: str = "org") -> str:
    arn = f"arn:aws:cloudtrail:us-east-1:111111111111:trail/{name}"
    service = {"Service": "cloudtrail.amazonaws.com"}
    source = {"StringEquals": {"aws:SourceArn": arn}}
    return document(
        {**allow(service, "s3:GetBucketAcl", Condition=source), "Resource": "arn:aws:s3:::acme-logs"},
        {
            **allow(service, "s3:PutObject", Condition=source),
            "Resource": "arn:aws:s3:::acme-logs/AWSLogs/111111111111/*",
        },
    )


def test_a_trail_needs_a_bucket_that_takes_it_and_a_key_that_serves_it(aws: Any) -> None:
    trail = {"name": "org", "s3BucketName": "acme-logs"}
    with pytest.raises(Refused, match="S3BucketDoesNotExistException"):
        aws.create(TRAIL, **trail)
    aws.create(BUCKET, bucket="acme-logs")
    with pytest.raises(Refused, match="InsufficientS3BucketPolicyException: Incorrect S3 bucket policy"):
        aws.create(TRAIL, **trail)
    aws.create(BUCKET_POLICY, bucket="acme-logs", policy=trail_policy("another"))
    with pytest.raises(Refused, match="InsufficientS3BucketPolicyException"):
        aws.create(TRAIL, **trail)
    aws.create(BUCKET_POLICY, bucket="acme-logs", policy=trail_policy())
    key = aws.create(KEY, policy=OWN)
    with pytest.raises(Refused, match="InsufficientEncryptionPolicyException"):
        aws.create(TRAIL, **trail, kmsKeyId=key["arn"])
    with pytest.raises(Refused, match="KmsKeyNotFoundException"):
        aws.create(TRAIL, **trail, kmsKeyId="arn:aws:kms:us-east-1:111111111111:key/none")
    good = aws.create(
        KEY,
        policy=document(
            allow({"AWS": ROOT}), allow({"Service": "cloudtrail.amazonaws.com"}, "kms:GenerateDataKey*")
        ),
    )
    made = aws.create(TRAIL, **trail, kmsKeyId=good["arn"])
    assert made["id"] == made["arn"] == "arn:aws:cloudtrail:us-east-1:111111111111:trail/org"
    assert made["homeRegion"] == "us-east-1"
    with pytest.raises(Refused, match="InvalidCloudWatchLogsLogGroupArnException"):
        aws.create(TRAIL, **trail, cloudWatchLogsGroupArn="arn:x")


STREAM = {"accountId": "111111111111", "eventSourceName": "billing", "region": "us-east-1"}
PARTNER = "aws.partner/okta.com/acme/billing"


def test_a_partner_bus_needs_the_source_that_okta_opens(aws: Any, okta: Any) -> None:
    with pytest.raises(Refused, match=f"Event source {PARTNER} does not exist"):
        aws.create(BUS, name=PARTNER, eventSourceName=PARTNER)
    stream = okta.create(
        "okta:index/logStream:LogStream", name="aws", type="aws_eventbridge", settings=STREAM
    )
    assert (
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner/okta.com")["state"]
        == "PENDING"
    )
    with pytest.raises(Refused, match="must be the name of its event source"):
        aws.create(BUS, name="other", eventSourceName=PARTNER)
    bus = aws.create(BUS, name=PARTNER, eventSourceName=PARTNER)
    assert bus["arn"] == f"arn:aws:events:us-east-1:111111111111:event-bus/{PARTNER}"
    assert (
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner")["state"]
        == "ACTIVE"
    )
    aws.delete(BUS, bus)
    assert (
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner")["state"]
        == "PENDING"
    )
    okta.delete("okta:index/logStream:LogStream", stream)
    with pytest.raises(Refused, match="0 event sources match"):
        aws.invoke("aws:cloudwatch/getEventSource:getEventSource", namePrefix="aws.partner")


def test_rules_hang_on_buses_and_targets_on_rules(aws: Any) -> None:
    with pytest.raises(Refused, match="Event bus own does not exist"):
        aws.create(RULE, name="r", eventBusName="own", eventPattern="{}")
    bus = aws.create(BUS, name="own")
    rule = aws.create(RULE, name="r", eventBusName="own", eventPattern="{}")
    assert (rule["id"], rule["arn"]) == ("own/r", "arn:aws:events:us-east-1:111111111111:rule/own/r")
    with pytest.raises(Refused, match="Rule other does not exist on EventBus own"):
        aws.create(TARGET, rule="other", eventBusName="own", arn="arn:x")
    target = aws.create(TARGET, rule="r", eventBusName="own", arn="arn:x")
    assert target["arn"] == "arn:x"
    with pytest.raises(Refused, match="has rules"):
        aws.delete(BUS, bus)
    with pytest.raises(Refused, match="has targets"):
        aws.delete(RULE, rule)
    aws.delete(TARGET, target)
    aws.delete(RULE, rule)
    aws.delete(BUS, bus)


def test_iam_attachments_need_both_sides_and_keep_them(aws: Any) -> None:
    attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    policy = aws.create("aws:iam/policy:Policy", name="p", policy=TRUST)
    with pytest.raises(Refused, match="role with name reader cannot be found"):
        aws.create(attachment, role="reader", policyArn=policy["arn"])
    role = aws.create(ROLE, name="reader", assumeRolePolicy=TRUST)
    with pytest.raises(Refused, match="does not exist or is not attachable"):
        aws.create(attachment, role="reader", policyArn="arn:aws:iam::111111111111:policy/none")
    made = aws.create(attachment, role="reader", policyArn=policy["arn"])
    for kind, item in ((ROLE, role), ("aws:iam/policy:Policy", policy)):
        with pytest.raises(Refused, match="DeleteConflict"):
            aws.delete(kind, item)
    with pytest.raises(Refused, match="EntityAlreadyExists"):
        aws.create(ROLE, name="Reader", assumeRolePolicy=TRUST)
    aws.delete(attachment, made)
    aws.delete(ROLE, role)


def test_config_starts_in_order(aws: Any) -> None:
    channel, status = "aws:cfg/deliveryChannel:DeliveryChannel", "aws:cfg/recorderStatus:RecorderStatus"
    with pytest.raises(Refused, match="NoAvailableConfigurationRecorderException"):
        aws.create(channel, s3BucketName="b")
    recorder = aws.create("aws:cfg/recorder:Recorder", roleArn="arn:x")
    with pytest.raises(Refused, match="NoAvailableDeliveryChannelException"):
        aws.create(status, name=recorder["name"], isEnabled=True)
    made = aws.create(channel, s3BucketName="b")
    aws.create(status, name=recorder["name"], isEnabled=True)
    with pytest.raises(Refused, match="LastDeliveryChannelDeleteFailedException"):
        aws.delete(channel, made)
    with pytest.raises(Refused, match="MaxNumberOfConfigurationRecorders"):
        aws.create("aws:cfg/recorder:Recorder", name="two", roleArn="arn:x")


def test_one_detector_and_one_hub_in_a_region(aws: Any) -> None:
    aws.create("aws:guardduty/detector:Detector")
    with pytest.raises(Refused, match="detector already exists"):
        aws.create("aws:guardduty/detector:Detector")
    aws.create("aws:guardduty/detector:Detector", region="us-west-2")
    subscription = "aws:securityhub/standardsSubscription:StandardsSubscription"
    with pytest.raises(Refused, match="not subscribed to AWS Security Hub"):
        aws.create(subscription, standardsArn="arn:aws:securityhub:::standards/x")
    aws.create("aws:securityhub/account:Account")
    aws.create(subscription, standardsArn="arn:aws:securityhub:::standards/x")


SET = "aws:ssoadmin/permissionSet:PermissionSet"
ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment"


def test_assignments_wait_for_scim(aws: Any, okta: Any, state: Any, sandbox: Any) -> None:
    from billing_identity.sandbox import commands

    group = okta.create("okta:group/group:Group", name="aws-auditor")
    app = okta.create(
        "okta:app/saml:Saml", label="AWS IAM Identity Center", preconfiguredApp="amazon_aws_sso"
    )
    other = okta.create("okta:app/saml:Saml", label="athenaOne")
    elsewhere = okta.create("okta:group/group:Group", name="athena-coder")
    okta.create("okta:index/pushGroup:PushGroup", appId=app["id"], sourceGroupId=group["id"])
    okta.create("okta:index/pushGroup:PushGroup", appId=other["id"], sourceGroupId=elsewhere["id"])
    store = aws.invoke("aws:ssoadmin/getInstances:getInstances")
    find = {
        "identityStoreId": store["identityStoreIds"][0],
        "alternateIdentifier": {
            "uniqueAttribute": {"attributePath": "DisplayName", "attributeValue": "aws-auditor"}
        },
    }
    with pytest.raises(Refused, match="GROUP not found"):
        aws.invoke("aws:identitystore/getGroup:getGroup", **find)
    assert commands.scim_sync(state, "111111111111") == ["aws-auditor"]
    assert commands.scim_sync(state, "111111111111") == []
    principal = aws.invoke("aws:identitystore/getGroup:getGroup", **find)["groupId"]
    instance = store["arns"][0]
    permission = aws.create(SET, name="Auditor", instanceArn=instance)
    assignment = {
        "instanceArn": instance,
        "permissionSetArn": permission["arn"],
        "principalType": "GROUP",
        "targetId": "222222222222",
        "targetType": "AWS_ACCOUNT",
    }
    with pytest.raises(Refused, match="GROUP not found: nobody"):
        aws.create(ASSIGNMENT, principalId="nobody", **assignment)
    with pytest.raises(Refused, match="PermissionSet with arn"):
        aws.create(ASSIGNMENT, principalId=principal, **{**assignment, "permissionSetArn": "arn:none"})
    made = aws.create(ASSIGNMENT, principalId=principal, **assignment)
    with pytest.raises(Refused, match="ConflictException"):
        aws.delete(SET, permission)
    aws.delete(ASSIGNMENT, made)
    aws.delete(SET, permission)


def test_organisation_policies(aws: Any) -> None:
    policy, attachment = (
        "aws:organizations/policy:Policy",
        "aws:organizations/policyAttachment:PolicyAttachment",
    )
    aws.create("aws:organizations/organization:Organization", enabledPolicyTypes=["SERVICE_CONTROL_POLICY"])
    with pytest.raises(Refused, match="PolicyNotFoundException"):
        aws.create(attachment, policyId="p-12345678", targetId="r-sb00")
    scp = aws.create(policy, name="no-delete", content="{}")
    tags = aws.create(policy, name="tags", content="{}", type="TAG_POLICY")
    made = aws.create(attachment, policyId=scp["id"], targetId="r-sb00")
    with pytest.raises(Refused, match="PolicyTypeNotEnabledException"):
        aws.create(attachment, policyId=tags["id"], targetId="r-sb00")
    with pytest.raises(Refused, match="PolicyInUseException"):
        aws.delete(policy, scp)
    aws.delete(attachment, made)
    aws.delete(policy, scp)


def test_a_policy_document_is_rendered(aws: Any) -> None:
    statement = {
        "sid": "S",
        "actions": ["s3:GetObject"],
        "resources": ["*"],
        "principals": [{"type": "AWS", "identifiers": ["*"]}],
        "conditions": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["true"]}],
    }
    answer = aws.invoke("aws:iam/getPolicyDocument:getPolicyDocument", statements=[statement])
    assert json.loads(answer["json"])["Statement"] == [
        {
            "Sid": "S",
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "*",
            "Principal": {"AWS": "*"},
            "Condition": {"Bool": {"aws:SecureTransport": "true"}},
        }
    ]


def test_an_unmodelled_data_source_says_so(aws: Any) -> None:
    with pytest.raises(Refused, match="does not model the data source aws:pricing/getProduct:getProduct"):
        aws.invoke("aws:pricing/getProduct:getProduct", serviceCode="x")


def test_a_queue_policy_goes_by_the_queues_url(aws: Any) -> None:
    queue = aws.create("aws:sqs/queue:Queue", name="notices", region="us-west-2")
    assert queue["url"] == queue["id"] == "https://sqs.us-west-2.amazonaws.com/111111111111/notices"
    statement = allow("*", action="sqs:SendMessage")
    policy = aws.create("aws:sqs/queuePolicy:QueuePolicy", queueUrl=queue["url"], policy=document(statement))
    assert policy["id"] == queue["url"]
