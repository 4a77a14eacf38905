"""What arguments mean that many components take by one name; the others say it in their own docstrings."""

import json
from typing import Any, cast

MEANINGS: dict[str, dict[str, str]] = {
    "aws": {
        "accountId": "Account in which it stands: 12 digits.",
        "bucket": "Name of the bucket.",
        "catalogueId": "What it belongs to in the catalogue, such as `system:aws`.",
        "deployers": "ARNs of the roles that may change its protection.",
        "description": "What it is for, in a sentence.",
        "keyArn": "ARN of the customer managed key, of the same Region; no alias.",
        "keysAccountId": "Account of the keys: those of any other are refused.",
        "lockMode": "COMPLIANCE, which nobody lifts, or GOVERNANCE where a test must be torn down.",
        "logBucket": "Bucket of the same Region and account that takes the access logs.",
        "logGroup": "Name of the log group.",
        "logGroupArn": "ARN of the log group.",
        "namespace": "Namespace of the metric in CloudWatch.",
        "organizationId": "Id of the AWS organisation (`o-...`); callers from outside are refused.",
        "region": "Region in which it is declared, such as `us-east-1`.",
        "retentionDays": "Days that it is kept: six years are 2,192.",
        "tagKey": "Key of the tag that chooses what is meant.",
        "tags": "Tags of everything that it declares; Owner, DataClass and CatalogueId at least.",
        "topicArn": "ARN of the topic that is told.",
        "vpcId": "Id of the VPC: `vpc-...`.",
    },
}
"""By package and name, as the schema spells it."""


def described(package: str, schema: str) -> str:
    """A package's schema in which arguments without a docstring of their own say what such a name means."""
    meanings = MEANINGS.get(package, {})
    found = cast("dict[str, Any]", json.loads(schema))
    for kind, field in (("resources", "inputProperties"), ("types", "properties")):
        for item in found.get(kind, {}).values():
            for name, value in item.get(field, {}).items():
                if name in meanings:
                    value.setdefault("description", meanings[name])
    return json.dumps(found)
