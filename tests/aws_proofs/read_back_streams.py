"""Buses, targets, streams, logs of the network, tables and saved queries, read back."""

from __future__ import annotations

from typing import Any

from making import Emulator
from reading_back import but, check, made, same


@check
def buses_and_their_targets_are_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for policy in made(deployment, emulated, "aws:cloudwatch/eventBusPolicy:EventBusPolicy"):
        held = policy.client("events").describe_event_bus(Name=policy.inputs["eventBusName"])
        same(policy.inputs["policy"], held["Policy"])
    for bus in made(deployment, emulated, "aws:cloudwatch/eventBus:EventBus"):
        same(
            but(bus.inputs, "eventSourceName"),
            bus.client("events").describe_event_bus(Name=bus.inputs["name"]),
        )
    for target in made(deployment, emulated, "aws:cloudwatch/eventTarget:EventTarget"):
        bus = target.inputs.get("eventBusName", "default")
        held = target.client("events").list_targets_by_rule(Rule=target.inputs["rule"], EventBusName=bus)
        found = {item["Id"]: item for item in held["Targets"]}
        same(
            but(target.inputs, "rule", "eventBusName", "targetId"),
            found[target.inputs["targetId"]],
            {"inputPaths": "InputPathsMap"},
        )


@check
def the_stream_delivers_under_the_key(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for stream in made(deployment, emulated, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"):
        held = stream.client("firehose").describe_delivery_stream(DeliveryStreamName=stream.inputs["name"])
        held = held["DeliveryStreamDescription"]
        same(
            but(stream.inputs["serverSideEncryption"], "enabled"),
            held["DeliveryStreamEncryptionConfiguration"],
        )
        (to,) = held["Destinations"]
        declared = stream.inputs["extendedS3Configuration"]
        same(
            but(declared, "kmsKeyArn", "bufferingSize", "bufferingInterval"),
            to["ExtendedS3DestinationDescription"],
        )
        key = to["ExtendedS3DestinationDescription"]["EncryptionConfiguration"]["KMSEncryptionConfig"]
        assert key["AWSKMSKeyARN"] == declared["kmsKeyArn"]


@check
def services_may_write_to_the_log_groups(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for policy in made(deployment, emulated, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"):
        held = policy.client("logs").describe_resource_policies()["resourcePolicies"]
        (found,) = [item for item in held if item["policyName"] == policy.inputs["policyName"]]
        same(but(policy.inputs), found)


@check
def the_network_is_recorded(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for flow in made(deployment, emulated, "aws:ec2/flowLog:FlowLog"):
        held = flow.client("ec2").describe_flow_logs()["FlowLogs"]
        (found,) = [item for item in held if item["ResourceId"] == flow.inputs["vpcId"]]
        same(but(flow.inputs, "vpcId", "destinationOptions"), found)
    for log in made(deployment, emulated, "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"):
        held = log.client("route53resolver").get_resolver_query_log_config(ResolverQueryLogConfigId=log.id)
        same(but(log.inputs), held["ResolverQueryLogConfig"])
    token = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"
    for link in made(deployment, emulated, token):
        held = link.client("route53resolver").list_resolver_query_log_config_associations()
        found = {
            item["ResourceId"]: item["ResolverQueryLogConfigId"]
            for item in held["ResolverQueryLogConfigAssociations"]
        }
        assert found[link.inputs["resourceId"]] == link.inputs["resolverQueryLogConfigId"]


@check
def logs_are_searched_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for database in made(deployment, emulated, "aws:glue/catalogDatabase:CatalogDatabase"):
        held = database.client("glue").get_database(Name=database.inputs["name"])["Database"]
        same(but(database.inputs), held)
    for table in made(deployment, emulated, "aws:glue/catalogTable:CatalogTable"):
        where = {"DatabaseName": table.inputs["databaseName"], "Name": table.inputs["name"]}
        held = table.client("glue").get_table(**where)["Table"]
        same(but(table.inputs, "catalogId"), held)
    for group in made(deployment, emulated, "aws:athena/workgroup:Workgroup"):
        held = group.client("athena").get_work_group(WorkGroup=group.inputs["name"])["WorkGroup"]
        same(but(group.inputs, "forceDestroy"), held, {"kmsKeyArn": "KmsKey"})
    for query in made(deployment, emulated, "aws:athena/namedQuery:NamedQuery"):
        athena = query.client("athena")
        ids = athena.list_named_queries(WorkGroup=query.inputs["workgroup"])["NamedQueryIds"]
        every = [athena.get_named_query(NamedQueryId=id_)["NamedQuery"] for id_ in ids]
        held = {item["Name"]: item for item in every}
        same(but(query.inputs), held[query.inputs["name"]], {"query": "QueryString"})
