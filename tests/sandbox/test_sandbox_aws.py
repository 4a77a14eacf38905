"""AWS: ids, tags, accounts, the order of what hangs together, and what is read."""

import json
import re
from typing import Any

import pytest
from aws_kinds import BUCKET, GROUP, KEY, OWN, ROLE, TRUST, allow, document
from sandbox_client import Refused

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


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
