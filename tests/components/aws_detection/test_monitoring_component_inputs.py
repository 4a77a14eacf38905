"""Bad input of the monitoring components: one located fault a line, and nothing registered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from billing_identity.components.aws.account_detection import AccountDetection
from billing_identity.components.aws.activity_bucket import ActivityBucket
from billing_identity.components.aws.documents_bucket import DocumentsBucket
from billing_identity.components.aws.event_alert import EventAlert
from billing_identity.components.aws.event_hub import EventHub
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.guardrails import Guardrails
from billing_identity.components.aws.network_logs import NetworkLogs
from billing_identity.components.aws.permission_set import PermissionSet
from billing_identity.components.aws.policies import conformance, guardrails
from billing_identity.components.errors import ComponentInputError

TAGS = {"Owner": "o", "DataClass": "security", "CatalogueId": "system:aws"}
ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/deploy"
ALERT: dict[str, Any] = {
    "alert": "a",
    "title": "t",
    "severity": "high",
    "region": "us-east-1",
    "matches": [{"bus": "b", "kind": "aws", "pattern": "{}", "person": "$.p", "what": "$.w"}],
    "count": 1,
    "window_minutes": 5,
    "namespace": "N",
    "topics": ["arn"],
    "dead_letters_arn": "arn",
    "tags": TAGS,
}
HUB: dict[str, Any] = {
    "bus": "acme-security",
    "partner": False,
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "senders": [ACCOUNT],
    "archive": "acme",
    "retention_days": 2192,
    "stream_arn": "arn",
    "stream_role_arn": ROLE,
    "topic_arn": "arn",
    "dead_letters_arn": "arn",
    "key_arn": "arn",
    "tags": TAGS,
}
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
BUCKET: dict[str, Any] = {
    "bucket": "acme-activity",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "keys_account_id": ACCOUNT,
    "key_arn": KEY,
    "log_bucket": "acme-access",
    "accounts": [ACCOUNT],
    "writers": [ROLE],
    "deployers": [ROLE],
    "lock_mode": "COMPLIANCE",
    "retention_days": 2192,
    "tags": TAGS,
}
DOCUMENTS = {name: BUCKET[name] for name in BUCKET if name not in ("accounts", "writers")} | {
    "issuers": [ROLE]
}
DETECTION: dict[str, Any] = {
    "region": "us-east-1",
    "home": True,
    "recorder_role_arn": ROLE,
    "archive_bucket": "acme-archive",
    "key_arn": "arn",
    "retention_days": 2192,
    "unused_days": 45,
    "parameters": {},
    "tags": TAGS,
}
DUTY = '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"}]}'
TRUST = json.dumps(
    {"Statement": [{"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "sts:AssumeRole"}]}
)
LIMIT = '{"Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}'
SET: dict[str, Any] = {
    "permission_set": "LogReader",
    "description": "d",
    "instance_arn": "arn",
    "region": "us-east-1",
    "session_minutes": 60,
    "policy": DUTY,
    "boundary": "b",
    "groups": {},
    "accounts": [ACCOUNT],
    "tags": TAGS,
}
GUARDRAILS: dict[str, Any] = {
    "service_policies": {"a": LIMIT},
    "resource_policies": {},
    "accounts": [ACCOUNT],
    "tags": TAGS,
}
GUARDED: dict[str, Any] = {"role": "r", "trust": TRUST, "policy": DUTY, "description": "d", "tags": TAGS}
NETWORK: dict[str, Any] = {"vpc_id": "vpc-1", "region": "us-east-1", "bucket": "acme-activity", "tags": TAGS}


@pytest.mark.parametrize(
    ("component", "args", "change", "message"),
    [
        (EventAlert, ALERT, {"matches": []}, "say which events"),
        (EventAlert, ALERT, {"topics": []}, "nobody hears"),
        (EventAlert, ALERT, {"count": 5}, "log_group"),
        (EventAlert, ALERT, {"title": 'say "x"'}, "no quotes"),
        (EventAlert, ALERT, {"window_minutes": 1440}, "1 to 180"),
        (EventAlert, ALERT, {"matches": [{**ALERT["matches"][0], "pattern": "x" * 2049}]}, "2048 at most"),
        (EventHub, HUB, {"retention_days": 365}, "2192 or more"),
        (EventHub, HUB, {"partner": True}, "aws.partner"),
        (EventHub, HUB, {"bus": "aws.partner/okta.com/acme/x"}, "aws.partner"),
        (EventHub, HUB, {"silence_minutes": 7}, "multiple of 5"),
        (ActivityBucket, BUCKET, {"retention_days": 2191}, "2192 or more"),
        (ActivityBucket, BUCKET, {"writers": []}, "at least one role"),
        (ActivityBucket, BUCKET, {"bucket": "Acme_Logs"}, "lower-case"),
        (ActivityBucket, BUCKET, {"lock_mode": "NONE"}, "COMPLIANCE or GOVERNANCE"),
        (ActivityBucket, BUCKET, {"key_arn": KEY.replace(ACCOUNT, "999900001111")}, "a key of account"),
        (ActivityBucket, BUCKET, {"log_bucket": "acme-activity"}, "its own access logs"),
        (DocumentsBucket, DOCUMENTS, {"retention_days": 2191}, "2192 or more"),
        (DocumentsBucket, DOCUMENTS, {"issuers": []}, "at least one role"),
        (AccountDetection, DETECTION, {"retention_days": 3653}, "2192 to 2557"),
        (AccountDetection, DETECTION, {"parameters": {"Nonsense": "1"}}, "write one of"),
        (AccountDetection, DETECTION, {"unused_days": 0}, "1 to 365"),
        (PermissionSet, SET, {"session_minutes": 480}, "60 to 240"),
        (PermissionSet, SET, {"permission_set": "x" * 33}, "1 to 32"),
        (PermissionSet, SET, {"accounts": ["12"]}, "12 digits"),
        (Guardrails, GUARDRAILS, {"accounts": []}, "accounts: empty"),
        (Guardrails, GUARDRAILS, {"service_policies": dict.fromkeys("abcd", LIMIT)}, "3 at most"),
        (GuardedRole, GUARDED, {"session_seconds": 43200}, "3600 to 14400"),
        (NetworkLogs, NETWORK, {"vpc_id": "subnet-1"}, "vpc-"),
        (NetworkLogs, NETWORK, {"tags": {}}, "Owner is missing"),
    ],
)
def test_a_fault_is_named(component: Any, args: dict[str, Any], change: dict[str, Any], message: str) -> None:
    component.check("sample", args)
    with pytest.raises(ComponentInputError, match=message):
        component.check("sample", {**args, **change})


def test_the_hipaa_pack_fits_in_line_and_each_rule_stands_once() -> None:
    text = conformance.template()
    assert len(text.encode()) <= conformance.LIMIT
    rules = [
        resource["Properties"]["Source"]["SourceIdentifier"]
        for resource in json.loads(text)["Resources"].values()
    ]
    assert len(rules) == len(set(rules)) == len(conformance.RULES)
    parameters = json.loads(text)["Parameters"]
    assert parameters["LogRetentionDays"]["Default"] == "2192"


def test_a_guardrail_without_regions_is_refused() -> None:
    with pytest.raises(ComponentInputError, match="regions: empty"):
        guardrails.place_guardrail([])
