"""SFTP with its network, malware plans, backups."""

from __future__ import annotations

from making import Inputs, Maker, Making, network_of, tags_of


def _security_group(make: Maker, inputs: Inputs) -> None:
    inputs.pop("revokeRulesOnDelete", None)
    network, tags = network_of(make, inputs.pop("vpcId")), tags_of(inputs)
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
    inputs["tags"] = tags_of(inputs)
    make.replaces(make.call("transfer", "create_server", inputs)["ServerId"])


def _sftp_user(make: Maker, inputs: Inputs) -> None:
    inputs["tags"] = tags_of(inputs)
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


MAKE: Making = {
    "aws:backup/vault:Vault": _vault,
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": _vault_lock,
    "aws:backup/vaultPolicy:VaultPolicy": _vault_policy,
    "aws:backup/plan:Plan": _backup_plan,
    "aws:backup/selection:Selection": _backup_selection,
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": _restore_plan,
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": _restore_selection,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _ingress,
    "aws:transfer/server:Server": _sftp_server,
    "aws:transfer/user:User": _sftp_user,
    "aws:transfer/sshKey:SshKey": _sftp_key,
    "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan": _malware_plan,
}
