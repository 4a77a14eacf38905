"""AWS Backup."""

from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services.registry import validates
from billing_identity.sandbox.wire import Properties

SELECTION: Final = "aws:backup/restoreTestingSelection:RestoreTestingSelection"


@validates(SELECTION)
def what_is_restored(inputs: Properties) -> list[Failure]:
    """ARNs or conditions say it; the provider takes one of them (its restore_testing_selection.go)."""
    given = [name for name in ("protectedResourceArns", "protectedResourceConditions") if inputs.get(name)]
    if len(given) == 1:
        return []
    reason = "exactly one of protected_resource_arns and protected_resource_conditions must be configured"
    return [Failure(given[-1] if given else "protectedResourceConditions", reason)]
