"""A preview and its file, as the tests of deployments write it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from billing_identity.review.preview.deployment import to_deployment, write_deployment
from billing_identity.review.preview.record import Preview, redact

AS_OF = "2026-11-24"


def written(preview: Preview, path: Path, **options: Any) -> Path:
    write_deployment(path, to_deployment(preview, as_of=AS_OF, **options))
    return path


def without_secrets(preview: Preview) -> Preview:
    return replace(
        preview,
        registrations=tuple(
            replace(item, inputs=redact(item.inputs), outputs=redact(item.outputs))
            for item in preview.registrations
        ),
        stack_outputs=redact(preview.stack_outputs),
    )
