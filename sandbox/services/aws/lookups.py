"""AWS data sources that are not about one object."""

import json

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.services.aws.kms import find_key
from billing_identity.sandbox.services.registry import ServiceError, looks_up
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties, blocks


@looks_up("aws:index/getCallerIdentity:getCallerIdentity")
def caller_identity(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """Who the provider instance is."""
    arn = instance.caller or f"arn:aws:iam::{instance.account}:user/sandbox"
    return {"id": instance.account, "accountId": instance.account, "arn": arn, "userId": "AIDASANDBOX"}


@looks_up("aws:index/getRegion:getRegion")
def region(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The Region that the provider instance works in, or the one asked for."""
    name = str(arguments.get("region") or arguments.get("name") or instance.region)
    return {
        "id": name,
        "name": name,
        "region": name,
        "description": name,
        "endpoint": f"ec2.{name}.amazonaws.com",
    }


@looks_up("aws:index/getPartition:getPartition")
def partition(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The commercial partition; the sandbox has no other."""
    return {
        "id": "aws",
        "partition": "aws",
        "dnsSuffix": "amazonaws.com",
        "reverseDnsPrefix": "com.amazonaws",
    }


@looks_up("aws:iam/getPolicyDocument:getPolicyDocument")
def policy_document(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A policy document as JSON, statements in the order given."""
    document: Properties = {"Version": arguments.get("version") or "2012-10-17"}
    if arguments.get("policyId"):
        document["Id"] = arguments["policyId"]
    document["Statement"] = [_statement(s) for s in blocks(arguments, "statements")]
    return {
        "id": "policy",
        "json": json.dumps(document, indent=2),
        "minifiedJson": json.dumps(document),
        **arguments,
    }


_SIMPLE = {
    "actions": "Action",
    "notActions": "NotAction",
    "resources": "Resource",
    "notResources": "NotResource",
}


def _statement(given: Properties) -> Properties:
    written: Properties = {"Effect": given.get("effect") or "Allow"}
    if given.get("sid"):
        written["Sid"] = given["sid"]
    for source, name in _SIMPLE.items():
        if given.get(source):
            written[name] = _one_or_many(given[source])
    for source, name in (("principals", "Principal"), ("notPrincipals", "NotPrincipal")):
        entries = blocks(given, source)
        if entries:
            written[name] = {e["type"]: _one_or_many(e["identifiers"]) for e in entries}
            if written[name] == {"*": "*"}:
                written[name] = "*"
    conditions: dict[str, Properties] = {}
    for entry in blocks(given, "conditions"):
        conditions.setdefault(entry["test"], {})[entry["variable"]] = _one_or_many(entry["values"])
    if conditions:
        written["Condition"] = conditions
    return written


def _one_or_many(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values


@looks_up("aws:index/getAvailabilityZones:getAvailabilityZones")
def zones(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """Three zones in every Region."""
    names = [f"{instance.region}{letter}" for letter in "abc"]
    return {
        "id": instance.region,
        "names": names,
        "zoneIds": [f"zone-{n}" for n in names],
        "groupNames": [instance.region],
    }


@looks_up("aws:kms/getKey:getKey", "aws:kms/getAlias:getAlias")
def key(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A key by id, ARN or alias."""
    name = str(arguments.get("keyId") or arguments.get("name") or "")
    found = find_key(store, name, instance.account, instance.region)
    if found is None:
        raise ServiceError(f"reading KMS Key ({name}): NotFoundException: '{name}' is not found")
    arn = found.props.get("arn")
    return {**found.props, "targetKeyId": found.id, "targetKeyArn": arn, "name": name, "id": found.id}
