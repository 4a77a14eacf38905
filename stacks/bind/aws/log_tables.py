"""Tables over the logs, and the one schema that exports of every system land in.

The shape of the tables of CloudTrail, flows and name look-ups follows the Athena User Guide ("Querying AWS
service logs").
"""

from __future__ import annotations

from billing_identity.components.aws.log_search import LogTableArgs
from billing_identity.components.aws.network_logs import FIELDS
from billing_identity.components.aws.policies.activity_policy import COLLECTED
from billing_identity.stacks.bind.aws.stores import Names

ACTIVITY = (
    *(("time", "string"), ("person", "string"), ("device", "string"), ("address", "string")),
    *(("system", "string"), ("action", "string"), ("object", "string"), ("client", "string")),
    *(("result", "string"), ("records", "bigint"), ("bytes", "bigint")),
)
"""Exports of EHRs and clearinghouses, endpoints (EDR, MDM) and applications: who did what, on which device.
`person` is the id in HR that every identity provider carries, `device` the serial number."""
_FIRST = "2024-01-01"
_JSON = "org.openx.data.jsonserde.JsonSerDe"
_TEXT = "org.apache.hadoop.mapred.TextInputFormat"


def tables(names: Names) -> dict[str, LogTableArgs]:
    """Every table by name."""
    aws, bucket = names.settings.aws, names.activity
    accounts = ",".join(sorted({*aws.places.values(), aws.management_account}))
    regions = ",".join(sorted({aws.region, aws.replica_region, "us-east-1"}))
    root = f"s3://{names.archive}/AWSLogs/"
    organization = f"{aws.organization_id}/" if names.settings.capabilities.aws_organization else ""
    trail = f"{root}{organization}${{account}}/CloudTrail/${{place}}/${{day}}/"
    flows = f"s3://{bucket}/AWSLogs/${{account}}/vpcflowlogs/${{place}}/${{day}}/"
    placed = {
        **_listed("account", accounts),
        **_listed("place", regions),
    }
    found: dict[str, LogTableArgs] = {
        "cloudtrail": {
            "description": "API calls and sign-ins of every account",
            "location": root,
            "columns": [
                ["eventtime", "string"],
                ["eventsource", "string"],
                ["eventname", "string"],
                ["awsregion", "string"],
                ["sourceipaddress", "string"],
                ["errorcode", "string"],
                ["useridentity", "struct<type:string,principalid:string,arn:string,accountid:string>"],
                ["requestparameters", "string"],
                ["responseelements", "string"],
                ["additionaleventdata", "string"],
            ],
            "partitions": [["account", "string"], ["place", "string"], ["day", "string"]],
            "parameters": {
                **placed,
                **_days("yyyy/MM/dd", _FIRST.replace("-", "/")),
                "storage.location.template": trail,
            },
            "input_format": "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
            "serde": "org.apache.hive.hcatalog.data.JsonSerDe",
        },
        "events": {
            "description": "Events of Okta, Entra and the security bus, as EventBridge wrapped them",
            "location": f"s3://{bucket}/events/",
            "columns": [
                *(["id", "string"], ["detail_type", "string"], ["source", "string"], ["account", "string"]),
                *(["time", "string"], ["region", "string"], ["detail", "string"]),
            ],
            "partitions": [["day", "string"]],
            "parameters": {
                **_days("yyyy-MM-dd", _FIRST),
                "storage.location.template": f"s3://{bucket}/events/day=${{day}}/",
            },
            "input_format": _TEXT,
            "serde": _JSON,
            "serde_parameters": {"mapping.detail_type": "detail-type", "ignore.malformed.json": "true"},
        },
        "activity": {
            "description": "Exports of EHRs, clearinghouses, endpoints and applications in one schema",
            "location": f"s3://{bucket}/activity/",
            "columns": [list(column) for column in ACTIVITY],
            "partitions": [["source", "string"], ["day", "string"]],
            "parameters": {
                **_listed("source", ",".join(COLLECTED)),
                **_days("yyyy-MM-dd", _FIRST),
                "storage.location.template": f"s3://{bucket}/activity/source=${{source}}/day=${{day}}/",
            },
            "input_format": _TEXT,
            "serde": _JSON,
            "serde_parameters": {"ignore.malformed.json": "true"},
        },
        "flows": {
            "description": "Flows of the virtual networks",
            "location": f"s3://{bucket}/AWSLogs/",
            "columns": [[field.replace("-", "_"), _kind(field)] for field in FIELDS],
            "partitions": [["account", "string"], ["place", "string"], ["day", "string"]],
            "parameters": {
                **placed,
                **_days("yyyy/MM/dd", _FIRST.replace("-", "/")),
                "storage.location.template": flows,
                "skip.header.line.count": "1",
            },
            "input_format": _TEXT,
            "serde": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            "serde_parameters": {"field.delim": " "},
        },
    }
    if aws.networks:
        vpcs = ",".join(sorted(network.vpc_id for network in aws.networks))
        found["lookups"] = _lookups(bucket, {**_listed("account", accounts), **_listed("vpc", vpcs)})
    return found


def _lookups(bucket: str, listed: dict[str, str]) -> LogTableArgs:
    """Names that instances asked for (Route 53 Resolver query logs): one JSON object a line."""
    root = f"s3://{bucket}/AWSLogs/"
    return {
        "description": "Names that instances of the virtual networks asked for",
        "location": root,
        "columns": [
            *(["version", "string"], ["account_id", "string"], ["region", "string"], ["vpc_id", "string"]),
            *(["query_timestamp", "string"], ["query_name", "string"], ["query_type", "string"]),
            *(["query_class", "string"], ["rcode", "string"]),
            ["answers", "array<struct<rdata:string,type:string,class:string>>"],
            *(["srcaddr", "string"], ["srcport", "int"], ["transport", "string"]),
            ["srcids", "struct<instance:string,resolver_endpoint:string>"],
        ],
        "partitions": [["account", "string"], ["vpc", "string"], ["day", "string"]],
        "parameters": {
            **listed,
            **_days("yyyy/MM/dd", _FIRST.replace("-", "/")),
            "storage.location.template": f"{root}${{account}}/vpcdnsquerylogs/${{vpc}}/${{day}}/",
        },
        "input_format": _TEXT,
        "serde": _JSON,
        "serde_parameters": {"ignore.malformed.json": "true"},
    }


def _kind(field: str) -> str:
    return "bigint" if field in ("packets", "bytes", "start", "end", "srcport", "dstport") else "string"


def _listed(key: str, values: str) -> dict[str, str]:
    return {f"projection.{key}.type": "enum", f"projection.{key}.values": values}


def _days(form: str, first: str) -> dict[str, str]:
    return {
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": form,
        "projection.day.range": f"{first},NOW",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
    }
