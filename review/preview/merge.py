"""Several previews as one graph, and previews under another stack name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from billing_identity.review.preview.record import Preview, PreviewError, Registration, Secret, Value

_MARK = "urn:pulumi:"


def merge(previews: Iterable[Preview]) -> Preview:
    """All registrations of `previews`, one preview a stack, in the order given.

    URNs are unique by their stack; the same stack twice is an error in the result. `stack` is `multiple`
    and `stack_outputs` is {stack: outputs} if there are several; a single preview comes back as it is.
    Raises ValueError for none, or for one with ids known and one without.
    """
    parts = list(previews)
    if not parts:
        message = "nothing to merge: give at least one preview"
        raise ValueError(message)
    if len(parts) == 1:
        return parts[0]
    if len({part.unknown for part in parts}) > 1:
        message = "previews with known and with unknown ids cannot be judged together; run both the same way"
        raise ValueError(message)
    seen: set[str] = set()
    errors: list[PreviewError] = []
    kept: list[Registration] = []
    for part in parts:
        errors.extend(part.errors)
        for item in part.registrations:
            if item.urn in seen:
                errors.append(
                    PreviewError(
                        "duplicate-urn", f"{item.urn} is in two of the previews", item.source, item.urn
                    )
                )
                continue
            seen.add(item.urn)
            kept.append(item)
    projects = {part.project: None for part in parts}
    return Preview(
        project=next(iter(projects)) if len(projects) == 1 else "multiple",
        stack="multiple",
        registrations=tuple(kept),
        stack_outputs={part.stack: part.stack_outputs for part in parts},
        errors=tuple(errors),
        unknown=parts[0].unknown,
        messages=tuple(message for part in parts for message in part.messages),
    )


def without_stack(preview: Preview) -> Preview:
    """`preview` with every URN's stack as `-`: two of them are equal if only the stack's name differed.

    The root resource's own name, `<project>-<stack>`, is changed too. Ids that a preview makes up differ by
    stack: `compare.differences` sees through them.
    """
    stacks = {stack_of(item.urn) for item in preview.registrations}
    return renamed(preview, dict.fromkeys(stacks, "-"), root_name=True)


def renamed(preview: Preview, stacks: Mapping[str, str], *, root_name: bool = False) -> Preview:
    """`preview` with the stacks of all URNs, also within values, exchanged by {old: new}."""
    names: dict[str, str] = dict(stacks)

    def urn(text: str) -> str:
        renamed_text = rename(text, names)
        if root_name and "::pulumi:pulumi:Stack::" in renamed_text:
            return renamed_text.rsplit("::", 1)[0] + "::-"
        return renamed_text

    def value(item: Value) -> Value:
        if isinstance(item, str):
            return urn(item) if _MARK in item else item
        if isinstance(item, Secret):
            return Secret(value(item.value))
        if isinstance(item, dict):
            return {key: value(inner) for key, inner in cast("dict[str, Any]", item).items()}
        if isinstance(item, list):
            return [value(inner) for inner in cast("list[Any]", item)]
        return item

    def registration(item: Registration) -> Registration:
        options = item.options
        if options.aliases or options.deleted_with or options.replace_with:
            options = replace(
                options,
                aliases=tuple(map(urn, options.aliases)),
                deleted_with=urn(options.deleted_with) if options.deleted_with else None,
                replace_with=tuple(map(urn, options.replace_with)),
            )
        new = urn(item.urn)
        return replace(
            item,
            urn=new,
            name=new.rsplit("::", 1)[1] if root_name and item.type == "pulumi:pulumi:Stack" else item.name,
            inputs=value(item.inputs),
            outputs=value(item.outputs),
            parent=urn(item.parent) if item.parent else None,
            provider=urn(item.provider) if item.provider else None,
            dependencies=tuple(map(urn, item.dependencies)),
            property_dependencies={
                key: tuple(map(urn, deps)) for key, deps in item.property_dependencies.items()
            },
            options=options,
        )

    return replace(
        preview,
        stack=names.get(preview.stack, preview.stack),
        registrations=tuple(map(registration, preview.registrations)),
        stack_outputs=value(preview.stack_outputs),
        errors=tuple(replace(item, urn=urn(item.urn) if item.urn else None) for item in preview.errors),
        messages=tuple(replace(item, urn=urn(item.urn) if item.urn else None) for item in preview.messages),
    )


def rename(text: str, stacks: Mapping[str, str]) -> str:
    """`text` with the stack of every URN in it exchanged by {old: new}."""
    if _MARK not in text:
        return text
    first, *rest = text.split(_MARK)
    parts = [first]
    for part in rest:
        stack, separator, after = part.partition("::")
        parts.append(f"{stacks.get(stack, stack)}{separator}{after}")
    return _MARK.join(parts)


def stack_of(urn: str) -> str:
    """The stack in a URN."""
    return urn.removeprefix(_MARK).partition("::")[0]
