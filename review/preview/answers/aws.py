# ruff: noqa: E501 - a row a line
"""Ids, ARNs and the other computed outputs as AWS forms them.

A row of the table is (id, ARN) as templates: `{p}` partition, `{r}` Region, `{a}` account, `{uuid}`,
`{hex8}`, `{hex17}`, `{hex32}` stable made-up identifiers, any other name the input of that name (or the
automatic name). An empty ARN: the type has none. `=` as the id: the ARN is the id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from billing_identity.review.preview.answers.facts import Facts
from billing_identity.review.preview.record import Value, reveal

_TABLE: Mapping[str, tuple[str, str]] = {
    "accessanalyzer/analyzer:Analyzer": ("{analyzerName}", "arn:{p}:access-analyzer:{r}:{a}:analyzer/{analyzerName}"),
    "accessanalyzer/archiveRule:ArchiveRule": ("{analyzerName}/{ruleName}", ""),
    "athena/workgroup:Workgroup": ("{name}", "arn:{p}:athena:{r}:{a}:workgroup/{name}"),
    "backup/framework:Framework": ("{name}", "arn:{p}:backup:{r}:{a}:framework:{name}-{uuid}"),
    "backup/logicallyAirGappedVault:LogicallyAirGappedVault": ("{name}", "arn:{p}:backup:{r}:{a}:backup-vault:{name}"),
    "backup/plan:Plan": ("{uuid}", "arn:{p}:backup:{r}:{a}:backup-plan:{uuid}"),
    "backup/reportPlan:ReportPlan": ("{name}", "arn:{p}:backup:{r}:{a}:report-plan:{name}-{uuid}"),
    "backup/restoreTestingPlan:RestoreTestingPlan": ("{name}", "arn:{p}:backup:{r}:{a}:restore-testing-plan:{name}"),
    "backup/selection:Selection": ("{uuid}", ""),
    "backup/vault:Vault": ("{name}", "arn:{p}:backup:{r}:{a}:backup-vault:{name}"),
    "backup/vaultLockConfiguration:VaultLockConfiguration": ("{backupVaultName}", ""),
    "backup/vaultNotifications:VaultNotifications": ("{backupVaultName}", ""),
    "backup/vaultPolicy:VaultPolicy": ("{backupVaultName}", ""),
    "cfg/conformancePack:ConformancePack": ("{name}", "arn:{p}:config:{r}:{a}:conformance-pack/{name}/{hex8}"),
    "cfg/deliveryChannel:DeliveryChannel": ("{name}", ""),
    "cfg/recorder:Recorder": ("{name}", ""),
    "cfg/recorderStatus:RecorderStatus": ("{name}", ""),
    "cfg/rule:Rule": ("{name}", "arn:{p}:config:{r}:{a}:config-rule/config-rule-{hex6}"),
    "cloudtrail/eventDataStore:EventDataStore": ("=", "arn:{p}:cloudtrail:{r}:{a}:eventdatastore/{uuid}"),
    "cloudtrail/trail:Trail": ("=", "arn:{p}:cloudtrail:{r}:{a}:trail/{name}"),
    "cloudwatch/compositeAlarm:CompositeAlarm": ("{alarmName}", "arn:{p}:cloudwatch:{r}:{a}:alarm:{alarmName}"),
    "cloudwatch/eventArchive:EventArchive": ("{name}", "arn:{p}:events:{r}:{a}:archive/{name}"),
    "cloudwatch/eventBus:EventBus": ("{name}", "arn:{p}:events:{r}:{a}:event-bus/{name}"),
    "cloudwatch/eventTarget:EventTarget": ("{rule}-{targetId}", ""),
    "cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": ("{logGroupName}", ""),
    "cloudwatch/logGroup:LogGroup": ("{name}", "arn:{p}:logs:{r}:{a}:log-group:{name}"),
    "cloudwatch/logMetricFilter:LogMetricFilter": ("{name}", ""),
    "cloudwatch/logResourcePolicy:LogResourcePolicy": ("{policyName}", ""),
    "cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ("cwlsf-{hex10}", ""),
    "cloudwatch/metricAlarm:MetricAlarm": ("{name}", "arn:{p}:cloudwatch:{r}:{a}:alarm:{name}"),
    "detective/graph:Graph": ("arn:{p}:detective:{r}:{a}:graph:{hex32}", ""),
    "dlm/lifecyclePolicy:LifecyclePolicy": ("policy-{hex17}", "arn:{p}:dlm:{r}:{a}:policy/policy-{hex17}"),
    "dynamodb/table:Table": ("{name}", "arn:{p}:dynamodb:{r}:{a}:table/{name}"),
    "ec2/securityGroup:SecurityGroup": ("sg-{hex17}", "arn:{p}:ec2:{r}:{a}:security-group/sg-{hex17}"),
    "ec2/subnet:Subnet": ("subnet-{hex17}", "arn:{p}:ec2:{r}:{a}:subnet/subnet-{hex17}"),
    "ec2/vpc:Vpc": ("vpc-{hex17}", "arn:{p}:ec2:{r}:{a}:vpc/vpc-{hex17}"),
    "ec2/vpcEndpoint:VpcEndpoint": ("vpce-{hex17}", "arn:{p}:ec2:{r}:{a}:vpc-endpoint/vpce-{hex17}"),
    "guardduty/detector:Detector": ("{hex32}", "arn:{p}:guardduty:{r}:{a}:detector/{hex32}"),
    "guardduty/malwareProtectionPlan:MalwareProtectionPlan": (
        "{hex20}", "arn:{p}:guardduty:{r}:{a}:malware-protection-plan/{hex20}"),
    "ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": ("{r}", ""),
    "iam/accountPasswordPolicy:AccountPasswordPolicy": ("iam-account-password-policy", ""),
    "iam/rolePoliciesExclusive:RolePoliciesExclusive": ("{roleName}", ""),
    "iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": ("{roleName}", ""),
    "iam/group:Group": ("{name}", "arn:{p}:iam::{a}:group{path}{name}"),
    "iam/instanceProfile:InstanceProfile": ("{name}", "arn:{p}:iam::{a}:instance-profile{path}{name}"),
    "iam/policy:Policy": ("=", "arn:{p}:iam::{a}:policy{path}{name}"),
    "iam/role:Role": ("{name}", "arn:{p}:iam::{a}:role{path}{name}"),
    "iam/rolePolicy:RolePolicy": ("{role}:{name}", ""),
    "iam/rolePolicyAttachment:RolePolicyAttachment": ("{role}/{policyArn}", ""),
    "iam/samlProvider:SamlProvider": ("=", "arn:{p}:iam::{a}:saml-provider/{name}"),
    "iam/user:User": ("{name}", "arn:{p}:iam::{a}:user{path}{name}"),
    "identitystore/group:Group": ("{identityStoreId}/{uuid}", "arn:{p}:identitystore:::group/{uuid}"),
    "identitystore/user:User": ("{identityStoreId}/{uuid}", ""),
    "kms/alias:Alias": ("{name}", "arn:{p}:kms:{r}:{a}:{name}"),
    "kms/grant:Grant": ("{keyId}:{hex64}", ""),
    "kms/keyPolicy:KeyPolicy": ("{keyId}", ""),
    "kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ("=", "arn:{p}:firehose:{r}:{a}:deliverystream/{name}"),
    "lambda/function:Function": ("{name}", "arn:{p}:lambda:{r}:{a}:function:{name}"),
    "macie2/account:Account": ("{a}", ""),
    "macie2/classificationJob:ClassificationJob": ("{hex32}", "arn:{p}:macie2:{r}:{a}:classification-job/{hex32}"),
    "organizations/organization:Organization": ("o-{hex10}", "arn:{p}:organizations::{a}:organization/o-{hex10}"),
    "organizations/organizationalUnit:OrganizationalUnit": (
        "ou-{hex4}-{hex8}", "arn:{p}:organizations::{a}:ou/o-{hex10}/ou-{hex4}-{hex8}"),
    "organizations/policy:Policy": ("p-{hex8}", "arn:{p}:organizations::{a}:policy/o-{hex10}/service_control_policy/p-{hex8}"),
    "organizations/policyAttachment:PolicyAttachment": ("{targetId}:{policyId}", ""),
    "rds/instance:Instance": ("db-{hex26}", "arn:{p}:rds:{r}:{a}:db:{identifier}"),
    "rds/cluster:Cluster": ("{clusterIdentifier}", "arn:{p}:rds:{r}:{a}:cluster:{clusterIdentifier}"),
    "rds/parameterGroup:ParameterGroup": ("{name}", "arn:{p}:rds:{r}:{a}:pg:{name}"),
    "rolesanywhere/profile:Profile": ("{uuid}", "arn:{p}:rolesanywhere:{r}:{a}:profile/{uuid}"),
    "rolesanywhere/trustAnchor:TrustAnchor": ("{uuid}", "arn:{p}:rolesanywhere:{r}:{a}:trust-anchor/{uuid}"),
    "s3/accountPublicAccessBlock:AccountPublicAccessBlock": ("{a}", ""),
    "s3/bucket:Bucket": ("{bucket}", "arn:{p}:s3:::{bucket}"),
    "secretsmanager/secret:Secret": ("=", "arn:{p}:secretsmanager:{r}:{a}:secret:{name}-{hex6}"),
    "secretsmanager/secretPolicy:SecretPolicy": ("{secretArn}", ""),
    "secretsmanager/secretRotation:SecretRotation": ("{secretId}", ""),
    "secretsmanager/secretVersion:SecretVersion": ("{secretId}|{uuid}", "{secretId}"),
    "securityhub/account:Account": ("{a}", "arn:{p}:securityhub:{r}:{a}:hub/default"),
    "securityhub/standardsSubscription:StandardsSubscription": (
        "arn:{p}:securityhub:{r}:{a}:subscription/{hex8}", "arn:{p}:securityhub:{r}:{a}:subscription/{hex8}"),
    "sfn/stateMachine:StateMachine": ("=", "arn:{p}:states:{r}:{a}:stateMachine:{name}"),
    "sns/topic:Topic": ("=", "arn:{p}:sns:{r}:{a}:{name}"),
    "sns/topicPolicy:TopicPolicy": ("{arn}", ""),
    "sns/topicSubscription:TopicSubscription": ("=", "{topic}:{uuid}"),
    "ssoadmin/accountAssignment:AccountAssignment": (
        "{principalId},{principalType},{targetId},{targetType},{permissionSetArn},{instanceArn}", ""),
    "ssoadmin/application:Application": ("=", "arn:{p}:sso::{a}:application/ssoins-{hex16}/apl-{hex16}"),
    "ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": (
        "{name},{permissionSetArn},{instanceArn}", ""),
    "ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": (
        "{managedPolicyArn},{permissionSetArn},{instanceArn}", ""),
    "ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ("{permissionSetArn},{instanceArn}", ""),
    "ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": ("{permissionSetArn},{instanceArn}", ""),
    "transfer/server:Server": ("s-{hex17}", "arn:{p}:transfer:{r}:{a}:server/s-{hex17}"),
    "transfer/sshKey:SshKey": ("{serverId}/{userName}/key-{hex17}", ""),
    "transfer/user:User": ("{serverId}/{userName}", "arn:{p}:transfer:{r}:{a}:user/{serverId}/{userName}"),
    "transfer/connector:Connector": ("c-{hex17}", "arn:{p}:transfer:{r}:{a}:connector/c-{hex17}"),
    "transfer/workflow:Workflow": ("w-{hex17}", "arn:{p}:transfer:{r}:{a}:workflow/w-{hex17}"),
}  # fmt: skip

# Settings of a bucket are one per bucket, with the bucket's id.
_OF_BUCKET = "s3/bucket"


def answer(facts: Facts) -> tuple[str, dict[str, Any]]:
    """The id and the modelled outputs of an AWS resource."""
    token = facts.type.removeprefix("aws:")
    fill = _Fill(facts)
    outputs: dict[str, Any] = {"region": fill.region, "tagsAll": facts.tags(), "ownerId": facts.scope.account}
    special = _SPECIAL.get(token)
    row = _TABLE.get(token)
    if row is not None:
        arn = row[1].format_map(fill)
        identity = arn if row[0] == "=" else row[0].format_map(fill)
        if arn:
            outputs["arn"] = arn
    elif token.startswith(_OF_BUCKET) and special is None:
        identity = fill["bucket"]
    else:
        service, _, kind = token.partition("/")
        identity = facts.auto()
        outputs["arn"] = (
            f"arn:{fill['p']}:{service}:{fill.region}:{fill['a']}:{kind.split(':')[0]}/{identity}"
        )
    if special is not None:
        identity = special(facts, fill, identity, outputs)
    return identity, outputs


class _Fill(Mapping[str, str]):
    """The names that a template may use. A Region said on the resource goes before the provider's."""

    __slots__ = ("_facts", "region")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.region = facts.field("region") or facts.scope.region

    def __getitem__(self, key: str) -> str:
        facts = self._facts
        if key == "p":
            return facts.scope.partition
        if key == "r":
            return self.region
        if key == "a":
            return facts.scope.account
        if key == "uuid":
            return facts.uuid()
        if key.startswith("HEX"):
            return facts.hex(int(key[3:])).upper()
        if key.startswith("hex"):
            return facts.hex(int(key[3:]))
        if key == "path":
            return facts.field("path") or "/"
        return facts.text(key)

    def __iter__(self) -> Value:
        return iter(())

    def __len__(self) -> int:
        return 0


_Special = Callable[[Facts, _Fill, str, dict[str, Any]], str]


def _key(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    identity = f"mrk-{facts.hex(32)}" if reveal(facts.inputs.get("multiRegion")) is True else facts.uuid()
    facts.earlier[identity] = {
        "keyRotationEnabled": reveal(facts.inputs.get("enableKeyRotation")) is True,
        "keySpec": facts.field("customerMasterKeySpec") or "SYMMETRIC_DEFAULT",
        "keyUsage": facts.field("keyUsage") or "ENCRYPT_DECRYPT",
    }
    return _named_key(facts, fill, identity, outputs)


def _replica(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    primary = facts.field("primaryKeyArn")
    identity = primary.rsplit("/", 1)[-1] if primary else f"mrk-{facts.hex(32)}"
    _named_key(facts, fill, identity, outputs)
    # A replica shares these with its primary.
    outputs |= {
        "keySpec": "SYMMETRIC_DEFAULT",
        "keyRotationEnabled": False,
        **facts.earlier.get(identity, {}),
    }
    return identity


def _named_key(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    outputs |= {
        "keyId": identity,
        "arn": f"arn:{fill['p']}:kms:{fill.region}:{fill['a']}:key/{identity}",
        "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "keyUsage": "ENCRYPT_DECRYPT",
        "isEnabled": True,
        "multiRegion": identity.startswith("mrk-"),
    }
    return identity


def _alias(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    target = facts.text("targetKeyId")
    prefix = "" if target.startswith("arn:") else f"arn:{fill['p']}:kms:{fill.region}:{fill['a']}:key/"
    outputs["targetKeyArn"] = prefix + target
    outputs["targetKeyId"] = target
    return identity


def _bucket(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    suffix = "amazonaws.com.cn" if fill["p"] == "aws-cn" else "amazonaws.com"
    outputs |= {
        "bucket": identity,
        "bucketRegion": fill.region,
        "bucketDomainName": f"{identity}.s3.{suffix}",
        "bucketRegionalDomainName": f"{identity}.s3.{fill.region}.{suffix}",
        "hostedZoneId": "Z" + facts.base62(13, "zone").upper(),
        "websiteDomain": f"s3-website-{fill.region}.{suffix}",
        "websiteEndpoint": f"{identity}.s3-website-{fill.region}.{suffix}",
    }
    return identity


def _rule(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    bus, name = facts.field("eventBusName") or "default", facts.text("name")
    within = "" if bus == "default" else f"{bus.rsplit('/', 1)[-1]}/"
    outputs |= {
        "arn": f"arn:{fill['p']}:events:{fill.region}:{fill['a']}:rule/{within}{name}",
        "eventBusName": bus,
    }
    return name if bus == "default" else f"{bus}/{name}"


def _oidc(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    outputs["arn"] = (
        f"arn:{fill['p']}:iam::{fill['a']}:oidc-provider/{facts.text('url').removeprefix('https://')}"
    )
    return outputs["arn"]


def _permission_set(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    instance = facts.text("instanceArn")
    store = instance.rsplit("/", 1)[-1]
    arn = f"arn:{fill['p']}:sso:::permissionSet/{store}/ps-{facts.hex(16)}"
    outputs |= {"arn": arn}
    return f"{arn},{instance}"


def _queue(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
    name = facts.text("name")
    url = f"https://sqs.{fill.region}.amazonaws.com/{fill['a']}/{name}"
    outputs |= {"arn": f"arn:{fill['p']}:sqs:{fill.region}:{fill['a']}:{name}", "url": url}
    return url


def _with(**templates: str) -> _Special:
    """The id as the table has it, and these outputs too."""

    def special(facts: Facts, fill: _Fill, identity: str, outputs: dict[str, Any]) -> str:
        for key, template in templates.items():
            outputs[key] = template.format_map(fill)
        return identity

    return special


_VAULT = _with(backupVaultArn="arn:{p}:backup:{r}:{a}:backup-vault:{backupVaultName}")
_SPECIAL: Mapping[str, _Special] = {
    "backup/vaultLockConfiguration:VaultLockConfiguration": _VAULT,
    "backup/vaultNotifications:VaultNotifications": _VAULT,
    "backup/vaultPolicy:VaultPolicy": _VAULT,
    "cfg/rule:Rule": _with(ruleId="config-rule-{hex6}"),
    "cloudtrail/trail:Trail": _with(homeRegion="{r}"),
    "cloudwatch/eventRule:EventRule": _rule,
    "detective/graph:Graph": _with(graphArn="arn:{p}:detective:{r}:{a}:graph:{hex32}"),
    "guardduty/detector:Detector": _with(accountId="{a}"),
    "iam/openIdConnectProvider:OpenIdConnectProvider": _oidc,
    "iam/role:Role": _with(uniqueId="AROA{HEX17}", createDate="2000-01-01T00:00:00Z"),
    "identitystore/group:Group": _with(groupId="{uuid}"),
    "identitystore/user:User": _with(userId="{uuid}"),
    "kms/alias:Alias": _alias,
    "kms/key:Key": _key,
    "kms/replicaKey:ReplicaKey": _replica,
    "lambda/function:Function": _with(
        invokeArn="arn:{p}:apigateway:{r}:lambda:path/2015-03-31/functions/arn:{p}:lambda:{r}:{a}:function:{name}/invocations",
        qualifiedArn="arn:{p}:lambda:{r}:{a}:function:{name}:$LATEST",
        version="$LATEST",
    ),
    "macie2/classificationJob:ClassificationJob": _with(
        jobId="{hex32}", jobArn="arn:{p}:macie2:{r}:{a}:classification-job/{hex32}"
    ),
    "s3/bucket:Bucket": _bucket,
    "secretsmanager/secretVersion:SecretVersion": _with(versionId="{uuid}", secretArn="{secretId}"),
    "sns/topic:Topic": _with(owner="{a}"),
    "sns/topicPolicy:TopicPolicy": _with(owner="{a}"),
    "sns/topicSubscription:TopicSubscription": _with(ownerId="{a}"),
    "sqs/queue:Queue": _queue,
    "ssoadmin/permissionSet:PermissionSet": _permission_set,
    "transfer/server:Server": _with(endpoint="s-{hex17}.server.transfer.{r}.amazonaws.com"),
    "transfer/sshKey:SshKey": _with(sshKeyId="key-{hex17}"),
}  # fmt: skip
