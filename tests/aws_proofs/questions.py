"""Questions to every policy document: may this caller do this action on this resource with this context?

A question says what the document answers by itself: `granted`, `refused` (an explicit denial, which also
ends what other policies grant) or `silent` (nothing said: for a document that gives, a no; for one that
only limits, the caller's own policy decides). Names are those of the reference organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from iam_evaluator import Caller, Request

MANAGEMENT, KEYS, LOGS, DATA, PEOPLE = (f"10000000000{number}" for number in range(1, 6))
ORGANISATION = "o-meridian01"
COPIES = "100000000006"
PLACES = (("keys", KEYS), ("logs", LOGS), ("data", DATA), ("workforce", PEOPLE), ("copies", COPIES))
KEY = f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-1"
ISSUER = f"arn:aws:iam::{PEOPLE}:oidc-provider/token.actions.githubusercontent.com"
TRAIL = f"arn:aws:cloudtrail:us-east-1:{LOGS}:trail/meridian-prod-trail"
GRANTED, REFUSED, SILENT = "granted", "refused", "silent"


def role(account: str, name: str) -> Caller:
    return Caller(f"arn:aws:iam::{account}:role/{name}", organization=ORGANISATION)


def person(account: str, permission_set: str) -> Caller:
    """A federated session: the role that IAM Identity Center makes of a permission set."""
    return role(account, f"aws-reserved/sso.amazonaws.com/AWSReservedSSO_{permission_set}_0123456789abcdef")


def service(name: str) -> Caller:
    return Caller(service=f"{name}.amazonaws.com")


def root(account: str) -> Caller:
    return Caller(f"arn:aws:iam::{account}:root", organization=ORGANISATION)


OUTSIDER = Caller("arn:aws:iam::999999999999:role/stranger", organization="o-stranger000")
SIEM = Caller("arn:aws:iam::100000000009:role/splunk", organization=None)
TOKEN = Caller(federated=ISSUER)
OPERATOR, READER = person(DATA, "EphiDataOperator"), person(LOGS, "LogReader")
ADMINISTRATOR, CUSTODIAN = person(KEYS, "KeyAdministrator"), person(KEYS, "KeyCustodian")
AUDITOR = person(KEYS, "SecurityAuditor")
PLAIN_TEXT, OLD_TLS = {"aws:SecureTransport": "false"}, {"s3:TlsVersion": "1.1"}
TLS_NONE = {"aws:SecureTransport": "false", "s3:TlsVersion": "1.3"}
GRANT = {"kms:GrantIsForAWSResource": "false"}


@dataclass(frozen=True)
class Question:
    about: str
    """Glob over documents' labels."""
    why: str
    caller: Caller
    action: str
    resource: str
    context: dict[str, str]
    answer: str

    def request(self) -> Request:
        return Request(self.caller, self.action, self.resource, self.context)


Row = tuple[str, Caller, str, str, dict[str, str], str]


def via(service_: str, region: str = "us-east-1", **context: str) -> dict[str, str]:
    return {"kms:ViaService": f"{service_}.{region}.amazonaws.com", **context}


def on(bucket: str, region: str = "us-east-1") -> dict[str, str]:
    """S3's call to KMS for an object of a bucket."""
    return {**via("s3", region), "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}/837.edi"}


STORE, ARCHIVE = "arn:aws:s3:::meridian-prod-ephi-edi", "arn:aws:s3:::meridian-prod-log-archive"
ACTIVITY, RESULTS = (
    "arn:aws:s3:::meridian-prod-activity-logs",
    "arn:aws:s3:::meridian-prod-log-search-results",
)


def asked_of(label: str, every: list[Question]) -> list[Question]:
    """The questions that are about a document."""
    return [question for question in every if fnmatchcase(label, question.about)]


def permits(kind: str, question: Question) -> bool:
    """Whether the answer lets the call happen, the caller's own policy granting it."""
    limits: Any = kind in ("bucket", "control", "vault")
    return question.answer == GRANTED or (
        limits and question.answer == SILENT and not question.caller.service
    )
