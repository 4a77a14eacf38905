"""AWS data sources that are not about one object."""

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.services.registry import looks_up
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties


@looks_up("aws:index/getCallerIdentity:getCallerIdentity")
def caller_identity(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """Who the provider instance is."""
    arn = instance.caller or f"arn:aws:iam::{instance.account}:user/sandbox"
    return {"id": instance.account, "accountId": instance.account, "arn": arn, "userId": "AIDASANDBOX"}
