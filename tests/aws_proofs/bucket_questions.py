"""Questions to the buckets' policies."""

from __future__ import annotations

from collections.abc import Iterator

from iam_evaluator import Caller
from questions import (
    DATA,
    GRANTED,
    KEYS,
    LOGS,
    OLD_TLS,
    OPERATOR,
    ORGANISATION,
    OUTSIDER,
    READER,
    REFUSED,
    SILENT,
    TLS_NONE,
    TRAIL,
    Row,
    role,
    root,
    service,
)


def bucket_rows(name: str, account: str, region: str) -> Iterator[Row]:
    bucket, thing = f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/a/837.edi"
    deploy = role(account, "billing-identity-deploy")
    somebody = role(account, "somebody")
    yield "own policy decides", somebody, "s3:GetObject", thing, {}, SILENT
    yield "no TLS", somebody, "s3:GetObject", thing, TLS_NONE, REFUSED
    yield "old TLS", somebody, "s3:GetObject", thing, OLD_TLS, REFUSED
    yield "nobody from outside", OUTSIDER, "s3:GetObject", thing, {}, REFUSED
    yield "no shorter retention", deploy, "s3:PutObjectRetention", thing, {}, REFUSED
    yield "nobody bypasses", root(account), "s3:BypassGovernanceRetention", thing, {}, REFUSED
    yield "the deployment protects", deploy, "s3:PutBucketVersioning", bucket, {}, SILENT
    yield "nobody else unprotects", somebody, "s3:PutBucketVersioning", bucket, {}, REFUSED
    yield "nor root", root(account), "s3:DeleteBucketPolicy", bucket, {}, REFUSED


def encrypted_rows(name: str, account: str, region: str, writer: Caller) -> Iterator[Row]:
    thing = f"arn:aws:s3:::{name}/a/837.edi"
    algorithm, key = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
    right = {algorithm: "aws:kms", key: f"arn:aws:kms:{region}:{KEYS}:key/mrk-1"}
    yield "the right key", writer, "s3:PutObject", thing, right, SILENT
    yield "the default key", writer, "s3:PutObject", thing, {}, SILENT
    yield "another algorithm", writer, "s3:PutObject", thing, {**right, algorithm: "AES256"}, REFUSED
    wrong = f"arn:aws:kms:{region}:{account}:key/mrk-1"
    yield "wrong key", writer, "s3:PutObject", thing, {**right, key: wrong}, REFUSED
    customers = {"s3:x-amz-server-side-encryption-customer-algorithm": "AES256"}
    yield "the caller's key", writer, "s3:PutObject", thing, customers, REFUSED


def buckets() -> Iterator[tuple[str, list[Row]]]:
    for suffix, code in (("", ""), ("-riverbend-hospital", "-rvbh")):
        for store in ("edi", "exports", "landing", "scans"):
            for replica, region in (("", "us-east-1"), ("-replica", "us-west-2")):
                name = f"meridian-prod-ephi-{store}{code}{replica}"
                yield (
                    f"bucket:ephi-{store}{suffix}{replica}",
                    [*bucket_rows(name, DATA, region), *encrypted_rows(name, DATA, region, OPERATOR)],
                )
    for label, name, account, region, source in (
        ("data-access", "meridian-prod-data-access-logs", DATA, "us-east-1", "meridian-prod-ephi-edi"),
        (
            "data-access-replica",
            "meridian-prod-data-access-logs-replica",
            DATA,
            "us-west-2",
            "meridian-prod-ephi-edi-replica",
        ),
        ("logs-access", "meridian-prod-logs-access-logs", LOGS, "us-east-1", "meridian-prod-log-archive"),
    ):
        log = f"arn:aws:s3:::{name}/a"
        from_here = {"aws:SourceArn": f"arn:aws:s3:::{source}", "aws:SourceAccount": account}
        logging = service("logging.s3")
        yield (
            f"bucket:{label}",
            [
                *bucket_rows(name, account, region),
                ("access logs arrive", logging, "s3:PutObject", log, from_here, GRANTED),
                (
                    "confused deputy",
                    logging,
                    "s3:PutObject",
                    log,
                    {**from_here, "aws:SourceAccount": "9"},
                    SILENT,
                ),
                ("logs stay", role(account, "billing-identity-deploy"), "s3:DeleteObject", log, {}, REFUSED),
            ],
        )
    acl = {"s3:x-amz-acl": "bucket-owner-full-control"}
    name, mine = "meridian-prod-log-archive", {"aws:SourceAccount": DATA}
    bucket, files = f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/AWSLogs"
    trail, strange = {"aws:SourceArn": TRAIL, **acl}, {"aws:SourceArn": TRAIL.replace(LOGS, "9" * 12), **acl}
    org = f"{files}/{ORGANISATION}/CloudTrail/a"
    snapshot = f"{files}/{DATA}/Config/a"
    yield (
        "bucket:log-archive",
        [
            *bucket_rows(name, LOGS, "us-east-1"),
            *encrypted_rows(name, LOGS, "us-east-1", service("config")),
            ("the trail looks", service("cloudtrail"), "s3:GetBucketAcl", bucket, trail, GRANTED),
            ("the trail writes", service("cloudtrail"), "s3:PutObject", org, trail, GRANTED),
            ("confused deputy", service("cloudtrail"), "s3:PutObject", org, strange, SILENT),
            ("Config looks", service("config"), "s3:GetBucketAcl", bucket, mine, GRANTED),
            ("Config writes", service("config"), "s3:PutObject", snapshot, {**mine, **acl}, GRANTED),
            ("elsewhere not", service("config"), "s3:PutObject", org, {**mine, **acl}, SILENT),
            ("people don't write", role(LOGS, "billing-identity-deploy"), "s3:PutObject", org, {}, REFUSED),
            ("logs stay", root(LOGS), "s3:DeleteObjectVersion", org, {}, REFUSED),
        ],
    )
    name = "meridian-prod-activity-logs"
    bucket, thing = f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/AWSLogs/{DATA}/vpcflowlogs/a"
    writer = role(LOGS, "meridian-prod-log-collector")
    delivery = service("delivery.logs")
    yield (
        "bucket:activity-logs",
        [
            *bucket_rows(name, LOGS, "us-east-1"),
            *encrypted_rows(name, LOGS, "us-east-1", writer),
            ("flow logs look", delivery, "s3:GetBucketAcl", bucket, mine, GRANTED),
            ("flow logs arrive", delivery, "s3:PutObject", thing, {**mine, **acl}, GRANTED),
            ("confused deputy", delivery, "s3:PutObject", thing, {**acl, "aws:SourceAccount": "9"}, SILENT),
            ("only named writers", READER, "s3:PutObject", thing, {}, REFUSED),
            ("logs stay", writer, "s3:DeleteObject", thing, {}, REFUSED),
        ],
    )
    name = "meridian-prod-log-search-results"
    yield (
        "bucket:log-search-results",
        [*bucket_rows(name, LOGS, "us-east-1"), *encrypted_rows(name, LOGS, "us-east-1", READER)],
    )
