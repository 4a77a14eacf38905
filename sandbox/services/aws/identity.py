"""How AWS names things: ids and ARNs by type.

A template is filled from the arguments and `account`, `region`, `id`; `hex17`, `uuid` and the like are
random, and an argument that is absent is replaced by random digits. What has no entry takes its name as id.
"""

import re
from typing import Final

from billing_identity.sandbox.services.aws.organization import ID as ORGANIZATION_ID
from billing_identity.sandbox.services.registry import (
    Call,
    base62,
    computes,
    derives,
    identifies,
    lower_hex,
    new_uuid,
)
from billing_identity.sandbox.wire import Properties

# type token without "aws:": (id, ARN); "" means none. "{arn}" in the id is the filled ARN.
TEMPLATES: Final[dict[str, tuple[str, str]]] = {
    "accessanalyzer/analyzer:Analyzer": (
        "{analyzerName}",
        "arn:aws:access-analyzer:{region}:{account}:analyzer/{analyzerName}",
    ),
    "accessanalyzer/archiveRule:ArchiveRule": ("{analyzerName}/{ruleName}", ""),
    "athena/workgroup:Workgroup": ("{name}", "arn:aws:athena:{region}:{account}:workgroup/{name}"),
    "backup/framework:Framework": ("{name}", "arn:aws:backup:{region}:{account}:framework:{name}-{uuid}"),
    "backup/logicallyAirGappedVault:LogicallyAirGappedVault": (
        "{name}",
        "arn:aws:backup:{region}:{account}:backup-vault:{name}",
    ),
    "backup/plan:Plan": ("{uuid}", "arn:aws:backup:{region}:{account}:backup-plan:{id}"),
    "backup/reportPlan:ReportPlan": ("{name}", "arn:aws:backup:{region}:{account}:report-plan:{name}-{uuid}"),
    "backup/restoreTestingPlan:RestoreTestingPlan": (
        "{name}",
        "arn:aws:backup:{region}:{account}:restore-testing-plan:{name}-{uuid}",
    ),
    "backup/selection:Selection": ("{uuid}", ""),
    "backup/vault:Vault": ("{name}", "arn:aws:backup:{region}:{account}:backup-vault:{name}"),
    "backup/vaultLockConfiguration:VaultLockConfiguration": ("{backupVaultName}", ""),
    "backup/vaultNotifications:VaultNotifications": ("{backupVaultName}", ""),
    "backup/vaultPolicy:VaultPolicy": ("{backupVaultName}", ""),
    "backup/globalSettings:GlobalSettings": ("{account}", ""),
    "backup/regionSettings:RegionSettings": ("{region}", ""),
    "cfg/aggregateAuthorization:AggregateAuthorization": (
        "{accountId}:{authorizedAwsRegion}",
        "arn:aws:config:{region}:{account}:aggregation-authorization/{accountId}/{authorizedAwsRegion}",
    ),
    "cfg/configurationAggregator:ConfigurationAggregator": (
        "{name}",
        "arn:aws:config:{region}:{account}:config-aggregator/config-aggregator-{hex8}",
    ),
    "cfg/conformancePack:ConformancePack": (
        "{name}",
        "arn:aws:config:{region}:{account}:conformance-pack/{name}/conformance-pack-{hex9}",
    ),
    "cfg/recorderStatus:RecorderStatus": ("{name}", ""),
    "cfg/retentionConfiguration:RetentionConfiguration": ("default", ""),
    "cfg/rule:Rule": ("{name}", "arn:aws:config:{region}:{account}:config-rule/config-rule-{hex6}"),
    "cloudtrail/eventDataStore:EventDataStore": (
        "{arn}",
        "arn:aws:cloudtrail:{region}:{account}:eventdatastore/{uuid}",
    ),
    "cloudtrail/trail:Trail": ("{arn}", "arn:aws:cloudtrail:{region}:{account}:trail/{name}"),
    "cloudwatch/compositeAlarm:CompositeAlarm": (
        "{alarmName}",
        "arn:aws:cloudwatch:{region}:{account}:alarm:{alarmName}",
    ),
    "cloudwatch/eventArchive:EventArchive": ("{name}", "arn:aws:events:{region}:{account}:archive/{name}"),
    "cloudwatch/eventBus:EventBus": ("{name}", "arn:aws:events:{region}:{account}:event-bus/{name}"),
    "cloudwatch/eventBusPolicy:EventBusPolicy": ("{eventBusName}", ""),
    "cloudwatch/logAccountPolicy:LogAccountPolicy": ("{policyName}:{policyType}", ""),
    "cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": ("{logGroupName}", ""),
    "cloudwatch/logGroup:LogGroup": ("{name}", "arn:aws:logs:{region}:{account}:log-group:{name}"),
    "cloudwatch/logMetricFilter:LogMetricFilter": ("{name}", ""),
    "cloudwatch/logResourcePolicy:LogResourcePolicy": ("{policyName}", ""),
    "cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ("cwlsf-{digits10}", ""),
    "cloudwatch/metricAlarm:MetricAlarm": ("{name}", "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"),
    "cloudwatch/dashboard:Dashboard": ("{dashboardName}", ""),
    "detective/graph:Graph": ("{arn}", "arn:aws:detective:{region}:{account}:graph:{hex32}"),
    "dlm/lifecyclePolicy:LifecyclePolicy": ("policy-{hex17}", "arn:aws:dlm:{region}:{account}:policy/{id}"),
    "dynamodb/table:Table": ("{name}", "arn:aws:dynamodb:{region}:{account}:table/{name}"),
    "ebs/defaultKmsKey:DefaultKmsKey": ("{keyArn}", ""),
    "ebs/encryptionByDefault:EncryptionByDefault": ("terraform-{digits10}", ""),
    "ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": ("{region}", ""),
    "guardduty/detector:Detector": ("{hex32}", "arn:aws:guardduty:{region}:{account}:detector/{id}"),
    "guardduty/detectorFeature:DetectorFeature": ("{detectorId}/{name}", ""),
    "guardduty/malwareProtectionPlan:MalwareProtectionPlan": (
        "{hex20}",
        "arn:aws:guardduty:{region}:{account}:malware-protection-plan/{id}",
    ),
    "guardduty/organizationAdminAccount:OrganizationAdminAccount": ("{adminAccountId}", ""),
    "guardduty/organizationConfiguration:OrganizationConfiguration": ("{detectorId}", ""),
    "guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature": (
        "{detectorId}/{name}",
        "",
    ),
    "iam/accessKey:AccessKey": ("AKIA{upper16}", ""),
    "iam/accountAlias:AccountAlias": ("{accountAlias}", ""),
    "iam/accountPasswordPolicy:AccountPasswordPolicy": ("iam-account-password-policy", ""),
    "iam/group:Group": ("{name}", "arn:aws:iam::{account}:group{path}{name}"),
    "iam/instanceProfile:InstanceProfile": ("{name}", "arn:aws:iam::{account}:instance-profile{path}{name}"),
    "iam/openIdConnectProvider:OpenIdConnectProvider": (
        "{arn}",
        "arn:aws:iam::{account}:oidc-provider/{host}",
    ),
    "iam/policy:Policy": ("{arn}", "arn:aws:iam::{account}:policy{path}{name}"),
    "iam/role:Role": ("{name}", "arn:aws:iam::{account}:role{path}{name}"),
    "iam/rolePolicy:RolePolicy": ("{role}:{name}", ""),
    "iam/rolePolicyAttachment:RolePolicyAttachment": ("{role}/{policyArn}", ""),
    "iam/rolePoliciesExclusive:RolePoliciesExclusive": ("{roleName}", ""),
    "iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": ("{roleName}", ""),
    "iam/samlProvider:SamlProvider": ("{arn}", "arn:aws:iam::{account}:saml-provider/{name}"),
    "iam/user:User": ("{name}", "arn:aws:iam::{account}:user{path}{name}"),
    "iam/userPolicyAttachment:UserPolicyAttachment": ("{user}/{policyArn}", ""),
    "kms/alias:Alias": ("{name}", "arn:aws:kms:{region}:{account}:{name}"),
    "kms/grant:Grant": ("{keyId}:{hex64}", ""),
    "kms/key:Key": ("{keyId}", "arn:aws:kms:{region}:{account}:key/{id}"),
    "kms/externalKey:ExternalKey": ("{keyId}", "arn:aws:kms:{region}:{account}:key/{id}"),
    "kms/replicaKey:ReplicaKey": ("{primary}", "arn:aws:kms:{region}:{account}:key/{id}"),
    "kms/keyPolicy:KeyPolicy": ("{keyId}", ""),
    "lambda/function:Function": ("{name}", "arn:aws:lambda:{region}:{account}:function:{name}"),
    "macie2/account:Account": ("{account}", ""),
    "macie2/classificationExportConfiguration:ClassificationExportConfiguration": ("macie:{region}", ""),
    "organizations/account:Account": ("{digits12}", "arn:aws:organizations::{account}:account/{org}/{id}"),
    "organizations/delegatedAdministrator:DelegatedAdministrator": (
        "{accountId}/{servicePrincipal}",
        "arn:aws:organizations::{account}:account/{org}/{accountId}",
    ),
    "organizations/organization:Organization": (
        "{org}",
        "arn:aws:organizations::{account}:organization/{org}",
    ),
    "organizations/organizationalUnit:OrganizationalUnit": (
        "ou-{hex4}-{hex8}",
        "arn:aws:organizations::{account}:ou/{org}/{id}",
    ),
    "organizations/policy:Policy": ("p-{hex8}", "arn:aws:organizations::{account}:policy/{org}/{kind}/{id}"),
    "organizations/policyAttachment:PolicyAttachment": ("{targetId}:{policyId}", ""),
    "organizations/resourcePolicy:ResourcePolicy": (
        "rp-{hex8}",
        "arn:aws:organizations::{account}:resourcepolicy/{org}/{id}",
    ),
    "rds/cluster:Cluster": (
        "{clusterIdentifier}",
        "arn:aws:rds:{region}:{account}:cluster:{clusterIdentifier}",
    ),
    "rds/instance:Instance": ("{identifier}", "arn:aws:rds:{region}:{account}:db:{identifier}"),
    "rds/parameterGroup:ParameterGroup": ("{name}", "arn:aws:rds:{region}:{account}:pg:{name}"),
    "rds/subnetGroup:SubnetGroup": ("{name}", "arn:aws:rds:{region}:{account}:subgrp:{name}"),
    "rolesanywhere/profile:Profile": ("{uuid}", "arn:aws:rolesanywhere:{region}:{account}:profile/{id}"),
    "rolesanywhere/trustAnchor:TrustAnchor": (
        "{uuid}",
        "arn:aws:rolesanywhere:{region}:{account}:trust-anchor/{id}",
    ),
    "s3/accountPublicAccessBlock:AccountPublicAccessBlock": ("{account}", ""),
    "s3/bucket:Bucket": ("{bucket}", "arn:aws:s3:::{bucket}"),
    "s3/bucketMetric:BucketMetric": ("{bucket}:{name}", ""),
    "s3/inventory:Inventory": ("{bucket}:{name}", ""),
    "s3/bucketObjectv2:BucketObjectv2": ("{bucket}/{key}", "arn:aws:s3:::{bucket}/{key}"),
    "secretsmanager/secret:Secret": (
        "{arn}",
        "arn:aws:secretsmanager:{region}:{account}:secret:{name}-{base6}",
    ),
    "secretsmanager/secretPolicy:SecretPolicy": ("{secretArn}", ""),
    "secretsmanager/secretRotation:SecretRotation": ("{secretId}", ""),
    "secretsmanager/secretVersion:SecretVersion": ("{secretId}|{uuid}", ""),
    "securityhub/account:Account": ("{account}", "arn:aws:securityhub:{region}:{account}:hub/default"),
    "securityhub/findingAggregator:FindingAggregator": (
        "{arn}",
        "arn:aws:securityhub:{region}:{account}:finding-aggregator/{uuid}",
    ),
    "securityhub/standardsSubscription:StandardsSubscription": (
        "arn:aws:securityhub:{region}:{account}:subscription/{standard}",
        "",
    ),
    "securityhub/standardsControlAssociation:StandardsControlAssociation": (
        "{securityControlId},{standardsArn}",
        "",
    ),
    "sns/topic:Topic": ("{arn}", "arn:aws:sns:{region}:{account}:{name}"),
    "sns/topicPolicy:TopicPolicy": ("{input_arn}", ""),
    "sns/topicSubscription:TopicSubscription": ("{arn}", "{topic}:{uuid}"),
    "sqs/queue:Queue": (
        "https://sqs.{region}.amazonaws.com/{account}/{name}",
        "arn:aws:sqs:{region}:{account}:{name}",
    ),
    "sqs/queuePolicy:QueuePolicy": ("{queueUrl}", ""),
    "ssm/parameter:Parameter": ("{name}", "arn:aws:ssm:{region}:{account}:parameter/{name}"),
    "ssoadmin/accountAssignment:AccountAssignment": (
        "{principalId},{principalType},{targetId},{targetType},{permissionSetArn},{instanceArn}",
        "",
    ),
    "ssoadmin/application:Application": ("{arn}", "arn:aws:sso::{account}:application/{sso}/apl-{hex16}"),
    "ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": (
        "{policyName},{policyPath},{permissionSetArn},{instanceArn}",
        "",
    ),
    "ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes": ("{instanceArn}", ""),
    "ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": (
        "{managedPolicyArn},{permissionSetArn},{instanceArn}",
        "",
    ),
    "ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": (
        "{instanceArn},{permissionSetArn}",
        "",
    ),
    "ssoadmin/permissionSet:PermissionSet": (
        "{arn},{instanceArn}",
        "arn:aws:sso:::permissionSet/{sso}/ps-{hex16}",
    ),
    "ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ("{permissionSetArn},{instanceArn}", ""),
    "ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": (
        "{permissionSetArn},{instanceArn}",
        "",
    ),
    "ssoadmin/trustedTokenIssuer:TrustedTokenIssuer": (
        "{arn}",
        "arn:aws:sso::{account}:trustedTokenIssuer/{sso}/tti-{uuid}",
    ),
    "transfer/server:Server": ("s-{hex17}", "arn:aws:transfer:{region}:{account}:server/{id}"),
    "transfer/user:User": (
        "{serverId}/{userName}",
        "arn:aws:transfer:{region}:{account}:user/{serverId}/{userName}",
    ),
    "transfer/sshKey:SshKey": ("{serverId}/{userName}/key-{hex17}", ""),
    "transfer/workflow:Workflow": ("w-{hex17}", "arn:aws:transfer:{region}:{account}:workflow/{id}"),
    "transfer/connector:Connector": ("c-{hex17}", "arn:aws:transfer:{region}:{account}:connector/{id}"),
}


class _Fields(Properties):
    """The values of a template; what is missing is random."""

    def __missing__(self, name: str) -> str:
        if name == "uuid":
            return new_uuid()
        if found := re.fullmatch(r"(hex|base|digits|upper)(\d+)", name):
            size = int(found.group(2))
            match found.group(1):
                case "hex":
                    return lower_hex(size)
                case "base":
                    return base62(size)
                case "upper":
                    return base62(size).upper()
                case _:
                    return str(int(lower_hex(size), 16)).zfill(size)[:size]
        return lower_hex(12)


def _fields(call: Call) -> _Fields:
    values = _Fields({k: v for k, v in call.inputs.items() if isinstance(v, str | int | float | bool)})
    values["input_arn"] = call.inputs.get("arn", "")
    values.pop("arn", None)
    values["account"] = call.account
    values["region"] = call.inputs.get("region") or call.instance.region
    values["org"] = ORGANIZATION_ID
    values.setdefault("path", "/")
    values["host"] = re.sub(r"^https?://", "", call.text("url"))
    values["kind"] = call.text("type").lower() or "service_control_policy"
    values["standard"] = call.text("standardsArn").split("/", 1)[-1]
    values["sso"] = call.text("instanceArn").rsplit("/", 1)[-1]
    values["primary"] = call.text("primaryKeyArn").rsplit("/", 1)[-1]
    if not values.get("keyId"):
        multi = call.inputs.get("multiRegion") is True
        values["keyId"] = f"mrk-{lower_hex(32)}" if multi else new_uuid()
    return values


@identifies("aws:*")
def identify(call: Call) -> str:
    """The id of a new object; its ARN is put aside in the outputs, as the two share random parts."""
    fields = _fields(call)
    name = call.token.removeprefix("aws:")
    module, _, kind = name.rpartition(":")
    if name in TEMPLATES:
        identifier, arn = TEMPLATES[name]
    elif module.startswith("s3/bucket"):
        identifier, arn = "{bucket}", ""
    else:
        folder = module.split("/")[0]
        label = kind[:1].lower() + kind[1:]
        identifier = "{name}" if call.inputs.get("name") else f"{label.lower()}-{{hex17}}"
        arn = f"arn:aws:{folder}:{{region}}:{{account}}:{label.lower()}/{{id}}"
    if "{arn}" in identifier:
        fields["arn"] = arn.format_map(fields)
        fields["id"] = identifier.format_map(fields)
    else:
        fields["id"] = identifier.format_map(fields)
        fields["arn"] = arn.format_map(fields)
    call.scratch["arn"] = fields["arn"]
    return str(fields["id"])


@computes("aws:*")
def common(call: Call) -> Properties:
    """Outputs that many AWS types have."""
    vault = call.text("backupVaultName")
    region = call.inputs.get("region") or call.instance.region
    return {
        "arn": call.scratch.get("arn") or None,
        "region": region,
        "accountId": call.account,
        "ownerId": call.account,
        "owner": call.account,
        "backupVaultArn": f"arn:aws:backup:{region}:{call.account}:backup-vault:{vault}",
        "createDate": "2026-01-01T00:00:00Z",
        "createdDate": "2026-01-01T00:00:00Z",
        "creationTime": "2026-01-01T00:00:00Z",
        "uniqueId": f"AROA{base62(17).upper()}",
        "status": "ACTIVE",
    }


@derives("aws:*")
def tags_all(call: Call) -> Properties:
    """Tags together with the default tags of the provider instance."""
    own: dict[str, str] = call.inputs.get("tags") or {}
    return {"tagsAll": {**call.instance.default_tags, **own}}
