"""Where issued documents are kept, in the log account, and the role that adds them.

The log account, since what nobody may thin out is there, apart from the operators of data; under the key of
logs, whose readers are the ones who show an auditor what was in effect. Documents hold no ePHI.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from billing_identity.components.aws import arns
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.documents_bucket import DocumentsBucketArgs
from billing_identity.components.aws.guarded_role import GuardedRoleArgs
from billing_identity.components.aws.policies.documents_policy import issuer_policy
from billing_identity.components.aws.policies.log_roles import role_trust
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import deployers, lock_mode, organization_id
from billing_identity.stacks.bind.aws.collection import log_tags
from billing_identity.stacks.bind.aws.keys import LOGS, KeyArn
from billing_identity.stacks.bind.aws.stores import CI_DOCUMENTS, ISSUER, Names
from billing_identity.stacks.names import partition, role_arn


@dataclass(frozen=True)
class DocumentArgs:
    """Arguments of the two components."""

    bucket: DocumentsBucketArgs
    issuer: GuardedRoleArgs


def document_args(catalogue: Catalogue, names: Names, key_arn: KeyArn) -> DocumentArgs:
    """Bucket and role. `key_arn` gives the ARN of a key by its id."""
    settings = names.settings
    aws = settings.aws
    account, region = aws.accounts["logs"], aws.region
    tagged = log_tags(catalogue, names)
    bucket: DocumentsBucketArgs = {
        "bucket": names.documents,
        "region": region,
        "account_id": account,
        "keys_account_id": aws.accounts["keys"],
        "key_arn": key_arn(LOGS),
        "log_bucket": names.access_logs("logs"),
        "issuers": [role_arn(aws, "logs", names.role(ISSUER))],
        "deployers": deployers(settings, "logs"),
        "lock_mode": lock_mode(settings),
        "retention_days": ceil(catalogue.access_policy.retention.documents_years * 365.25),
        "tags": tagged,
    }
    organization = organization_id(settings)
    if organization is not None:
        bucket["organization_id"] = organization
    return DocumentArgs(
        bucket=bucket,
        issuer={
            "role": names.role(ISSUER),
            "trust": role_trust(
                aws.accounts["workforce"],
                [role_arn(aws, "workforce", names.role(CI_DOCUMENTS))],
                partition(region),
            ),
            "policy": issuer_policy(names.documents, arns.keys_of(aws.accounts["keys"], region), region),
            "boundary_arn": boundary_arn(account, region),
            "description": "Adds issued documents and extends their locks; reads nothing",
            "tags": tagged,
        },
    )
