"""The evaluator itself, on cases whose answer AWS documents."""

import json

import pytest
from iam_evaluator import Caller, Request, allowed, denied_by

ROLE = Caller("arn:aws:iam::111122223333:role/reader")


def policy(effect: str, condition: dict, principal: object = "*", action: str = "s3:*") -> str:
    return json.dumps(
        {
            "Statement": [
                {
                    "Sid": "S",
                    "Effect": effect,
                    "Principal": principal,
                    "Action": action,
                    "Resource": "*",
                    "Condition": condition,
                }
            ]
        }
    )


@pytest.mark.parametrize(
    ("condition", "context", "matches"),
    [
        ({"StringNotEquals": {"k": "v"}}, {}, True),
        ({"StringNotEquals": {"k": ["v", "w"]}}, {"k": "w"}, False),
        ({"StringEquals": {"k": "v"}}, {}, False),
        ({"StringEqualsIfExists": {"k": "v"}}, {}, True),
        ({"Bool": {"aws:SecureTransport": "false"}}, {"aws:SecureTransport": "false"}, True),
        ({"Null": {"k": "false"}}, {"k": ""}, True),
        ({"Null": {"k": "true"}}, {}, True),
        ({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, {"s3:TlsVersion": "1.1"}, True),
        ({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, {"s3:TlsVersion": "1.2"}, False),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/read*"}}, {}, True),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*"}}, {}, False),
        ({"StringEquals": {"a": "1"}, "StringLike": {"b": "x*"}}, {"a": "1", "b": "y"}, False),
    ],
)
def test_conditions_match_as_documented(condition: dict, context: dict, matches: bool) -> None:
    request = Request(ROLE, "s3:GetObject", context=context)
    assert (denied_by(policy("Deny", condition), request) == {"S"}) is matches


def test_account_principal_stands_for_every_role_of_the_account_only() -> None:
    document = policy("Allow", {}, {"AWS": ["arn:aws:iam::111122223333:root"]})
    assert allowed(document, Request(ROLE, "s3:GetObject"))
    assert not allowed(document, Request(Caller("arn:aws:iam::444455556666:role/reader"), "s3:GetObject"))


def test_a_service_is_no_account() -> None:
    document = policy("Allow", {}, {"Service": ["config.amazonaws.com"]})
    assert allowed(document, Request(Caller(service="config.amazonaws.com"), "s3:GetObject"))
    assert not allowed(document, Request(Caller(service="logs.amazonaws.com"), "s3:GetObject"))
    assert not allowed(document, Request(ROLE, "s3:GetObject"))


def test_an_unknown_operator_is_an_error() -> None:
    with pytest.raises(AssertionError, match="IpAddress"):
        allowed(policy("Allow", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), Request(ROLE, "s3:GetObject"))
