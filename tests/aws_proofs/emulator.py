"""The AWS resources of a deployment, made anew in an emulator (moto) through boto3.

Each resource type names the API operations that make it. Parameters are fitted to botocore's own description
of the operation (`aws_shapes`), so that a misspelt or misplaced input fails before the emulator sees it.
Accounts are kept apart as they are in AWS. Ids that the emulator gives stand in for those of the preview from
then on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aws_shapes import Unplaced, fit
from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

Inputs = dict[str, Any]
CONFIG = Config(
    inject_host_prefix=False,
    parameter_validation=True,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=20,
)


@dataclass
class Emulator:
    """`endpoint` is moto's address on loopback. `failed` holds what it refused: (type, name) -> answer."""

    endpoint: str
    made: list[tuple[str, str]] = field(default_factory=list)
    failed: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    _session: Any = field(default_factory=Session)
    _clients: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def client(self, service: str, account: str, region: str) -> Any:
        """A client that acts in an account, as after taking on a role there."""
        key = (service, account, region)
        if key not in self._clients:
            client: Any = self._session.client(
                service,
                region_name=region or "us-east-1",
                endpoint_url=self.endpoint,
                aws_access_key_id="emulated",
                aws_secret_access_key="emulated",
                config=CONFIG,
            )

            def as_account(request: Any, **_: Any) -> None:
                request.headers["x-moto-account-id"] = account
                request.url = request.url.replace(f"//{account}.", "//")  # S3 Control's host is the account's

            client.meta.events.register("before-sign", as_account)
            self._clients[key] = client
        return self._clients[key]

    def make(self, resource: dict[str, Any], account: str, home: str) -> None:
        """Makes one resource of a deployment; what the emulator refuses is kept in `failed`."""
        name = resource["urn"].rsplit("::", 1)[1]
        type_, inputs = resource["type"], self.translated(resource["inputs"])
        region = inputs.get("region", home)
        maker = Maker(self, account, region, resource)
        if type_ not in MAKE:
            self.failed[(type_, name)] = "no way of making: add it to MAKE"
            return
        try:
            MAKE[type_](maker, {key: value for key, value in inputs.items() if key != "region"})
        except (ClientError, ResponseParserError) as error:
            self.failed[(type_, name)] = str(error)
        except Unplaced as error:
            raise AssertionError(f"{name}: no place for {error}") from error
        else:
            self.made.append((type_, name))

    def translated(self, value: Any) -> Any:
        """A value in which the preview's ids are the emulator's."""
        if isinstance(value, dict):
            return {key: self.translated(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.translated(inner) for inner in value]
        if isinstance(value, str):
            for old, new in sorted(self.ids.items(), key=lambda pair: -len(pair[0])):
                value = value.replace(old, new)
        return value


@dataclass
class Maker:
    """One resource on its way: who, where, and the calls."""

    emulator: Emulator
    account: str
    region: str
    resource: dict[str, Any]

    def call(
        self,
        service: str,
        operation: str,
        inputs: Inputs,
        names: dict[str, str] | None = None,
        region: str | None = None,
    ) -> Any:
        """Calls an operation with inputs fitted to it."""
        client = self.emulator.client(service, self.account, region or self.region)
        model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
        parameters = fit(inputs, model.input_shape, names or {})
        return getattr(client, operation)(**parameters)

    def replaces(self, new: str, old: str | None = None) -> None:
        """From now on the emulator's id stands for the preview's."""
        previous = old or self.resource["id"]
        if previous != new:
            self.emulator.ids[previous] = new


def _tags(inputs: Inputs, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    return [{key: name, value: text} for name, text in inputs.pop("tags", {}).items()]


def _bucket(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("forceDestroy", False) is False
    request: Inputs = {"bucket": inputs["bucket"], "objectLockEnabledForBucket": inputs["objectLockEnabled"]}
    if make.region != "us-east-1":
        request["createBucketConfiguration"] = {"locationConstraint": make.region}
    make.call("s3", "create_bucket", request)
    make.call("s3", "put_bucket_tagging", {"bucket": inputs["bucket"], "tagging": {"tagSet": _tags(inputs)}})


def _sub(operation: str, member: str, wrap: Callable[[Inputs], Any] | None = None) -> Callable[..., None]:
    """A part of a bucket: everything but the bucket's name goes below one member."""

    def make_it(make: Maker, inputs: Inputs) -> None:
        bucket = inputs.pop("bucket")
        make.call("s3", operation, {"bucket": bucket, member: wrap(inputs) if wrap else inputs})

    return make_it


def _versioning(inputs: Inputs) -> Inputs:
    return inputs["versioningConfiguration"]


def _access_logs(make: Maker, inputs: Inputs) -> None:
    """The emulator looks if the target's policy lets S3 write, stumbles over `Principal: "*"`, and doesn't
    know lists of one: for the time of the call it is shown the policy without denials and such lists."""
    bucket = inputs.pop("bucket")
    client = make.emulator.client("s3", make.account, make.region)
    target = inputs["targetBucket"]
    whole = client.get_bucket_policy(Bucket=target)["Policy"]
    content = json.loads(whole)
    content["Statement"] = [
        {**item, "Principal": {"Service": item["Principal"]["Service"][0]}, "Resource": item["Resource"][0]}
        for item in content["Statement"]
        if item["Effect"] == "Allow"
    ]
    client.put_bucket_policy(Bucket=target, Policy=json.dumps(content))
    request = {"bucket": bucket, "bucketLoggingStatus": {"loggingEnabled": inputs}}
    make.call("s3", "put_bucket_logging", request)
    client.put_bucket_policy(Bucket=target, Policy=whole)


def _notices(inputs: Inputs) -> Inputs:
    assert inputs == {"eventbridge": True}
    return {"eventBridgeConfiguration": {}}


def _bucket_policy(make: Maker, inputs: Inputs) -> None:
    make.call("s3", "put_bucket_policy", inputs)


def _account_block(make: Maker, inputs: Inputs) -> None:
    account = inputs.pop("accountId")
    make.call(
        "s3control",
        "put_public_access_block",
        {"accountId": account, "publicAccessBlockConfiguration": inputs},
    )


def _key(make: Maker, inputs: Inputs) -> None:
    days, window = inputs.pop("rotationPeriodInDays"), inputs.pop("deletionWindowInDays")
    assert inputs.pop("enableKeyRotation")
    assert inputs.pop("isEnabled")
    assert 7 <= window <= 30
    spec = inputs.pop("customerMasterKeySpec")
    tags = _tags(inputs, "TagKey", "TagValue")
    made = make.call(
        "kms",
        "create_key",
        {**inputs, "keySpec": spec, "tags": tags},
        {"bypassPolicyLockoutSafetyCheck": "BypassPolicyLockoutSafetyCheck"},
    )["KeyMetadata"]
    make.replaces(made["KeyId"])
    make.call("kms", "enable_key_rotation", {"keyId": made["KeyId"], "rotationPeriodInDays": days})


def _replica(make: Maker, inputs: Inputs) -> None:
    primary = inputs.pop("primaryKeyArn")
    assert inputs.pop("enabled")
    inputs.pop("deletionWindowInDays")
    tags = _tags(inputs, "TagKey", "TagValue")
    request = {**inputs, "keyId": primary.split("/")[1], "replicaRegion": make.region, "tags": tags}
    make.call("kms", "replicate_key", request, region=primary.split(":")[3])


def _alias(make: Maker, inputs: Inputs) -> None:
    make.call("kms", "create_alias", {"aliasName": inputs["name"], "targetKeyId": inputs["targetKeyId"]})


def _role(make: Maker, inputs: Inputs) -> None:
    inputs.pop("forceDetachPolicies", None)
    name, policy = inputs.pop("name"), inputs.pop("assumeRolePolicy")
    request = {**inputs, "roleName": name, "assumeRolePolicyDocument": policy, "tags": _tags(inputs)}
    make.call("iam", "create_role", request)


def _role_policy(make: Maker, inputs: Inputs) -> None:
    request = {"roleName": inputs["role"], "policyName": inputs["name"], "policyDocument": inputs["policy"]}
    make.call("iam", "put_role_policy", request)


def _policy(make: Maker, inputs: Inputs) -> None:
    request = {
        "policyName": inputs.pop("name"),
        "policyDocument": inputs.pop("policy"),
        "tags": _tags(inputs),
        **inputs,
    }
    make.call("iam", "create_policy", request)


def _password_policy(make: Maker, inputs: Inputs) -> None:
    if not inputs["maxPasswordAge"]:
        del inputs["maxPasswordAge"]  # 0 is Pulumi's word for none
    names = {f"require{kind}": f"Require{kind}" for kind in ("Symbols", "Numbers")}
    make.call("iam", "update_account_password_policy", inputs, names)


def _oidc(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = _tags(inputs)
    make.call("iam", "create_open_id_connect_provider", inputs, {"clientIdLists": "ClientIDList"})


def _organization_policy(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = _tags(inputs)
    make.replaces(make.call("organizations", "create_policy", inputs)["Policy"]["PolicySummary"]["Id"])


def _attach(make: Maker, inputs: Inputs) -> None:
    inputs["targetId"] = make.emulator.ids.get(f"account {inputs['targetId']}", inputs["targetId"])
    make.call("organizations", "attach_policy", inputs)


def _topic(make: Maker, inputs: Inputs) -> None:
    name, tags = inputs.pop("name"), _tags(inputs)
    attributes = {
        "KmsMasterKeyId": inputs.pop("kmsMasterKeyId"),
        "SignatureVersion": inputs.pop("signatureVersion"),
    }
    assert not inputs
    make.call("sns", "create_topic", {"name": name, "tags": tags, "attributes": attributes})


def _topic_policy(make: Maker, inputs: Inputs) -> None:
    request = {"topicArn": inputs["arn"], "attributeName": "Policy", "attributeValue": inputs["policy"]}
    make.call("sns", "set_topic_attributes", request)


def _subscription(make: Maker, inputs: Inputs) -> None:
    inputs.pop("endpointAutoConfirms", None)
    inputs.pop("rawMessageDelivery", None)
    topic = inputs.pop("topic")
    make.call("sns", "subscribe", {**inputs, "topicArn": topic})


def _queue(make: Maker, inputs: Inputs) -> None:
    attributes = {
        "KmsMasterKeyId": inputs.pop("kmsMasterKeyId"),
        "MessageRetentionPeriod": inputs.pop("messageRetentionSeconds"),
        "Policy": inputs.pop("policy"),
    }
    tags = inputs.pop("tags")
    made = make.call(
        "sqs", "create_queue", {"queueName": inputs.pop("name"), "attributes": attributes, "tags": tags}
    )
    assert not inputs
    make.replaces(made["QueueUrl"])


def _log_group(make: Maker, inputs: Inputs) -> None:
    days = inputs.pop("retentionInDays")
    inputs.pop("skipDestroy")
    inputs["logGroupName"] = inputs.pop("name")
    make.call("logs", "create_log_group", inputs)
    make.call(
        "logs", "put_retention_policy", {"logGroupName": inputs["logGroupName"], "retentionInDays": days}
    )


def _metric_filter(make: Maker, inputs: Inputs) -> None:
    request = {
        "filterName": inputs.pop("name"),
        "filterPattern": inputs.pop("pattern"),
        "metricTransformations": [_named(inputs.pop("metricTransformation"), "metric")],
        **inputs,
    }
    make.call("logs", "put_metric_filter", request)


def _named(value: Inputs, prefix: str) -> Inputs:
    """`name`, `namespace` and `value` with the word that the API puts before them."""
    return {
        f"{prefix}{key.capitalize()}" if key in ("name", "namespace", "value") else key: inner
        for key, inner in value.items()
    }


def _alarm(make: Maker, inputs: Inputs) -> None:
    inputs["alarmName"] = inputs.pop("name")
    inputs["tags"] = _tags(inputs)
    inputs["metrics"] = inputs.pop("metricQueries", [])
    dimensions = inputs.pop("dimensions", {})
    inputs["dimensions"] = [{"name": name, "value": value} for name, value in dimensions.items()]
    make.call("cloudwatch", "put_metric_alarm", inputs)


def _trail(make: Maker, inputs: Inputs) -> None:
    name, selectors = inputs["name"], inputs.pop("advancedEventSelectors")
    insights = inputs.pop("insightSelectors")
    assert inputs.pop("enableLogging")
    group, log_role = inputs.pop("cloudWatchLogsGroupArn"), inputs.pop("cloudWatchLogsRoleArn")
    inputs |= {
        "cloudWatchLogsLogGroupArn": group,
        "cloudWatchLogsRoleArn": log_role,
        "tagsList": _tags(inputs),
    }
    make.call("cloudtrail", "create_trail", inputs)
    make.call(
        "cloudtrail",
        "put_event_selectors",
        {"trailName": name, "advancedEventSelectors": selectors},
        {"advancedEventSelectors.fieldSelectors.startsWiths": "StartsWith"},
    )
    make.call("cloudtrail", "put_insight_selectors", {"trailName": name, "insightSelectors": insights})
    make.call("cloudtrail", "start_logging", {"name": name})


def _bus(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = _tags(inputs)
    if "eventSourceName" in inputs:  # Okta's log stream has made it, which is not this program's doing
        partner = make.emulator.client("events", "999999999999", make.region)
        partner.create_partner_event_source(Name=inputs["eventSourceName"], Account=make.account)
    make.call("events", "create_event_bus", inputs)


def _bus_policy(make: Maker, inputs: Inputs) -> None:
    make.call("events", "put_permission", inputs)


def _rule(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = _tags(inputs)
    make.call("events", "put_rule", inputs)


def _target(make: Maker, inputs: Inputs) -> None:
    where = {key: inputs.pop(key) for key in ("rule", "eventBusName") if key in inputs}
    inputs["id"] = inputs.pop("targetId")
    retry = inputs.pop("retryPolicy", None)
    if retry:
        inputs["retryPolicy"] = retry
    answer = make.call(
        "events",
        "put_targets",
        {**where, "targets": [inputs]},
        {"targets.inputTransformer.inputPaths": "InputPathsMap"},
    )
    assert not answer["FailedEntries"], answer


def _archive(make: Maker, inputs: Inputs) -> None:
    inputs["archiveName"] = inputs.pop("name")
    make.call("events", "create_archive", inputs)


def _delivery_stream(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("destination") == "extended_s3"
    encryption = inputs.pop("serverSideEncryption")
    assert encryption.pop("enabled")
    target = inputs.pop("extendedS3Configuration")
    buffering = {
        "sizeInMBs": target.pop("bufferingSize"),
        "intervalInSeconds": target.pop("bufferingInterval"),
    }
    key = {"kmsEncryptionConfig": {"awskmsKeyArn": target.pop("kmsKeyArn")}}
    target |= {"bufferingHints": buffering, "encryptionConfiguration": key}
    request = {
        "deliveryStreamName": inputs.pop("name"),
        "deliveryStreamEncryptionConfigurationInput": encryption,
        "extendedS3DestinationConfiguration": target,
        "tags": _tags(inputs),
        **inputs,
    }
    make.call("firehose", "create_delivery_stream", request)


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


def _network(make: Maker, vpc: str) -> str:
    """The network of an id: it is there before the program, so it is made on its first use."""
    if vpc in make.emulator.ids.values():
        return vpc
    client = make.emulator.client("ec2", make.account, make.region)
    made: str = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    make.replaces(made, vpc)
    return made


def _security_group(make: Maker, inputs: Inputs) -> None:
    inputs.pop("revokeRulesOnDelete", None)
    network, tags = _network(make, inputs.pop("vpcId")), _tags(inputs)
    request = {
        "groupName": inputs.pop("name"),
        "vpcId": network,
        "tagSpecifications": [{"resourceType": "security-group", "tags": tags}],
        **inputs,
    }
    made = make.call("ec2", "create_security_group", request)["GroupId"]
    make.replaces(made)
    everywhere = [
        {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ]  # the provider takes EC2's away
    client = make.emulator.client("ec2", make.account, make.region)
    client.revoke_security_group_egress(GroupId=made, IpPermissions=everywhere)


def _ingress(make: Maker, inputs: Inputs) -> None:
    inputs.pop("tags", None)
    group, addresses = inputs.pop("securityGroupId"), inputs.pop("cidrIpv4")
    inputs["ipRanges"] = [{"cidrIp": addresses, "description": inputs.pop("description")}]
    make.call("ec2", "authorize_security_group_ingress", {"groupId": group, "ipPermissions": [inputs]})


def _sftp_server(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("forceDestroy") is False
    inputs["tags"] = _tags(inputs)
    make.replaces(make.call("transfer", "create_server", inputs)["ServerId"])


def _sftp_user(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = _tags(inputs)
    make.call("transfer", "create_user", inputs)


def _sftp_key(make: Maker, inputs: Inputs) -> None:
    inputs["sshPublicKeyBody"] = inputs.pop("body")
    make.call("transfer", "import_ssh_public_key", inputs)


def _malware_plan(make: Maker, inputs: Inputs) -> None:
    (tagging,) = inputs.pop("actions")[0]["taggings"]
    request = {**inputs, "actions": {"tagging": tagging}}
    make.call("guardduty", "create_malware_protection_plan", request)


def _vault(make: Maker, inputs: Inputs) -> None:
    assert inputs.pop("forceDestroy") is False
    key = inputs.pop("kmsKeyArn")
    request = {
        "backupVaultName": inputs.pop("name"),
        "encryptionKeyArn": key,
        "backupVaultTags": inputs.pop("tags"),
    }
    assert not inputs
    make.call("backup", "create_backup_vault", request)


def _vault_lock(make: Maker, inputs: Inputs) -> None:
    make.call("backup", "put_backup_vault_lock_configuration", inputs)


def _vault_policy(make: Maker, inputs: Inputs) -> None:
    make.call("backup", "put_backup_vault_access_policy", inputs)


def _backup_plan(make: Maker, inputs: Inputs) -> None:
    for rule in inputs["rules"]:
        rule["targetBackupVaultName"] = rule.pop("targetVaultName")
        rule["scheduleExpression"] = rule.pop("schedule")
        rule["startWindowMinutes"] = rule.pop("startWindow")
        rule["completionWindowMinutes"] = rule.pop("completionWindow")
        for holder in (rule, *rule["copyActions"]):
            holder["lifecycle"]["deleteAfterDays"] = holder["lifecycle"].pop("deleteAfter")
        for copy in rule["copyActions"]:
            copy["destinationBackupVaultArn"] = copy.pop("destinationVaultArn")
    tags = inputs.pop("tags")
    plan = {"backupPlanName": inputs.pop("name"), **inputs}
    made = make.call("backup", "create_backup_plan", {"backupPlan": plan, "backupPlanTags": tags})
    make.replaces(made["BackupPlanId"])


def _backup_selection(make: Maker, inputs: Inputs) -> None:
    plan = inputs.pop("planId")
    tags = [
        {"conditionType": tag["type"], "conditionKey": tag["key"], "conditionValue": tag["value"]}
        for tag in inputs.pop("selectionTags")
    ]
    chosen = {"selectionName": inputs.pop("name"), "listOfTags": tags, **inputs}
    make.call("backup", "create_backup_selection", {"backupPlanId": plan, "backupSelection": chosen})


def _restore_plan(make: Maker, inputs: Inputs) -> None:
    tags = inputs.pop("tags", {})
    plan = {"restoreTestingPlanName": inputs.pop("name"), **inputs}
    make.call("backup", "create_restore_testing_plan", {"restoreTestingPlan": plan, "tags": tags})


def _restore_selection(make: Maker, inputs: Inputs) -> None:
    plan = inputs.pop("restoreTestingPlanName")
    chosen = {"restoreTestingSelectionName": inputs.pop("name"), **inputs}
    request = {"restoreTestingPlanName": plan, "restoreTestingSelection": chosen}
    make.call("backup", "create_restore_testing_selection", request)


def _flow_log(make: Maker, inputs: Inputs) -> None:
    vpc, tags = inputs.pop("vpcId"), _tags(inputs)
    network = _network(make, vpc)
    request = {
        **inputs,
        "resourceIds": [network],
        "resourceType": "VPC",
        "tagSpecifications": [{"resourceType": "vpc-flow-log", "tags": tags}],
    }
    answer = make.call("ec2", "create_flow_logs", request)
    assert not answer.get("Unsuccessful"), answer


def _query_log(make: Maker, inputs: Inputs) -> None:
    request = {**inputs, "tags": _tags(inputs), "creatorRequestId": make.resource["id"]}
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
    inputs["tags"] = _tags(inputs)
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


def _permission_set(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = _tags(inputs)
    made = make.call("sso-admin", "create_permission_set", inputs)["PermissionSet"]
    make.replaces(made["PermissionSetArn"], make.resource["outputs"]["arn"])


def _inline(make: Maker, inputs: Inputs) -> None:
    make.call("sso-admin", "put_inline_policy_to_permission_set", inputs)


def _assignment(make: Maker, inputs: Inputs) -> None:
    make.call("sso-admin", "create_account_assignment", inputs)


def _set_boundary(make: Maker, inputs: Inputs) -> None:
    make.call("sso-admin", "put_permissions_boundary_to_permission_set", inputs)


def _one(service: str, operation: str, expected: Inputs) -> Callable[..., None]:
    """A setting of an account and Region: one call, whose inputs are known."""

    def make_it(make: Maker, inputs: Inputs) -> None:
        left = {key: value for key, value in inputs.items() if expected.get(key, object()) != value}
        make.call(service, operation, left)

    return make_it


def _watched(_: Maker, inputs: Inputs) -> None:
    """The provider's own watch over what hangs on a role or a set: no object of the API. Kept empty here."""
    assert "policyArns" in inputs or "policyNames" in inputs or "managedPolicyArns" in inputs


MAKE: dict[str, Callable[..., None]] = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _sub(
        "put_public_access_block", "publicAccessBlockConfiguration"
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _sub(
        "put_bucket_encryption", "serverSideEncryptionConfiguration"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _sub(
        "put_bucket_versioning", "versioningConfiguration", _versioning
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _sub(
        "put_bucket_lifecycle_configuration", "lifecycleConfiguration"
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _sub(
        "put_bucket_ownership_controls", "ownershipControls"
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _bucket_policy,
    "aws:s3/bucketLogging:BucketLogging": _access_logs,
    "aws:s3/bucketNotification:BucketNotification": _sub(
        "put_bucket_notification_configuration", "notificationConfiguration", _notices
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _sub(
        "put_object_lock_configuration", "objectLockConfiguration"
    ),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": _sub(
        "put_bucket_replication", "replicationConfiguration"
    ),
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": _account_block,
    "aws:kms/key:Key": _key,
    "aws:kms/replicaKey:ReplicaKey": _replica,
    "aws:kms/alias:Alias": _alias,
    "aws:iam/role:Role": _role,
    "aws:iam/rolePolicy:RolePolicy": _role_policy,
    "aws:iam/policy:Policy": _policy,
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": _password_policy,
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _oidc,
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": _watched,
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": _watched,
    "aws:organizations/policy:Policy": _organization_policy,
    "aws:organizations/policyAttachment:PolicyAttachment": _attach,
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicPolicy:TopicPolicy": _topic_policy,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
    "aws:sqs/queue:Queue": _queue,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": lambda make, inputs: make.call(
        "logs", "put_resource_policy", inputs
    ),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": _metric_filter,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:cloudwatch/eventBus:EventBus": _bus,
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": _bus_policy,
    "aws:cloudwatch/eventRule:EventRule": _rule,
    "aws:cloudwatch/eventTarget:EventTarget": _target,
    "aws:cloudwatch/eventArchive:EventArchive": _archive,
    "aws:cloudtrail/trail:Trail": _trail,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": _delivery_stream,
    "aws:glue/catalogDatabase:CatalogDatabase": _database,
    "aws:glue/catalogTable:CatalogTable": _table,
    "aws:backup/vault:Vault": _vault,
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": _vault_lock,
    "aws:backup/vaultPolicy:VaultPolicy": _vault_policy,
    "aws:backup/plan:Plan": _backup_plan,
    "aws:backup/selection:Selection": _backup_selection,
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": _restore_plan,
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": _restore_selection,
    "aws:ec2/flowLog:FlowLog": _flow_log,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _ingress,
    "aws:transfer/server:Server": _sftp_server,
    "aws:transfer/user:User": _sftp_user,
    "aws:transfer/sshKey:SshKey": _sftp_key,
    "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan": _malware_plan,
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
    "aws:ssoadmin/permissionSet:PermissionSet": _permission_set,
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": _inline,
    "aws:ssoadmin/accountAssignment:AccountAssignment": _assignment,
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": _set_boundary,
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": _watched,
    "aws:ebs/encryptionByDefault:EncryptionByDefault": _one(
        "ec2", "enable_ebs_encryption_by_default", {"enabled": True}
    ),
    "aws:ebs/defaultKmsKey:DefaultKmsKey": lambda make, inputs: make.call(
        "ec2", "modify_ebs_default_kms_key_id", {"KmsKeyId": inputs["keyArn"]}
    ),
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": _one(
        "ec2", "enable_snapshot_block_public_access", {}
    ),
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": lambda make, inputs: make.call(
        "ec2", "enable_image_block_public_access", {"imageBlockPublicAccessState": inputs["state"]}
    ),
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": _one(
        "ec2", "modify_instance_metadata_defaults", {}
    ),
}


def accounts(resources: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each AWS resource with its account and its provider's Region."""
    providers = {
        item["urn"]: item["inputs"] for item in resources if item["type"].startswith("pulumi:providers:aws")
    }
    for item in resources:
        if item["type"].startswith("aws:"):
            provider = providers[item["provider"].rsplit("::", 1)[0]]
            yield item, json.loads(provider["allowedAccountIds"])[0], provider["region"]


def build(endpoint: str, resources: list[dict[str, Any]], management: str) -> Emulator:
    """Everything of a deployment in a fresh emulator, in the deployment's order, over an organisation."""
    emulator = Emulator(endpoint)
    client = emulator.client("organizations", management, "us-east-1")
    client.create_organization(FeatureSet="ALL")
    root = client.list_roots()["Roots"][0]["Id"]
    client.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    client.enable_policy_type(RootId=root, PolicyType="RESOURCE_CONTROL_POLICY")
    everything = list(accounts(resources))
    for account in sorted({account for _, account, _ in everything} - {management}):
        made = client.create_account(Email=f"{account}@example.com", AccountName=account)
        emulator.ids[f"account {account}"] = made["CreateAccountStatus"]["AccountId"]
    for resource, account, region in everything:
        emulator.make(resource, account, region)
    return emulator
