"""Each kind of value that AWS's models describe: one that is taken and one that is refused."""

from __future__ import annotations

from typing import Any

import pytest
from aws_values import faults, matches
from boto3.session import Session

CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("kms", "CreateAlias", {"AliasName": "alias/x", "TargetKeyId": "k"}, ""),
    ("kms", "CreateAlias", {"AliasName": "alias x", "TargetKeyId": "k"}, "does not match"),
    ("kms", "CreateKey", {"KeySpec": "SYMMETRIC_DEFAULT"}, ""),
    ("kms", "CreateKey", {"KeySpec": "AES"}, "is none of"),
    ("kms", "EnableKeyRotation", {"KeyId": "k", "RotationPeriodInDays": 365}, ""),
    ("kms", "EnableKeyRotation", {"KeyId": "k", "RotationPeriodInDays": 30}, "is less than 90"),
    ("kms", "EnableKeyRotation", {"KeyId": "k", "RotationPeriodInDays": 3000}, "is more than 2560"),
    (
        "kms",
        "TagResource",
        {"KeyId": "k", "Tags": [{"TagKey": "Owner" * 30, "TagValue": "x"}]},
        "is more than",
    ),
    ("iam", "CreateRole", {"RoleName": "a/b", "AssumeRolePolicyDocument": "{}"}, "does not match"),
    (
        "iam",
        "CreateRole",
        {"RoleName": "a", "AssumeRolePolicyDocument": "{}", "MaxSessionDuration": 60},
        "less",
    ),
    ("logs", "CreateLogGroup", {"logGroupName": "/billing/prod trail"}, "does not match"),
    ("events", "PutRule", {"Name": "a b"}, "does not match"),
    ("transfer", "CreateUser", {"UserName": "-a", "Role": "arn:aws:iam::1:role/x", "ServerId": "s"}, "match"),
]


@pytest.mark.parametrize(("service", "operation", "value", "why"), CASES)
def test_values_are_judged_by_awss_own_description(
    service: str, operation: str, value: dict[str, Any], why: str
) -> None:
    client = Session().client(service, region_name="us-east-1")  # type: ignore[call-overload]
    shape = client.meta.service_model.operation_model(operation).input_shape
    found = list(faults(value, shape, operation))
    assert any(why in fault for fault in found) if why else not found, found


def test_patterns_written_for_java_are_read() -> None:
    assert matches(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "system:aws 1")
    assert not matches(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "a;b")
    assert matches(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*", "SELECT 1")
