"""Keeps what a run registered, and decides about a registration what the engine would decide: its URN, what
it inherits from its parent, its provider, its former names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from billing_identity.review.preview import goal, outside
from billing_identity.review.preview.answers import Answers
from billing_identity.review.preview.record import (
    PROVIDER_PREFIX,
    STACK_TYPE,
    UNKNOWN,
    Options,
    PreviewError,
    Proto,
    Registration,
    Secret,
)


@dataclass(slots=True)
class Goal:
    """What a resource hands down to its children."""

    protect: bool | None
    retain_on_delete: bool | None
    deleted_with: str | None
    provider: str | None
    providers: Mapping[str, str]
    parent: str | None


class Recorder:
    """What one run of a program registered so far, its stack outputs and its faults."""

    def __init__(
        self,
        project: str,
        stack: str,
        config: Mapping[str, str],
        secret_keys: frozenset[str],
        *,
        unknown: bool,
    ) -> None:
        self.registrations: dict[str, Registration] = {}
        self.stack_outputs: dict[str, Any] = {}
        self.errors: list[PreviewError] = []
        self.unknown = unknown
        self._project, self._stack = project, stack
        self._prefix = f"urn:pulumi:{stack}::{project}::"
        self._config = config
        self._secret_keys = secret_keys
        self._goals: dict[str, Goal] = {}
        self._answers = Answers(config)
        self._defaults: dict[tuple[str, str], str] = {}

    def urn(self, parent: str | None, type_: str, name: str) -> str:
        """The URN as the engine forms it: the types of all parents but the stack, in a chain."""
        qualified = parent.split("::", 3)[2] if parent else ""
        within = f"{qualified}$" if qualified and qualified != STACK_TYPE else ""
        return f"{self._prefix}{within}{type_}::{name}"

    def record(self, registration: Registration, inherited: Goal) -> None:
        """Keeps a registration, and what its children inherit."""
        self.registrations[registration.urn] = registration
        self._goals[registration.urn] = inherited

    def fault(self, kind: str, message: str, where: str | None, urn: str | None) -> None:
        """Keeps an error; kinds as in `PreviewError`."""
        self.errors.append(PreviewError(kind, message, where, urn))

    def options(self, request: Proto, parent: str | None, type_: str, name: str) -> Options:
        """The options of a request after inheritance, with aliases as full URNs."""
        options = goal.options(request)
        above = self._goals.get(parent) if parent else None
        if above is not None and (
            above.protect is not None or above.retain_on_delete is not None or above.deleted_with is not None
        ):
            options = replace(
                options,
                protect=above.protect if options.protect is None else options.protect,
                retain_on_delete=above.retain_on_delete
                if options.retain_on_delete is None
                else options.retain_on_delete,
                deleted_with=options.deleted_with or above.deleted_with,
            )
        if request.aliases or request.aliasURNs:
            options = replace(
                options, aliases=goal.aliases(request, self._project, self._stack, parent, type_, name)
            )
        return options

    def provider(
        self, named: str, given: Mapping[str, str], parent: str | None, type_: str, version: str
    ) -> str | None:
        """The reference (URN::id) of the provider in charge; None where the default one is forbidden."""
        package = type_.partition(":")[0]
        if named:
            return named
        if package in given:
            return given[package]
        above = self._goals.get(parent) if parent else None
        if above is not None:
            if above.provider and f"::{PROVIDER_PREFIX}{package}::" in above.provider:
                return above.provider
            if package in above.providers:
                return above.providers[package]
        return self._default_provider(package, version)

    def _default_provider(self, package: str, version: str) -> str | None:
        known = self._defaults.get((package, version))
        if known is not None:
            return known
        if outside.forbidden(self._config, package):
            return None
        type_ = f"{PROVIDER_PREFIX}{package}"
        urn = self.urn(None, type_, outside.default_name(version))
        name = urn.rsplit("::", 1)[1]
        inputs = outside.default_inputs(self._config, self._secret_keys, package, version)
        options = Options(version=version or None)
        identity, outputs, _ = self.answer(urn, type_, name, True, inputs, None, options)
        self.record(
            Registration(urn, type_, name, True, identity, inputs, outputs, None, None, (), {}, options),
            Goal(None, None, None, None, {}, None),
        )
        reference = f"{urn}::{identity or UNKNOWN}"
        self._defaults[package, version] = reference
        return reference

    def answer(
        self,
        urn: str,
        type_: str,
        name: str,
        custom: bool,
        inputs: dict[str, Any],
        provider: str | None,
        options: Options,
    ) -> tuple[str | None, dict[str, Any], dict[str, Any]]:
        """(id, all outputs, those that are not simply the inputs)."""
        if not custom:
            return None, {}, {}
        identity, computed = self._answers.answer(
            urn, type_, name, inputs, provider, options.import_id, known=not self.unknown
        )
        outputs = {**inputs, **computed}
        for key in options.additional_secret_outputs:
            if key in outputs and not isinstance(outputs[key], Secret):
                outputs[key] = Secret(outputs[key])
                if key in computed:
                    computed[key] = outputs[key]
        return identity, outputs, computed
