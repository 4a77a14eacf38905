"""Which catalogue is meant where none is named: the project's, as its stacks are configured."""

from __future__ import annotations

from pathlib import Path

from billing_identity.review.preview.config import InputError, configured_stacks, load_stack_config
from billing_identity.roles.loader import REFERENCE

KEY = "billing-identity:catalogue"


def project_of(folder: Path) -> Path | None:
    """The nearest folder with a Pulumi.yaml, upwards from `folder`, as Pulumi looks for it; None without."""
    start = folder.resolve()
    return next((one for one in (start, *start.parents) if (one / "Pulumi.yaml").is_file()), None)


def project_catalogue(folder: Path) -> Path:
    """The catalogue of the project that `folder` is in: the one that its stacks name, or the reference that
    comes with the program where they name none, or where there is no project.

    Raises InputError for configuration that can't be read, and for stacks that name several.
    """
    root = project_of(folder)
    if root is None:
        return REFERENCE
    named = {load_stack_config(root, stack).values.get(KEY) for stack in configured_stacks(root)} - {None}
    if len(named) > 1:
        listed = ", ".join(sorted(map(str, named)))
        raise InputError(
            [f"{root / 'Pulumi.yaml'}: the stacks name several catalogues ({listed}); say which"]
        )
    return root / str(named.pop()) if named else REFERENCE
