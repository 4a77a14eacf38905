"""Questions about issued documents: their bucket, their key, and the roles on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

from bucket_questions import bucket_rows
from questions import (
    DATA,
    GRANTED,
    KEY,
    KEYS,
    LOGS,
    OUTSIDER,
    PEOPLE,
    READER,
    REFUSED,
    SILENT,
    TOKEN,
    Row,
    on,
    role,
    root,
    via,
)

BUCKET = "meridian-prod-issued-documents"
ISSUER, ENTRY = role(LOGS, "meridian-prod-document-issuer"), role(PEOPLE, "meridian-prod-ci-documents")
DEPLOY = role(LOGS, "billing-identity-deploy")
DOCUMENT = f"arn:aws:s3:::{BUCKET}/mfa/2026-11-24-0123456789ab/mfa.pdf"
ONCE = {"s3:if-none-match": "*"}
SESSION = "sts:AssumeRoleWithWebIdentity"


def _bucket() -> Iterator[Row]:
    yield from bucket_rows(BUCKET, LOGS, "us-east-1")
    add, extend = "s3:PutObject", "s3:PutObjectRetention"
    algorithm, key = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
    right = {**ONCE, algorithm: "aws:kms", key: f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-1"}
    wrong = right[key].replace(KEYS, LOGS)
    customers = {**ONCE, "s3:x-amz-server-side-encryption-customer-algorithm": "AES256"}
    yield "the issuer adds", ISSUER, add, DOCUMENT, ONCE, SILENT
    yield "with the right key", ISSUER, add, DOCUMENT, right, SILENT
    yield "with another key", ISSUER, add, DOCUMENT, {**right, key: wrong}, REFUSED
    yield "with another algorithm", ISSUER, add, DOCUMENT, {**right, algorithm: "AES256"}, REFUSED
    yield "with the caller's key", ISSUER, add, DOCUMENT, customers, REFUSED
    yield "nothing is replaced", ISSUER, add, DOCUMENT, {}, REFUSED
    yield "nobody else adds", READER, add, DOCUMENT, ONCE, REFUSED
    yield "nor does the deployment", DEPLOY, add, DOCUMENT, ONCE, REFUSED
    yield "the issuer extends a lock", ISSUER, extend, DOCUMENT, {}, SILENT
    yield "nobody else touches a lock", root(LOGS), extend, DOCUMENT, {}, REFUSED
    yield "the issuer holds nothing back", ISSUER, "s3:PutObjectLegalHold", DOCUMENT, {}, REFUSED
    yield "nor goes around a lock", ISSUER, "s3:BypassGovernanceRetention", DOCUMENT, {}, REFUSED
    yield "documents stay", ISSUER, "s3:DeleteObject", DOCUMENT, {}, REFUSED
    yield "whoever asks", root(LOGS), "s3:DeleteObjectVersion", DOCUMENT, {}, REFUSED


def issued_documents() -> Iterator[tuple[str, list[Row]]]:
    encrypt, here = "kms:GenerateDataKey", on(BUCKET)
    yield "bucket:issued-documents", list(_bucket())
    yield (
        "key:key-logs",
        [
            ("documents are added", ISSUER, encrypt, KEY, here, GRANTED),
            ("in their bucket alone", ISSUER, encrypt, KEY, on("meridian-prod-activity-logs"), SILENT),
            ("the issuer reads nothing", ISSUER, "kms:Decrypt", KEY, here, SILENT),
            ("readers read them", READER, "kms:Decrypt", KEY, here, GRANTED),
        ],
    )
    yield (
        "role:document-issuer",
        [
            ("adds", ISSUER, "s3:PutObject", DOCUMENT, {}, GRANTED),
            ("extends", ISSUER, "s3:PutObjectRetention", DOCUMENT, {}, GRANTED),
            ("encrypts through S3", ISSUER, encrypt, KEY, via("s3"), GRANTED),
            ("and not beside it", ISSUER, encrypt, KEY, via("ec2"), SILENT),
            ("reads nothing", ISSUER, "s3:GetObject", DOCUMENT, {}, SILENT),
            ("in no other bucket", ISSUER, "s3:PutObject", "arn:aws:s3:::another/a", {}, SILENT),
        ],
    )
    yield (
        "trust:document-issuer",
        [
            ("the pipeline's role", ENTRY, "sts:AssumeRole", "*", {}, GRANTED),
            (
                "not the one that deploys",
                role(PEOPLE, "meridian-prod-ci-deploy"),
                "sts:AssumeRole",
                "*",
                {},
                SILENT,
            ),
            ("nobody from outside", OUTSIDER, "sts:AssumeRole", "*", {}, SILENT),
        ],
    )
    takes, arn = "sts:AssumeRole", f"arn:aws:iam::{LOGS}:role/meridian-prod-document-issuer"
    yield (
        "role:ci-documents",
        [
            ("takes on its role", ENTRY, takes, arn, {}, GRANTED),
            (
                "not the deploying one",
                ENTRY,
                takes,
                f"arn:aws:iam::{DATA}:role/billing-identity-deploy",
                {},
                SILENT,
            ),
        ],
    )
    aud, sub = (f"token.actions.githubusercontent.com:{name}" for name in ("aud", "sub"))
    right = {aud: "sts.amazonaws.com", sub: "repo:meridian-revenue/identity:environment:prod-documents"}
    yield (
        "trust:ci-documents",
        [
            ("its environment", TOKEN, SESSION, "*", right, GRANTED),
            (
                "a pull request",
                TOKEN,
                SESSION,
                "*",
                {**right, sub: "repo:meridian-revenue/identity:pull_request"},
                SILENT,
            ),
            (
                "a deployment",
                TOKEN,
                SESSION,
                "*",
                {**right, sub: "repo:meridian-revenue/identity:environment:prod"},
                SILENT,
            ),
            ("another audience", TOKEN, SESSION, "*", {**right, aud: "https://github.com/x"}, SILENT),
        ],
    )
