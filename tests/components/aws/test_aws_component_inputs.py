"""What the AWS components refuse, and that their arguments can be read from other languages."""

from __future__ import annotations

import copy
import inspect
from pathlib import Path
from typing import Any

import pytest
from aws_samples import ALL, BUCKET, KEY, KEY_ARN, KEYS
from pulumi.provider.experimental.analyzer import Analyzer

from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.components.errors import ComponentInputError
from billing_identity.review.preview.run import run_callable


@pytest.mark.parametrize("name", ALL)
def test_other_languages_can_use_it(name: str) -> None:
    """Pulumi infers a schema from the arguments; what it can not read breaks the component package."""
    component, _ = ALL[name]
    module = inspect.getmodule(component)
    assert module is not None
    assert module.__file__ is not None
    found = Analyzer("billing-identity").analyze([component])
    assert set(found["component_definitions"]) == {component.__name__}
    assert Path(module.__file__).read_text().count("from __future__ import annotations") == 0


@pytest.mark.parametrize("name", ALL)
def test_every_missing_argument_is_named(name: str) -> None:
    component, args = ALL[name]
    needed = sorted(set(args) - {"tags"})
    with pytest.raises(ComponentInputError) as found:
        component.check("x", {})  # pyright: ignore[reportAttributeAccessIssue]
    required = {line.split(": ")[1].split(":")[0] for line in str(found.value).splitlines()}
    assert "tags" in required or "tags" not in args
    assert required & set(needed)


def changed(args: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(args), **changes}


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("key", {"organisation_id": "o-x"}, "organisation_id: unknown; did you mean organization_id?"),
        ("key", {"deletion_window_days": 1}, "deletion_window_days: unknown"),
        ("store", {"organisation_id": "o-x"}, "organisation_id: unknown; did you mean organization_id?"),
        (
            "key",
            {"uses": [{**KEY["uses"][0], "bucket": ["acme"]}]},
            r"uses\[0\].bucket: unknown; did you mean buckets?",
        ),
        ("key", {"uses": [{"name": "Nobody"}]}, r"uses\[0\].roles: missing"),
        ("store", {"replica": {"bucket": "acme-there"}}, "replica.region: missing"),
        ("store", {"key_arn": "alias/aws/s3"}, "write a key's ARN"),
        ("store", {"key_arn": KEY_ARN.replace("us-east-1", "us-west-2")}, "a key of us-west-2"),
        ("store", {"key_arn": KEY_ARN.replace(KEYS, "999999999999")}, "a key of account 999999999999"),
        (
            "store",
            {"replica": {**BUCKET["replica"], "key_arn": KEY_ARN}},
            "replica key_arn",
        ),
        ("key", {"replica_region": "us-east-1"}, "own Region"),
        ("key", {"rotation_days": 730}, "write 90 to 365"),
        ("key", {"custom_key_store_id": "cks-0123456789abcdef0"}, "replica_region: KMS can't do it"),
        ("key", {"custom_key_store_id": "hsm"}, "write cks-"),
        ("key", {"xks_key_id": "bb8562717f809024"}, "custom_key_store_id, too"),
        ("key", {"administrators": KEY["custodians"]}, "only one of these duties"),
        ("key", {"alias": "alias/ephi"}, "without `alias/`"),
        ("key", {"tags": {}}, "Owner is missing"),
        ("key", {"region": "us east"}, "write an AWS Region"),
        ("store", {"bucket": "Acme_EPHI"}, "lower-case"),
        ("store", {"bucket": "10.0.0.1"}, "hyphens instead of dots"),
        ("store", {"bucket": "ab"}, "3 to 63"),
        ("store", {"bucket": "a" * 64}, "3 to 63"),
        ("store", {"bucket": "xn--acme"}, "keeps this prefix"),
        ("store", {"lock_mode": "NONE"}, "COMPLIANCE or GOVERNANCE"),
        ("store", {"lock_days": 0}, "lock_days 0"),
        ("store", {"version_days": 30}, "at least lock_days"),
        ("store", {"log_bucket": "acme-ephi"}, "its own access logs"),
        ("store", {"deployers": []}, "deployers: empty"),
        ("store", {"keys_account_id": "1"}, "keys_account_id '1'"),
        ("store", {"replica": {**BUCKET["replica"], "region": "us-east-1"}}, "the store's own"),
        ("store", {"replica": {**BUCKET["replica"], "bucket": "acme-ephi"}}, "the store itself"),
        ("access", {"retention_days": 365}, "write 2192 or more"),
        ("access", {"sources": []}, "sources: empty"),
        ("archive", {"retention_days": 2191}, "write 2192 or more"),
        ("archive", {"trails": []}, "trails: empty"),
        ("group", {"retention_days": 2190}, "write one of 2192"),
        ("group", {"retention_days": 365}, "write one of 2192"),
        ("trail", {"object_prefixes": []}, "object_prefixes: empty"),
        ("trail", {"log_group_arn": "arn:aws:logs:us-east-1:1:log-group:x:*"}, "without `:\\*`"),
        ("role", {"source_arns": []}, "source_arns: empty"),
        ("role", {"service": "cloudtrail"}, "service principal"),
        ("role", {"role": "r" * 65}, "1 to 64"),
        ("guards", {"regions": []}, "regions: empty"),
        ("guards", {"ebs_keys": {"eu-west-1": KEY_ARN}}, "not among the regions"),
        ("topic", {"account_id": "12"}, "12 digits"),
        ("alarm", {"pattern": "ERROR"}, "a filter in braces"),
        ("alarm", {"count": 0}, "count 0"),
        ("alarm", {"window_minutes": 2000}, "1 to 1440"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_registered(
    name: str, changes: dict[str, Any], message: str
) -> None:
    component, args = ALL[name]
    caught: list[str] = []

    def program() -> None:
        with pytest.raises(ComponentInputError, match=message) as error:
            made: Any = component
            made(name, changed(args, **changes))
        caught.append(str(error.value))

    found = run_callable(program)
    assert len(caught) == 1, [str(error) for error in found.errors]
    assert [item.type for item in found.registrations] == ["pulumi:pulumi:Stack"]


def test_all_faults_are_told_at_once() -> None:
    args = changed(BUCKET, bucket="Bad_Name", lock_mode="NONE", tags={})
    with pytest.raises(ComponentInputError) as error:
        EphiBucket("store", args)  # type: ignore[arg-type]
    lines = str(error.value).splitlines()
    assert len(lines) == 5
    assert all(line.startswith("bucket store: ") for line in lines)
