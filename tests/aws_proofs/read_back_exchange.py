"""SFTP, its network and backups, read back."""

from __future__ import annotations

from typing import Any

from making import Emulator
from reading_back import but, check, made, same


@check
def the_server_speaks_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    (server,) = made(deployment, emulated, "aws:transfer/server:Server")
    held = server.client("transfer").describe_server(ServerId=server.id)["Server"]
    same(but(server.inputs, "forceDestroy"), held)


@check
def each_user_has_one_folder_and_its_keys(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for user in made(deployment, emulated, "aws:transfer/user:User"):
        where = {"ServerId": user.inputs["serverId"], "UserName": user.inputs["userName"]}
        held = user.client("transfer").describe_user(**where)["User"]
        same(but(user.inputs, "serverId"), held)
    for key in made(deployment, emulated, "aws:transfer/sshKey:SshKey"):
        where = {"ServerId": key.inputs["serverId"], "UserName": key.inputs["userName"]}
        held = key.client("transfer").describe_user(**where)["User"]
        assert key.inputs["body"] in [item["SshPublicKeyBody"] for item in held["SshPublicKeys"]]


@check
def only_the_partners_networks_reach_the_server(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    (group,) = made(deployment, emulated, "aws:ec2/securityGroup:SecurityGroup")
    (held,) = group.client("ec2").describe_security_groups(GroupIds=[group.id])["SecurityGroups"]
    assert held["IpPermissionsEgress"] == []
    declared = {
        (rule.inputs["cidrIpv4"], rule.inputs["fromPort"], rule.inputs["toPort"], rule.inputs["ipProtocol"])
        for rule in made(deployment, emulated, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    }
    assert declared == {
        (network["CidrIp"], rule["FromPort"], rule["ToPort"], rule["IpProtocol"])
        for rule in held["IpPermissions"]
        for network in rule["IpRanges"]
    }


@check
def plans_copy_what_they_keep(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    names = {
        "targetVaultName": "TargetBackupVaultName",
        "schedule": "ScheduleExpression",
        "startWindow": "StartWindowMinutes",
        "completionWindow": "CompletionWindowMinutes",
        "deleteAfter": "DeleteAfterDays",
        "destinationVaultArn": "DestinationBackupVaultArn",
        "name": "BackupPlanName",
    }
    for plan in made(deployment, emulated, "aws:backup/plan:Plan"):
        held = plan.client("backup").get_backup_plan(BackupPlanId=plan.id)["BackupPlan"]
        same(but(plan.inputs), held, names)
    for vault in made(deployment, emulated, "aws:backup/vault:Vault"):
        held = vault.client("backup").describe_backup_vault(BackupVaultName=vault.inputs["name"])
        assert held["EncryptionKeyArn"] == vault.inputs["kmsKeyArn"]
