"""What moto 5.2.5 lacks of the deployment. docs/aws-proofs.md is made of it."""

NOT_THERE = "the operation is not in the emulator"
PARTNER = (
    "rules and archives of a bus whose name holds a slash, as every partner bus has, are looked for elsewhere"
)
LACKS: dict[tuple[str, str], str] = {
    ("aws:backup/restoreTestingPlan:RestoreTestingPlan", "*"): NOT_THERE,
    ("aws:backup/restoreTestingSelection:RestoreTestingSelection", "*"): NOT_THERE,
    ("aws:backup/selection:Selection", "*"): NOT_THERE,
    ("aws:backup/vaultPolicy:VaultPolicy", "*"): NOT_THERE,
    ("aws:accessanalyzer/analyzer:Analyzer", "*"): "the service is not in the emulator",
    ("aws:cfg/conformancePack:ConformancePack", "*"): NOT_THERE,
    ("aws:cloudwatch/eventArchive:EventArchive", "okta-bus"): PARTNER,
    ("aws:cloudwatch/eventRule:EventRule", "alert-*-okta"): PARTNER,
    ("aws:cloudwatch/eventRule:EventRule", "okta-bus"): PARTNER,
    ("aws:cloudwatch/eventTarget:EventTarget", "alert-*-okta-*"): PARTNER,
    ("aws:cloudwatch/eventTarget:EventTarget", "okta-bus-*"): PARTNER,
    ("aws:ebs/defaultKmsKey:DefaultKmsKey", "*"): "a key of another account is not found",
    ("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "*"): NOT_THERE,
    ("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "*"): NOT_THERE,
    ("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "*"): NOT_THERE,
    (
        "aws:kms/alias:Alias",
        "*-replica",
    ): "a replica shares the primary's aliases, so that they are there already",
    ("aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan", "*"): NOT_THERE,
    ("aws:macie2/classificationJob:ClassificationJob", "*"): NOT_THERE,
    ("aws:securityhub/standardsSubscription:StandardsSubscription", "*"): NOT_THERE,
    ("aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment", "*"): NOT_THERE,
}
"""By type and glob of the name: why it can't be made. The test tries each and fails when one can be made."""
NOT_READ: dict[str, str] = {
    "aws:s3/bucketNotification:BucketNotification": "it takes EventBridge's notice and gives none back",
}
"""By type: what it makes, and why nobody asks about it."""
UNSEEN: dict[str, str] = {
    "Policies": "S3 judges them without their conditions, so that every call to an object is refused; other "
    "services don't judge them: tests/aws_proofs/test_policy_questions.py asks them",
    "A key's rotation period, deletion window and its replica's own policy": "not given back, given with the "
    "deletion, and taken from the primary",
    "A detector's features": "each call replaces those of the one before: the last is read back",
    "What hangs on a role or a permission set": "the provider watches over it; it is no object of the API",
    "New controls of Security Hub": "`autoEnableControls` is set by another call; AWS's default is the same",
    "Delivery": "no log, event, copy or notice is delivered: that AWS does",
    "Partner buses": "Okta's log stream makes the source; the test makes it in its place",
}
"""What can be made and not seen."""
