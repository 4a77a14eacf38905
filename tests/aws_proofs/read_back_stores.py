"""Stores, keys and vaults, read back."""

from __future__ import annotations

import json
from typing import Any

from making import Emulator
from reading_back import DATA, EAST, KEYS, LOGS, WEST, but, check, made, of_type, same


@check
def buckets_are_encrypted_with_the_declared_key(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    for inputs, account, region in of_type(deployment, token):
        s3 = emulated.client("s3", account, region)
        answer = s3.get_bucket_encryption(Bucket=inputs["bucket"])["ServerSideEncryptionConfiguration"]
        (rule,) = answer["Rules"]
        wanted = emulated.translated(inputs["rules"][0]["applyServerSideEncryptionByDefault"])
        assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == wanted["sseAlgorithm"]
        key = rule["ApplyServerSideEncryptionByDefault"].get("KMSMasterKeyID")
        assert key == wanted.get("kmsMasterKeyId")
        if key is not None:
            held = emulated.client("kms", KEYS, region).describe_key(KeyId=key)["KeyMetadata"]
            assert held["Arn"] == key
            assert held["Enabled"]
            assert rule["BucketKeyEnabled"]
        assert (key is None) == inputs["bucket"].removesuffix("-replica").endswith("-access-logs")


@check
def every_bucket_refuses_plain_text_and_the_public(
    deployment: list[dict[str, Any]], emulated: Emulator
) -> None:
    for inputs, account, region in of_type(deployment, "aws:s3/bucket:Bucket"):
        s3 = emulated.client("s3", account, region)
        name = inputs["bucket"]
        statements = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"]
        denied = [
            item.get("Condition")
            for item in statements
            if item["Effect"] == "Deny" and item["Principal"] == "*"
        ]
        assert {"Bool": {"aws:SecureTransport": "false"}} in denied, name
        assert {"NumericLessThan": {"s3:TlsVersion": "1.2"}} in denied, name
        block = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        assert set(block.values()) == {True}, name
        controls = s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
        assert controls == [{"ObjectOwnership": "BucketOwnerEnforced"}], name
        assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled", name
        tags = {tag["Key"]: tag["Value"] for tag in s3.get_bucket_tagging(Bucket=name)["TagSet"]}
        assert tags == inputs["tags"], name


@check
def locks_hold_as_long_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    found: dict[str, tuple[str, int]] = {}
    for inputs, account, region in of_type(deployment, token):
        s3 = emulated.client("s3", account, region)
        lock = s3.get_object_lock_configuration(Bucket=inputs["bucket"])["ObjectLockConfiguration"]
        assert lock["ObjectLockEnabled"] == "Enabled"
        kept = lock["Rule"]["DefaultRetention"]
        assert kept["Days"] == inputs["rule"]["defaultRetention"]["days"]
        found[inputs["bucket"]] = (kept["Mode"], kept["Days"])
    assert found["meridian-prod-log-archive"] == ("COMPLIANCE", 2192)
    assert found["meridian-prod-activity-logs"] == ("COMPLIANCE", 2192)
    assert found["meridian-prod-issued-documents"] == ("COMPLIANCE", 2192)
    assert found["meridian-prod-ephi-edi"] == ("GOVERNANCE", 90)
    assert found["meridian-prod-ephi-edi-replica"] == ("GOVERNANCE", 90)


@check
def stores_are_copied_logged_and_kept(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    for inputs, account, region in of_type(deployment, token):
        s3 = emulated.client("s3", account, region)
        answer = s3.get_bucket_replication(Bucket=inputs["bucket"])["ReplicationConfiguration"]
        (rule,) = answer["Rules"]
        assert rule["Status"] == "Enabled"
        assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{inputs['bucket']}-replica"
        key = rule["Destination"]["EncryptionConfiguration"]["ReplicaKmsKeyID"]
        assert key.startswith(f"arn:aws:kms:{WEST}:{KEYS}:key/mrk-")
        assert rule["DeleteMarkerReplication"] == {"Status": "Disabled"}
    for inputs, account, region in of_type(deployment, "aws:s3/bucketLogging:BucketLogging"):
        s3 = emulated.client("s3", account, region)
        logged = s3.get_bucket_logging(Bucket=inputs["bucket"])["LoggingEnabled"]
        assert (logged["TargetBucket"], logged["TargetPrefix"]) == (
            inputs["targetBucket"],
            inputs["targetPrefix"],
        )
    archive = emulated.client("s3", LOGS, EAST)
    rules = archive.get_bucket_lifecycle_configuration(Bucket="meridian-prod-logs-access-logs")["Rules"]
    assert {"Days": 2192} in [rule.get("Expiration") for rule in rules]


@check
def keys_rotate_and_hold_their_policy(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for key in made(deployment, emulated, "aws:kms/key:Key"):
        inputs, kms = key.inputs, key.client("kms")
        held = kms.describe_key(KeyId=key.id)["KeyMetadata"]
        assert held["Enabled"]
        assert held["KeyManager"] == "CUSTOMER"
        assert held["KeySpec"] == "SYMMETRIC_DEFAULT"
        assert held["MultiRegion"] is inputs["multiRegion"]
        if inputs["multiRegion"]:
            replicas = held["MultiRegionConfiguration"]["ReplicaKeys"]
            assert [replica["Region"] for replica in replicas] == [WEST]
        assert kms.get_key_rotation_status(KeyId=held["KeyId"])["KeyRotationEnabled"]
        policy = kms.get_key_policy(KeyId=held["KeyId"], PolicyName="default")["Policy"]
        assert json.loads(policy) == json.loads(inputs["policy"])


@check
def backups_are_locked_under_their_key(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for inputs, account, region in of_type(
        deployment, "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    ):
        held = emulated.client("backup", account, region).describe_backup_vault(
            BackupVaultName=inputs["backupVaultName"]
        )
        assert held["Locked"]
        assert held["MinRetentionDays"] == inputs["minRetentionDays"]
        assert held["EncryptionKeyArn"].startswith(f"arn:aws:kms:{region}:")


@check
def accounts_refuse_the_public_and_encrypt_by_default(_: list[dict[str, Any]], emulated: Emulator) -> None:
    for account in (KEYS, LOGS, DATA):
        block = emulated.client("s3control", account, EAST).get_public_access_block(AccountId=account)
        assert set(block["PublicAccessBlockConfiguration"].values()) == {True}
        for region in (EAST, WEST):
            ec2 = emulated.client("ec2", account, region)
            assert ec2.get_ebs_encryption_by_default()["EbsEncryptionByDefault"]


@check
def keys_have_their_names_and_replicas(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    for alias in made(deployment, emulated, "aws:kms/alias:Alias"):
        held = {item["AliasName"]: item for item in alias.client("kms").list_aliases()["Aliases"]}
        assert held[alias.inputs["name"]]["TargetKeyId"] == alias.inputs["targetKeyId"]
    for replica in made(deployment, emulated, "aws:kms/replicaKey:ReplicaKey"):
        held = replica.client("kms").describe_key(KeyId=replica.id)["KeyMetadata"]
        assert held["Enabled"]
        assert held["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"
        primary = held["MultiRegionConfiguration"]["PrimaryKey"]
        assert (primary["Arn"], primary["Region"]) == (replica.inputs["primaryKeyArn"], EAST)


@check
def buckets_keep_and_forget_as_declared(deployment: list[dict[str, Any]], emulated: Emulator) -> None:
    token = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    for cycle in made(deployment, emulated, token):
        held = cycle.client("s3").get_bucket_lifecycle_configuration(Bucket=cycle.inputs["bucket"])
        same(cycle.inputs["rules"], held["Rules"])


@check
def every_setting_of_a_bucket_is_the_declared_one(
    deployment: list[dict[str, Any]], emulated: Emulator
) -> None:
    """What the checks above ask of buckets by what it must be, here by what was declared."""
    for policy in made(deployment, emulated, "aws:s3/bucketPolicy:BucketPolicy"):
        same(
            policy.inputs["policy"],
            policy.client("s3").get_bucket_policy(Bucket=policy.inputs["bucket"])["Policy"],
        )
    for block in made(deployment, emulated, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"):
        held = block.client("s3").get_public_access_block(Bucket=block.inputs["bucket"])
        same(but(block.inputs, "bucket", "skipDestroy"), held["PublicAccessBlockConfiguration"])
    for owner in made(deployment, emulated, "aws:s3/bucketOwnershipControls:BucketOwnershipControls"):
        held = owner.client("s3").get_bucket_ownership_controls(Bucket=owner.inputs["bucket"])
        same([owner.inputs["rule"]], held["OwnershipControls"]["Rules"])
    for versions in made(deployment, emulated, "aws:s3/bucketVersioning:BucketVersioning"):
        held = versions.client("s3").get_bucket_versioning(Bucket=versions.inputs["bucket"])
        same(versions.inputs["versioningConfiguration"], held)
    for block in made(deployment, emulated, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"):
        held = block.client("s3control").get_public_access_block(AccountId=block.account)
        same(but(block.inputs, "accountId"), held["PublicAccessBlockConfiguration"])
    for volumes in made(deployment, emulated, "aws:ebs/encryptionByDefault:EncryptionByDefault"):
        held = volumes.client("ec2").get_ebs_encryption_by_default()
        assert held["EbsEncryptionByDefault"] is volumes.inputs["enabled"]
