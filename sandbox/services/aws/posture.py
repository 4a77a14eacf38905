"""Config, GuardDuty, Security Hub, Backup: what must be on before what."""

from typing import Final

from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.registry import (
    Call,
    before,
    before_creation,
    before_deletion,
    computes,
)
from billing_identity.sandbox.wire import Properties

RECORDER: Final = "aws:cfg/recorder:Recorder"
CHANNEL: Final = "aws:cfg/deliveryChannel:DeliveryChannel"
STATUS: Final = "aws:cfg/recorderStatus:RecorderStatus"
DETECTOR: Final = "aws:guardduty/detector:Detector"
HUB: Final = "aws:securityhub/account:Account"
VAULT: Final = "aws:backup/vault:Vault"


def _here(call: Call, kind: str) -> list[str]:
    """Ids of a type in the account and Region, without the object at hand."""
    found = call.store.find(kind, call.account)
    return [
        o.id for o in found if o.region == call.region and (call.old is None or o.place != call.old.place)
    ]


@before_creation(RECORDER)
def one_recorder(call: Call) -> None:
    """One configuration recorder in a Region."""
    if _here(call, RECORDER):
        message = (
            f"Failed to put configuration recorder '{call.text('name')}' because the maximum number "
            "of recorders is reached."
        )
        code = "MaxNumberOfConfigurationRecordersExceededException"
        refuse(
            f"creating ConfigService Configuration Recorder ({call.text('name')})",
            "Config Service: PutConfigurationRecorder",
            code,
            message,
        )


@before_creation(CHANNEL, "aws:cfg/rule:Rule", "aws:cfg/conformancePack:ConformancePack")
def recorder_exists(call: Call) -> None:
    """Channel, rules and packs need a recorder."""
    if not _here(call, RECORDER):
        what = call.token.rsplit(":", 1)[-1]
        message = (
            "Configuration recorder is not available to put delivery channel."
            if what == "DeliveryChannel"
            else ("Configuration recorder is not available.")
        )
        code = "NoAvailableConfigurationRecorderException"
        refuse(
            f"creating ConfigService {what} ({call.text('name')})",
            f"Config Service: Put{what}",
            code,
            message,
        )


@before(STATUS)
def channel_exists(call: Call) -> None:
    """A recorder starts when it has somewhere to deliver to."""
    doing = f"starting ConfigService Configuration Recorder ({call.text('name')})"
    operation = "Config Service: StartConfigurationRecorder"
    if call.text("name") not in _here(call, RECORDER):
        message = f"Cannot find configuration recorder with the specified name '{call.text('name')}'."
        refuse(doing, operation, "NoSuchConfigurationRecorderException", message, 400)
    if call.inputs.get("isEnabled") is True and not _here(call, CHANNEL):
        refuse(
            doing,
            operation,
            "NoAvailableDeliveryChannelException",
            "Delivery channel is not available to start configuration recorder.",
        )


@before_deletion(CHANNEL)
def recorder_is_off(call: Call) -> None:
    """A channel stays while the recorder runs."""
    if any(
        o.props.get("isEnabled") is True and o.region == call.region
        for o in call.store.find(STATUS, call.account)
    ):
        message = (
            f"Failed to delete last specified delivery channel with name '{call.id}', because there is a "
            "running configuration recorder."
        )
        refuse(
            f"deleting ConfigService Delivery Channel ({call.id})",
            "Config Service: DeleteDeliveryChannel",
            "LastDeliveryChannelDeleteFailedException",
            message,
        )


@before_creation(DETECTOR)
def one_detector(call: Call) -> None:
    """One detector in a Region."""
    if _here(call, DETECTOR):
        message = "The request is rejected because a detector already exists for the current account."
        refuse("creating GuardDuty Detector", "GuardDuty: CreateDetector", "BadRequestException", message)


@before(
    "aws:guardduty/detectorFeature:DetectorFeature",
    "aws:guardduty/publishingDestination:PublishingDestination",
    "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
)
def detector_exists(call: Call) -> None:
    """Features hang on a detector."""
    if call.text("detectorId") not in _here(call, DETECTOR):
        message = "The request is rejected because the input detectorId is not owned by the current account."
        refuse("updating GuardDuty Detector", "GuardDuty: UpdateDetector", "BadRequestException", message)


@before_creation(HUB)
def one_hub(call: Call) -> None:
    """An account subscribes once in a Region."""
    if _here(call, HUB):
        message = "Account is already subscribed to Security Hub"
        refuse(
            "creating Security Hub Account",
            "SecurityHub: EnableSecurityHub",
            "ResourceConflictException",
            message,
            409,
        )


@before_creation(
    "aws:securityhub/standardsSubscription:StandardsSubscription",
    "aws:securityhub/findingAggregator:FindingAggregator",
    "aws:securityhub/standardsControlAssociation:StandardsControlAssociation",
)
def hub_is_on(call: Call) -> None:
    """Standards need Security Hub."""
    if not _here(call, HUB):
        what = call.token.rsplit(":", 1)[-1]
        message = f"Account {call.account} is not subscribed to AWS Security Hub"
        refuse(
            f"creating Security Hub {what}",
            "SecurityHub: BatchEnableStandards",
            "InvalidAccessException",
            message,
            401,
        )


@before(
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:backup/vaultNotifications:VaultNotifications",
)
def vault_exists(call: Call) -> None:
    """Lock, policy and notifications hang on a vault."""
    name = call.text("backupVaultName")
    if name not in _here(call, VAULT):
        message = f"Backup vault {name} does not exist"
        refuse(
            f"updating Backup Vault ({name})",
            "Backup: PutBackupVault",
            "ResourceNotFoundException",
            message,
            400,
        )


@before_creation(VAULT)
def vault_is_new(call: Call) -> None:
    """Vault names are unique in a Region."""
    if call.text("name") in _here(call, VAULT):
        message = f"Backup vault with the same name already exists: {call.text('name')}"
        refuse(
            f"creating Backup Vault ({call.text('name')})",
            "Backup: CreateBackupVault",
            "AlreadyExistsException",
            message,
            400,
        )


@computes("aws:backup/plan:Plan")
def plan_outputs(call: Call) -> Properties:
    """A plan has versions."""
    return {"version": "sandboxVersion1"}
