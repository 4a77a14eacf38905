"""Accounts, stores and callers that the tests of policies share."""

from iam_evaluator import Caller

from billing_identity.components.aws import arns

KEYS, DATA, LOGS, MANAGEMENT, OUTSIDE = (
    *("111122223333", "444455556666", "777788889999", "222233334444"),
    "999900001111",
)
REGION, ORGANIZATION = "us-east-1", "o-example1234"
STORE, ARCHIVE, ACCESS = (
    "meridian-prod-ephi-edi",
    "meridian-prod-log-archive",
    "meridian-prod-data-access-logs",
)
DEPLOY = arns.role(DATA, "billing-identity-deploy")
TRAILS = [arns.trail(account, REGION, "meridian-prod-trail") for account in (MANAGEMENT, LOGS)]
OBJECT = f"{arns.bucket(STORE)}/riverbend/837.edi"
ALGORITHM = "s3:x-amz-server-side-encryption"
KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"
CUSTOMER = "s3:x-amz-server-side-encryption-customer-algorithm"
OPERATOR = Caller(arns.role(DATA, "operator"))


def key(account: str, region: str = REGION) -> str:
    return f"arn:aws:kms:{region}:{account}:key/mrk-0123456789abcdef0123456789abcdef"
