"""KMS: keys are scheduled for deletion, never deleted; a policy must leave the caller in control."""

from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services import registry
from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.aws.policy import lets_caller, statements
from billing_identity.sandbox.services.registry import (
    Call,
    after_deletion,
    before,
    before_creation,
    before_deletion,
    computes,
    derives,
    keyed,
    validates,
)
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties

KEY: Final = "aws:kms/key:Key"
REPLICA: Final = "aws:kms/replicaKey:ReplicaKey"
EXTERNAL: Final = "aws:kms/externalKey:ExternalKey"
POLICY: Final = "aws:kms/keyPolicy:KeyPolicy"
ALIAS: Final = "aws:kms/alias:Alias"

registry.kept_on_delete.update({KEY, REPLICA, EXTERNAL})


def usable(item: Object) -> bool:
    """Whether a key is there and not on its way out."""
    return item.props.get("keyState") != "PendingDeletion"


def find_key(store: Store, name: str, account: str, region: str) -> Object | None:
    """The key that an id, an ARN or an alias names; None when there is none in the sandbox."""
    keys = [o for kind in (KEY, REPLICA, EXTERNAL) for o in store.find(kind) if usable(o)]
    if "alias/" in name:
        alias = "alias/" + name.split("alias/", 1)[1]
        targets = [a for a in store.find(ALIAS) if a.id == alias and name in (alias, a.props.get("arn"))]
        targets = [a for a in targets if name != alias or (a.account == account and a.region == region)]
        return find_key(store, str(targets[0].props["targetKeyArn"]), account, region) if targets else None
    if name.startswith("arn:"):
        return next((o for o in keys if o.props.get("arn") == name), None)
    return next((o for o in keys if (o.id, o.account, o.region) == (name, account, region)), None)


def policy_of(store: Store, key: Object) -> str:
    """The policy document in force on a key."""
    for item in store.find(POLICY, key.account):
        if item.props.get("keyId") in (key.id, key.props.get("arn")):
            return str(item.props.get("policy", ""))
    return str(key.props.get("policy") or default_policy(key.account))


def default_policy(account: str) -> str:
    """What KMS gives a key without a policy: the account may delegate everything."""
    return (
        '{"Id":"key-default-1","Statement":[{"Action":"kms:*","Effect":"Allow","Principal":{"AWS":'
        f'"arn:aws:iam::{account}:root"}},"Resource":"*","Sid":"Enable IAM User Permissions"}}],'
        '"Version":"2012-10-17"}'
    )


@validates(KEY, REPLICA, EXTERNAL)
def window(inputs: Properties) -> list[Failure]:
    """The waiting period is 7 to 30 days."""
    days = inputs.get("deletionWindowInDays")
    if isinstance(days, float) and not 7 <= days <= 30:
        reason = f"expected deletion_window_in_days to be in the range (7 - 30), got {days:g}"
        return [Failure("deletionWindowInDays", reason)]
    return []


@validates(KEY)
def rotation_period(inputs: Properties) -> list[Failure]:
    """Automatic rotation is every 90 to 2560 days."""
    days = inputs.get("rotationPeriodInDays")
    if isinstance(days, float) and not 90 <= days <= 2560:
        reason = f"expected rotation_period_in_days to be in the range (90 - 2560), got {days:g}"
        return [Failure("rotationPeriodInDays", reason)]
    return []


@validates(ALIAS)
def alias_prefix(inputs: Properties) -> list[Failure]:
    """An alias starts with alias/, and alias/aws/ is the service's own."""
    name = inputs.get("name")
    if isinstance(name, str) and (not name.startswith("alias/") or name.startswith("alias/aws/")):
        return [
            Failure("name", f"\"name\" must begin with 'alias/' and not with 'alias/aws/', got \"{name}\"")
        ]
    return []


@before(KEY, REPLICA, EXTERNAL, POLICY)
def stays_in_control(call: Call) -> None:
    """KMS refuses a policy that its caller could not change later."""
    document = call.inputs.get("policy")
    if not document or call.inputs.get("bypassPolicyLockoutSafetyCheck") is True:
        return
    found = statements(document)
    if found is not None and not lets_caller(found, "kms:PutKeyPolicy", call.account, call.instance.caller):
        refuse(
            "creating KMS Key" if call.token != POLICY else "attaching KMS Key policy",
            "KMS: CreateKey" if call.token != POLICY else "KMS: PutKeyPolicy",
            "MalformedPolicyDocumentException",
            "The new key policy will not allow you to update the key policy in the future.",
        )


@computes(KEY, EXTERNAL, REPLICA)
def key_outputs(call: Call) -> Properties:
    """What KMS fills in; the key's id is also an output."""
    answer: Properties = {"keyId": call.id, "keyState": "Enabled", "policy": default_policy(call.account)}
    if call.token == KEY:
        answer |= {"enableKeyRotation": False, "multiRegion": False, "description": ""}
    if call.token == REPLICA:
        answer |= {"keyRotationEnabled": False, "keySpec": "SYMMETRIC_DEFAULT", "keyUsage": "ENCRYPT_DECRYPT"}
    return answer


@before_creation(REPLICA)
def primary_exists(call: Call) -> None:
    """A replica copies a multi-Region key of another Region."""
    primary = find_key(call.store, call.text("primaryKeyArn"), call.account, call.region)
    if primary is None:
        message = f"Key '{call.text('primaryKeyArn')}' does not exist"
        refuse("creating KMS Replica Key", "KMS: ReplicateKey", "NotFoundException", message, 400)
    if primary.region == call.region:
        message = "A replica can't be in the Region of its primary key."
        refuse("creating KMS Replica Key", "KMS: ReplicateKey", "AlreadyExistsException", message, 400)


@before_deletion(KEY)
def no_replicas(call: Call) -> None:
    """A primary key waits for its replicas."""
    arn = call.inputs.get("arn")
    if any(usable(o) for o in call.store.find(REPLICA, call.account) if o.props.get("primaryKeyArn") == arn):
        message = f"{arn} has replica keys; delete them first."
        refuse(
            f"deleting KMS Key ({call.id})", "KMS: ScheduleKeyDeletion", "KMSInvalidStateException", message
        )


@after_deletion(KEY, REPLICA, EXTERNAL)
def schedule(call: Call) -> None:
    """Deletion is scheduled: the key stays, disabled, until its window is over."""
    if call.old is None:
        return
    gone = {**call.old.props, "keyState": "PendingDeletion", "isEnabled": False}
    old = call.old
    call.store.put(Object(*old.place, id=old.id, urn=old.urn, props=gone))


@before(ALIAS)
def target_exists(call: Call) -> None:
    """An alias points to a key of its own account and Region."""
    name = call.text("targetKeyId")
    key = find_key(call.store, name, call.account, call.region)
    if key is None or (key.account, key.region) != (call.account, call.region):
        message = f"Key '{name}' does not exist"
        refuse(
            f"creating KMS Alias ({call.text('name')})", "KMS: CreateAlias", "NotFoundException", message, 400
        )


@before_creation(ALIAS)
def alias_is_free(call: Call) -> None:
    """One alias of a name in an account and Region."""
    if any(o.region == call.region for o in call.others(ALIAS, "name", call.text("name"))):
        arn = f"arn:aws:kms:{call.region}:{call.account}:{call.text('name')}"
        message = f"An alias with the name {arn} already exists"
        refuse(
            f"creating KMS Alias ({call.text('name')})",
            "KMS: CreateAlias",
            "AlreadyExistsException",
            message,
            400,
        )


@derives(ALIAS)
def alias_target(call: Call) -> Properties:
    """The ARN of the key behind the alias."""
    key = find_key(call.store, call.text("targetKeyId"), call.account, call.region)
    return {"targetKeyArn": key.props.get("arn") if key else None}


@before(POLICY)
def policy_has_a_key(call: Call) -> None:
    """A policy is put on a key that exists."""
    if find_key(call.store, call.text("keyId"), call.account, call.region) is None:
        message = f"Key '{call.text('keyId')}' does not exist"
        refuse("attaching KMS Key policy", "KMS: PutKeyPolicy", "NotFoundException", message, 400)


@keyed(POLICY)
def of_policy(properties: Properties, identifier: str) -> str:
    """One policy on a key: a second declaration overwrites the first."""
    return identifier.rsplit("/", 1)[-1]
