"""AWS Organizations: one organisation for the whole sandbox, and its policies."""

from typing import Final

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.registry import (
    Call,
    before_creation,
    before_deletion,
    computes,
    looks_up,
)
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties, texts

ORGANIZATION: Final = "aws:organizations/organization:Organization"
POLICY: Final = "aws:organizations/policy:Policy"
ATTACHMENT: Final = "aws:organizations/policyAttachment:PolicyAttachment"
ID: Final = "o-sandbox000"
ROOT: Final = "r-sb00"


@computes(ORGANIZATION)
def organization_outputs(call: Call) -> Properties:
    """The root and the management account."""
    master = f"arn:aws:organizations::{call.account}:account/{ID}/{call.account}"
    root = f"arn:aws:organizations::{call.account}:root/{ID}/{ROOT}"
    return {
        "masterAccountArn": master,
        "masterAccountId": call.account,
        "masterAccountEmail": "management@example.com",
        "masterAccountName": "management",
        "roots": [{"id": ROOT, "arn": root, "name": "Root", "policyTypes": []}],
        "accounts": [],
        "nonMasterAccounts": [],
    }


@before_creation(POLICY)
def policy_name_is_free(call: Call) -> None:
    """One policy of a name and type."""
    kind = call.inputs.get("type")
    if any(o.props.get("type") == kind for o in call.others(POLICY, "name", call.text("name"))):
        doing = f"creating Organizations Policy ({call.text('name')})"
        message = "A policy with the same name already exists."
        refuse(doing, "Organizations: CreatePolicy", "DuplicatePolicyException", message, 400)


@before_creation(ATTACHMENT)
def attaches_what_exists(call: Call) -> None:
    """The policy must exist, and its type be enabled where the organisation is declared here."""
    doing = f"creating Organizations Policy Attachment ({call.text('targetId')}:{call.text('policyId')})"
    found = next((o for o in call.store.find(POLICY, call.account) if o.id == call.text("policyId")), None)
    if found is None and not call.text("policyId").startswith("p-FullAWSAccess"):
        message = "We can't find a policy with the PolicyId that you specified."
        refuse(doing, "Organizations: AttachPolicy", "PolicyNotFoundException", message, 400)
    for organization in call.store.find(ORGANIZATION, call.account):
        enabled = texts(organization.props, "enabledPolicyTypes")
        if found is not None and found.props.get("type") not in enabled:
            message = "This operation can be performed only for enabled policy types."
            refuse(doing, "Organizations: AttachPolicy", "PolicyTypeNotEnabledException", message, 400)


@before_deletion(POLICY)
def not_attached(call: Call) -> None:
    """An attached policy stays."""
    if call.others(ATTACHMENT, "policyId", call.id):
        doing = f"deleting Organizations Policy ({call.id})"
        message = "The policy is attached to one or more entities. You must detach it before you delete it."
        refuse(doing, "Organizations: DeletePolicy", "PolicyInUseException", message, 400)


@looks_up("aws:organizations/getOrganization:getOrganization")
def organization(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The organisation that every account of the sandbox is in."""
    for item in store.find(ORGANIZATION):
        return {**item.props, "id": item.id}
    arn = f"arn:aws:organizations::{instance.account}:organization/{ID}"
    root = f"arn:aws:organizations::{instance.account}:root/{ID}/{ROOT}"
    return {
        "id": ID,
        "arn": arn,
        "masterAccountId": instance.account,
        "masterAccountArn": f"arn:aws:organizations::{instance.account}:account/{ID}/{instance.account}",
        "roots": [{"id": ROOT, "arn": root, "name": "Root", "policyTypes": []}],
        "accounts": [],
        "nonMasterAccounts": [],
        "featureSet": "ALL",
        "awsServiceAccessPrincipals": [],
        "enabledPolicyTypes": [],
    }
