"""The other end of Pulumi's resource protocol: records what a program registers and answers it.

`Monitor` has the methods that the SDK calls on its monitor, so it goes into the SDK's settings as it is: no
gRPC, no port, no thread. What the engine decides about a registration (URN, inheritance from the parent,
provider, aliases, timeouts) is decided here in the same way, so that what is recorded equals the engine's
state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import resource_pb2

from billing_identity.review.preview import goal, outside, wire
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
    Value,
    reveal,
)
from billing_identity.review.preview.reply import Failed, Found, Read, Registered

Invokes = Mapping[str, Callable[[dict[str, Any]], Mapping[str, Any]]]
"""Declared answers: by the token of a data source or resource type, a function of its arguments."""

_FEATURES = (
    "SECRETS",
    "RESOURCE_REFERENCES",
    "OUTPUT_VALUES",
    "ALIAS_SPECS",
    "REPLACEMENT_TRIGGER",
    "DELETED_WITH",
    "REPLACE_WITH",
    "INVOKE_DEPENDS_ON",
)
_pb: Any = resource_pb2


@dataclass(slots=True)
class _Goal:
    """What a child inherits."""

    protect: bool | None
    retain_on_delete: bool | None
    deleted_with: str | None
    provider: str | None
    providers: Mapping[str, str]
    parent: str | None


class Monitor:
    """Records one run of one program.

    `unknown` leaves ids and computed outputs unknown, as the first preview of a new stack does.
    """

    def __init__(
        self,
        *,
        project: str,
        stack: str,
        config: Mapping[str, str],
        secret_keys: frozenset[str],
        unknown: bool,
        invokes: Invokes,
        references: outside.References,
        locate: Callable[[Any], str | None],
    ) -> None:
        self.registrations: dict[str, Registration] = {}
        self.stack_outputs: dict[str, Any] = {}
        self.errors: list[PreviewError] = []
        self._prefix = f"urn:pulumi:{stack}::{project}::"
        self._project, self._stack = project, stack
        self._config = config
        self._secret_keys = secret_keys
        self._unknown = unknown
        self._invokes = invokes
        self._references = references
        self._locate = locate
        self._goals: dict[str, _Goal] = {}
        self._answers = Answers(config)
        self._defaults: dict[tuple[str, str], str] = {}

    # --- registrations ---

    def RegisterResource(self, request: Proto) -> Registered:  # noqa: N802 - the protocol's name
        """Records a registration and answers with URN, id and outputs."""
        type_, name, custom = request.type, request.name, request.custom
        parent = request.parent or None
        urn = self._urn(parent, type_, name)
        where = self._locate(request)
        if request.remote:
            return self._refuse(
                "unsupported",
                f"{type_} {name!r} is a component of another process, which cannot run offline",
                where,
                urn,
            )
        earlier = self.registrations.get(urn)
        if earlier is not None:
            first = f", first used at {earlier.source}" if earlier.source else ""
            return self._refuse(
                "duplicate-urn",
                f"two resources are both {type_} {name!r} under the same parent{first}; rename one ({urn})",
                where,
                urn,
            )
        inputs, back = wire.decode(request.object.fields)
        options = self._options(request, parent, type_, name)
        provider: str | None = None
        if custom:
            if type_.startswith(PROVIDER_PREFIX):
                version = request.version
                if version:
                    inputs["__internal"] = {}
                    inputs["version"] = version
            else:
                provider = self._provider(request.provider, request.providers, parent, type_, request.version)
                if provider is None:
                    return self._refuse(
                        "default-provider",
                        f"{type_} {name!r} names no provider, and pulumi:disable-default-providers forbids"
                        " the default one; pass opts=ResourceOptions(provider=...)",
                        where,
                        urn,
                    )
        elif type_ == STACK_TYPE:
            parent = None
        dependencies, by_property = goal.dependencies(request, inputs)
        identity, outputs, computed = self._answer(urn, type_, name, custom, inputs, provider, options)
        self._record(
            Registration(
                urn, type_, name, custom, identity, inputs, outputs, parent, provider,
                dependencies, by_property, options, where,
            ),
            _Goal(
                options.protect, options.retain_on_delete, options.deleted_with,
                provider, dict(request.providers), parent,
            ),
        )  # fmt: skip
        if not custom:
            back = {}
        else:
            for key, value in computed.items():
                if value != UNKNOWN:
                    back[key] = wire.for_sdk(value)
            for key in options.additional_secret_outputs:
                if key in back:
                    back[key] = wire.for_sdk(outputs[key])
        return Registered(urn, identity or "", back, final=not self._unknown)

    def RegisterResourceOutputs(self, request: Proto) -> Value:  # noqa: N802
        """Completes a component or the stack."""
        outputs = wire.decode_struct(request.outputs)
        registration = self.registrations.get(request.urn)
        if registration is not None:
            registration.outputs.clear()
            registration.outputs.update(outputs)
            if registration.type == STACK_TYPE:
                self.stack_outputs = outputs
        return empty_pb2.Empty()

    def ReadResource(self, request: Proto) -> Read:  # noqa: N802
        """Answers `StackReference` from the references given, `Resource.get` from the declared answers."""
        type_, name, identity = request.type, request.name, request.id
        parent = request.parent or None
        urn = self._urn(parent, type_, name)
        where = self._locate(request)
        inputs, back = wire.decode(request.properties.fields)
        found: Mapping[str, Any] | None
        if type_ == "pulumi:pulumi:StackReference":
            found = outside.referenced(self._references, identity)
            remedy = f"give the outputs of stack {identity!r} with `references`"
        else:
            declared = self._invokes.get(type_)
            found = None if declared is None else declared({"id": identity, **reveal(inputs)})
            remedy = (
                f"declare an answer for {type_!r} with `invokes`, or name the object by id in the settings"
            )
        if found is None and not self._unknown:
            message = f"{type_} {name!r} reads live state, which an offline preview has not; {remedy}"
            self._fault("undeclared-read", message, where, urn)
            return Read(urn, identity, {}, ok=False, final=False)
        provider = self._provider(request.provider, {}, parent, type_, request.version)
        outputs = {**inputs, **(found or {})}
        options = Options(external=True, additional_secret_outputs=tuple(request.additionalSecretOutputs))
        for key in options.additional_secret_outputs:
            if key in outputs and not isinstance(outputs[key], Secret):
                outputs[key] = Secret(outputs[key])
        self._record(
            Registration(
                urn, type_, name, True, identity, inputs, outputs, parent, provider,
                tuple(sorted(request.dependencies)), {}, options, where,
            ),
            _Goal(None, None, None, provider, {}, parent),
        )  # fmt: skip
        back.update({key: wire.for_sdk(value) for key, value in outputs.items()})
        return Read(urn, identity, back, ok=True, final=found is not None and not self._unknown)

    # --- everything else of the protocol ---

    def Invoke(self, request: Proto) -> Found | Failed:  # noqa: N802
        """Answers a data source from the declared answers; one that is not declared is an error."""
        token = request.tok
        if self._unknown and request.dependsOn:
            return Found({}, unknown=True)
        arguments = reveal(wire.decode_struct(request.args))
        if token == "pulumi:pulumi:getResource":  # noqa: S105 - a data source's token
            registration = self.registrations.get(arguments.get("urn", ""))
            if registration is not None:
                state = wire.for_sdk(registration.outputs)
                return Found({"urn": registration.urn, "id": registration.id, "state": state})
        declared = self._invokes.get(token)
        if declared is None:
            message = f"data source {token} would ask a live service; declare its answer with `invokes`"
            self._fault("undeclared-read", message, None, None)
            return Failed(message)
        return Found(wire.for_sdk(dict(declared(arguments))))

    def Call(self, request: Proto) -> Failed:  # noqa: N802
        """A provider's method cannot run offline."""
        message = f"method {request.tok} would call a provider, which cannot run offline"
        self._fault("unsupported", message, None, None)
        return Failed(message)

    def SupportsFeature(self, request: Proto) -> Value:  # noqa: N802
        """Asked only by SDKs that do not know GetDeploymentInfo."""
        known = {name.replace("_", "").lower() for name in _FEATURES}
        return _pb.SupportsFeatureResponse(hasSupport=request.id.lower() in known)

    def GetDeploymentInfo(self, request: Proto) -> Value:  # noqa: N802
        """The features that this monitor has: those of the engine without callbacks into the program."""
        return _pb.DeploymentInfo(
            project=self._project,
            stack=self._stack,
            dryRun=True,
            supportedFeatures=[
                value
                for name in _FEATURES
                if (value := getattr(_pb, f"RESOURCE_MONITOR_FEATURE_{name}", None)) is not None
            ],
        )

    def SignalAndWaitForShutdown(self, request: Proto) -> Value:  # noqa: N802
        """Nothing of ours is still at work."""
        return empty_pb2.Empty()

    # --- parts ---

    def _urn(self, parent: str | None, type_: str, name: str) -> str:
        qualified = parent.split("::", 3)[2] if parent else ""
        within = f"{qualified}$" if qualified and qualified != STACK_TYPE else ""
        return f"{self._prefix}{within}{type_}::{name}"

    def _record(self, registration: Registration, inherited: _Goal) -> None:
        self.registrations[registration.urn] = registration
        self._goals[registration.urn] = inherited

    def _fault(self, kind: str, message: str, where: str | None, urn: str | None) -> None:
        self.errors.append(PreviewError(kind, message, where, urn))

    def _refuse(self, kind: str, message: str, where: str | None, urn: str) -> Registered:
        self._fault(kind, message, where, urn)
        return Registered(urn, "", {}, final=False, ok=False)

    def _options(self, request: Proto, parent: str | None, type_: str, name: str) -> Options:
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

    def _provider(
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
        urn = self._urn(None, type_, outside.default_name(version))
        name = urn.rsplit("::", 1)[1]
        inputs = outside.default_inputs(self._config, self._secret_keys, package, version)
        options = Options(version=version or None)
        identity, outputs, _ = self._answer(urn, type_, name, True, inputs, None, options)
        self._record(
            Registration(urn, type_, name, True, identity, inputs, outputs, None, None, (), {}, options),
            _Goal(None, None, None, None, {}, None),
        )
        reference = f"{urn}::{identity or UNKNOWN}"
        self._defaults[package, version] = reference
        return reference

    def _answer(
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
            urn, type_, name, inputs, provider, options.import_id, known=not self._unknown
        )
        outputs = {**inputs, **computed}
        for key in options.additional_secret_outputs:
            if key in outputs and not isinstance(outputs[key], Secret):
                outputs[key] = Secret(outputs[key])
                if key in computed:
                    computed[key] = outputs[key]
        return identity, outputs, computed
