"""One sample of each AWS component, and a program of all of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws.access_log_bucket import AccessLogBucket
from billing_identity.components.aws.account_guards import AccountGuards
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.audit_trail import AuditTrail
from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucket
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.review.preview.record import Preview, Registration
from billing_identity.review.preview.run import run_callable

ACCOUNT, KEYS = "444455556666", "111122223333"
KEY_ARN = f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-0123456789abcdef0123456789abcdef"
DEPLOY = [f"arn:aws:iam::{ACCOUNT}:role/deploy"]
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/audit"
TAGS = {"Owner": "cloud-engineer", "DataClass": "ephi", "CatalogueId": "system:aws"}

KEY = {
    "alias": "ephi",
    "description": "ePHI",
    "account_id": KEYS,
    "region": "us-east-1",
    "replica_region": "us-west-2",
    "administrators": [f"arn:aws:iam::{KEYS}:role/kms-administrator"],
    "custodians": [f"arn:aws:iam::{KEYS}:role/kms-custodian"],
    "uses": [
        {
            "name": "Operators",
            "roles": [f"arn:aws:iam::{ACCOUNT}:role/operator"],
            "services": ["s3"],
            "buckets": ["acme-ephi"],
            "replica_buckets": ["acme-ephi-replica"],
        }
    ],
    "tags": TAGS,
}
BUCKET = {
    "bucket": "acme-ephi",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "keys_account_id": KEYS,
    "key_arn": KEY_ARN,
    "log_bucket": "acme-access-logs",
    "deployers": DEPLOY,
    "lock_mode": "GOVERNANCE",
    "lock_days": 90,
    "replica": {
        "bucket": "acme-ephi-replica",
        "region": "us-west-2",
        "key_arn": KEY_ARN.replace("us-east-1", "us-west-2"),
        "log_bucket": "acme-access-logs-replica",
        "role_arn": f"arn:aws:iam::{ACCOUNT}:role/replication",
    },
    "tags": TAGS,
}
ACCESS = {
    "bucket": "acme-access-logs",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "sources": ["acme-ephi*"],
    "deployers": DEPLOY,
    "retention_days": 2192,
    "tags": TAGS,
}
ARCHIVE = {
    "bucket": "acme-archive",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "keys_account_id": KEYS,
    "key_arn": KEY_ARN,
    "log_bucket": "acme-access-logs",
    "trails": [TRAIL],
    "deployers": DEPLOY,
    "lock_mode": "COMPLIANCE",
    "retention_days": 2192,
    "tags": TAGS,
}
GROUP = {
    "log_group": "/acme/trail",
    "region": "us-east-1",
    "retention_days": 2192,
    "key_arn": KEY_ARN,
    "tags": TAGS,
}
TRAIL_ARGS = {
    "trail": "audit",
    "region": "us-east-1",
    "bucket": "acme-archive",
    "key_arn": KEY_ARN,
    "log_group_arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/acme/trail",
    "log_role_arn": f"arn:aws:iam::{ACCOUNT}:role/delivery",
    "organization": False,
    "object_prefixes": ["acme-ephi-"],
    "tags": TAGS,
}
ROLE = {
    "role": "delivery",
    "service": "cloudtrail.amazonaws.com",
    "source_arns": [TRAIL],
    "policy": '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"}]}',
    "boundary_arn": f"arn:aws:iam::{ACCOUNT}:policy/boundary",
    "description": "delivery",
    "tags": TAGS,
}
GUARDS = {"account_id": ACCOUNT, "regions": ["us-east-1", "us-west-2"], "tags": TAGS}
TOPIC = {
    "topic": "alarms",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "key_arn": KEY_ARN,
    "tags": TAGS,
}
ALARM = {
    "alarm": "acme-root-used",
    "description": "Somebody used root.",
    "namespace": "Acme",
    "region": "us-east-1",
    "log_group": "/acme/trail",
    "pattern": '{ $.userIdentity.type = "Root" }',
    "count": 2,
    "window_minutes": 5,
    "topic_arn": f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms",
    "tags": TAGS,
}
ALL: dict[str, tuple[type[pulumi.ComponentResource], dict[str, Any]]] = {
    "key": (CustomerManagedKey, KEY),
    "store": (EphiBucket, BUCKET),
    "access": (AccessLogBucket, ACCESS),
    "archive": (LogArchiveBucket, ARCHIVE),
    "group": (LogGroup, GROUP),
    "trail": (AuditTrail, TRAIL_ARGS),
    "role": (ServiceRole, ROLE),
    "guards": (AccountGuards, GUARDS),
    "topic": (AlarmTopic, TOPIC),
    "alarm": (TrailAlarm, ALARM),
}


def preview(program: Callable[[], None], *, unknown: bool = False) -> Preview:
    found = run_callable(program, unknown=unknown, config={"pulumi:disable-default-providers": '["*"]'})
    assert not found.errors, [str(error) for error in found.errors]
    return found


def everything() -> None:
    provider = aws.Provider("aws", region="us-east-1", allowed_account_ids=[ACCOUNT])
    for name, (component, args) in ALL.items():
        made: Any = component
        made(name, copy.deepcopy(args), pulumi.ResourceOptions(providers=[provider]))


def inputs(known: dict[tuple[str, str], Registration], type_: str, name: str) -> dict[str, Any]:
    return known[(type_, name)].inputs
