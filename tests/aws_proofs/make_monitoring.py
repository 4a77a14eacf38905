"""Detection, tables and queries, logs of the network, an account's settings."""

from __future__ import annotations

from collections.abc import Callable

from making import Inputs, Maker, Making, network_of, tags_of


def _database(make: Maker, inputs: Inputs) -> None:
    tags, catalog = inputs.pop("tags"), inputs.pop("catalogId")
    make.call("glue", "create_database", {"catalogId": catalog, "databaseInput": inputs, "tags": tags})


def _table(make: Maker, inputs: Inputs) -> None:
    catalog, database = inputs.pop("catalogId"), inputs.pop("databaseName")
    descriptor = inputs["storageDescriptor"]
    if "serDeInfo" in descriptor:
        descriptor["serdeInfo"] = descriptor.pop("serDeInfo")
    make.call(
        "glue",
        "create_table",
        {"catalogId": catalog, "databaseName": database, "tableInput": inputs},
    )


def _flow_log(make: Maker, inputs: Inputs) -> None:
    vpc, tags = inputs.pop("vpcId"), tags_of(inputs)
    network = network_of(make, vpc)
    request = {
        **inputs,
        "resourceIds": [network],
        "resourceType": "VPC",
        "tagSpecifications": [{"resourceType": "vpc-flow-log", "tags": tags}],
    }
    answer = make.call("ec2", "create_flow_logs", request)
    assert not answer.get("Unsuccessful"), answer


def _query_log(make: Maker, inputs: Inputs) -> None:
    request = {**inputs, "tags": tags_of(inputs), "creatorRequestId": make.resource["id"]}
    del request["tags"]
    made = make.call("route53resolver", "create_resolver_query_log_config", request)
    make.replaces(made["ResolverQueryLogConfig"]["Id"])


def _query_log_association(make: Maker, inputs: Inputs) -> None:
    make.call("route53resolver", "associate_resolver_query_log_config", inputs)


def _workgroup(make: Maker, inputs: Inputs) -> None:
    inputs.pop("forceDestroy")
    assert inputs.pop("state") == "ENABLED"
    configuration = inputs["configuration"]
    metrics = configuration.pop("publishCloudwatchMetricsEnabled")
    configuration["publishCloudWatchMetricsEnabled"] = metrics
    key = configuration["resultConfiguration"]["encryptionConfiguration"]
    key["kmsKey"] = key.pop("kmsKeyArn")
    inputs["tags"] = tags_of(inputs)
    make.call("athena", "create_work_group", inputs)


def _named_query(make: Maker, inputs: Inputs) -> None:
    inputs["queryString"] = inputs.pop("query")
    inputs["workGroup"] = inputs.pop("workgroup")
    make.call("athena", "create_named_query", inputs)


def _detector(make: Maker, inputs: Inputs) -> None:
    made = make.call("guardduty", "create_detector", inputs)
    make.replaces(made["DetectorId"])


def _detector_feature(make: Maker, inputs: Inputs) -> None:
    detector = inputs.pop("detectorId")
    inputs["additionalConfiguration"] = inputs.pop("additionalConfigurations", [])
    make.call("guardduty", "update_detector", {"detectorId": detector, "features": [inputs]})


def _hub(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("autoEnableControls")  # AWS's default, set by another call
    make.call("securityhub", "enable_security_hub", inputs)


def _standard(make: Maker, inputs: Inputs) -> None:
    make.call("securityhub", "batch_enable_standards", {"standardsSubscriptionRequests": [inputs]})


def _macie(make: Maker, inputs: Inputs) -> None:
    make.call("macie2", "enable_macie", inputs)


def _macie_job(make: Maker, inputs: Inputs) -> None:
    day = inputs.pop("scheduleFrequency")["weeklySchedule"]
    request = {**inputs, "clientToken": "once", "scheduleFrequency": {"weeklySchedule": {"dayOfWeek": day}}}
    make.call("macie2", "create_classification_job", request)


def _analyzer(make: Maker, inputs: Inputs) -> None:
    make.call("accessanalyzer", "create_analyzer", inputs)


def _recorder(make: Maker, inputs: Inputs) -> None:
    role = inputs.pop("roleArn")
    recorder = {**inputs, "roleARN": role}
    make.call("config", "put_configuration_recorder", {"configurationRecorder": recorder})


def _channel(make: Maker, inputs: Inputs) -> None:
    snapshot = inputs.pop("snapshotDeliveryProperties")
    inputs["configSnapshotDeliveryProperties"] = snapshot
    make.call("config", "put_delivery_channel", {"deliveryChannel": inputs})


def _recording(make: Maker, inputs: Inputs) -> None:
    assert inputs["isEnabled"]
    make.call("config", "start_configuration_recorder", {"configurationRecorderName": inputs["name"]})


def _config_retention(make: Maker, inputs: Inputs) -> None:
    make.call("config", "put_retention_configuration", inputs)


def _pack(make: Maker, inputs: Inputs) -> None:
    request = {
        "conformancePackName": inputs.pop("name"),
        "conformancePackInputParameters": inputs.pop("inputParameters"),
        **inputs,
    }
    make.call("config", "put_conformance_pack", request)


def _one(service: str, operation: str, expected: Inputs) -> Callable[..., None]:
    """A setting of an account and Region: one call, whose inputs are known."""

    def make_it(make: Maker, inputs: Inputs) -> None:
        left = {key: value for key, value in inputs.items() if expected.get(key, object()) != value}
        make.call(service, operation, left)

    return make_it


MAKE: Making = {
    "aws:glue/catalogDatabase:CatalogDatabase": _database,
    "aws:glue/catalogTable:CatalogTable": _table,
    "aws:ec2/flowLog:FlowLog": _flow_log,
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": _query_log,
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": _query_log_association,
    "aws:athena/workgroup:Workgroup": _workgroup,
    "aws:athena/namedQuery:NamedQuery": _named_query,
    "aws:guardduty/detector:Detector": _detector,
    "aws:guardduty/detectorFeature:DetectorFeature": _detector_feature,
    "aws:securityhub/account:Account": _hub,
    "aws:securityhub/standardsSubscription:StandardsSubscription": _standard,
    "aws:macie2/account:Account": _macie,
    "aws:macie2/classificationJob:ClassificationJob": _macie_job,
    "aws:accessanalyzer/analyzer:Analyzer": _analyzer,
    "aws:cfg/recorder:Recorder": _recorder,
    "aws:cfg/deliveryChannel:DeliveryChannel": _channel,
    "aws:cfg/recorderStatus:RecorderStatus": _recording,
    "aws:cfg/retentionConfiguration:RetentionConfiguration": _config_retention,
    "aws:cfg/conformancePack:ConformancePack": _pack,
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": lambda make, inputs: make.call(
        "ec2", "enable_image_block_public_access", {"imageBlockPublicAccessState": inputs["state"]}
    ),
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": _one(
        "ec2", "modify_instance_metadata_defaults", {}
    ),
}
