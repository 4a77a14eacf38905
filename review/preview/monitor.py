"""The other end of Pulumi's resource protocol: records what a program registers and answers it.

`Monitor` has the methods that the SDK calls on its monitor, so it goes into the SDK's settings as it is: no
gRPC, no port, no thread. What the engine decides about a registration (URN, inheritance from the parent,
provider, aliases, timeouts) is decided here in the same way, so that what is recorded equals the engine's
state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import resource_pb2

from billing_identity.review.preview import goal, outside, wire
from billing_identity.review.preview.faults import Unsupported
from billing_identity.review.preview.record import (
    PROVIDER_PREFIX,
    STACK_TYPE,
    UNKNOWN,
    Options,
    Proto,
    Registration,
    Secret,
    Value,
    reveal,
)
from billing_identity.review.preview.recorder import Goal, Recorder
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


class Monitor:
    """Answers one run of one program, and records it in `recorder`.

    `invokes` and `references` declare what live services and other stacks would answer; `locate` names the
    place in the program that made a request.
    """

    def __init__(
        self,
        *,
        recorder: Recorder,
        invokes: Invokes,
        references: outside.References,
        locate: Callable[[Any], str | None],
    ) -> None:
        self._recorder = recorder
        self._invokes = invokes
        self._references = references
        self._locate = locate

    # --- registrations ---

    def RegisterResource(self, request: Proto) -> Registered:  # noqa: N802 - the protocol's name
        """Records a registration and answers with URN, id and outputs."""
        type_, name, custom = request.type, request.name, request.custom
        parent = request.parent or None
        urn = self._recorder.urn(parent, type_, name)
        where = self._locate(request)
        if request.remote:
            return self._refuse(
                "unsupported",
                f"{type_} {name!r} is a component of another process, which cannot run offline",
                where,
                urn,
            )
        earlier = self._recorder.registrations.get(urn)
        if earlier is not None:
            first = f", first used at {earlier.source}" if earlier.source else ""
            return self._refuse(
                "duplicate-urn",
                f"two resources are both {type_} {name!r} under the same parent{first}; rename one ({urn})",
                where,
                urn,
            )
        inputs, back = wire.decode(request.object.fields)
        options = self._recorder.options(request, parent, type_, name)
        provider: str | None = None
        if custom:
            if type_.startswith(PROVIDER_PREFIX):
                version = request.version
                if version:
                    inputs["__internal"] = {}
                    inputs["version"] = version
            else:
                provider = self._recorder.provider(
                    request.provider, request.providers, parent, type_, request.version
                )
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
        identity, outputs, computed = self._recorder.answer(
            urn, type_, name, custom, inputs, provider, options
        )
        self._recorder.record(
            Registration(
                urn, type_, name, custom, identity, inputs, outputs, parent, provider,
                dependencies, by_property, options, where,
            ),
            Goal(
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
        return Registered(urn, identity or "", back, final=not self._recorder.unknown)

    def RegisterResourceOutputs(self, request: Proto) -> Value:  # noqa: N802
        """Completes a component or the stack."""
        outputs = wire.decode_struct(request.outputs)
        registration = self._recorder.registrations.get(request.urn)
        if registration is not None:
            registration.outputs.clear()
            registration.outputs.update(outputs)
            if registration.type == STACK_TYPE:
                self._recorder.stack_outputs = outputs
        return empty_pb2.Empty()

    def ReadResource(self, request: Proto) -> Read:  # noqa: N802
        """Answers `StackReference` from the references given, `Resource.get` from the declared answers."""
        type_, name, identity = request.type, request.name, request.id
        parent = request.parent or None
        urn = self._recorder.urn(parent, type_, name)
        where = self._locate(request)
        inputs, back = wire.decode(request.properties.fields)
        found: Mapping[str, Any] | None
        reference = type_ == "pulumi:pulumi:StackReference"
        if reference:
            found = outside.referenced(self._references, identity)
            remedy = f"give the outputs of stack {identity!r} with `references`"
        else:
            declared = self._invokes.get(type_)
            found = None if declared is None else declared({"id": identity, **reveal(inputs)})
            remedy = (
                f"declare an answer for {type_!r} with `invokes`, or name the object by id in the settings"
            )
        if found is None and not (reference and self._recorder.unknown):
            message = f"{type_} {name!r} reads live state, which an offline preview has not; {remedy}"
            self._recorder.fault("undeclared-read", message, where, urn)
            return Read(urn, identity, {}, ok=False, final=False)
        provider = self._recorder.provider(request.provider, {}, parent, type_, request.version)
        outputs = {**inputs, **(found or {})}
        options = Options(external=True, additional_secret_outputs=tuple(request.additionalSecretOutputs))
        for key in options.additional_secret_outputs:
            if key in outputs and not isinstance(outputs[key], Secret):
                outputs[key] = Secret(outputs[key])
        self._recorder.record(
            Registration(
                urn, type_, name, True, identity, inputs, outputs, parent, provider,
                tuple(sorted(request.dependencies)), {}, options, where,
            ),
            Goal(None, None, None, provider, {}, parent),
        )  # fmt: skip
        back.update({key: wire.for_sdk(value) for key, value in outputs.items()})
        return Read(urn, identity, back, ok=True, final=found is not None and not self._recorder.unknown)

    # --- everything else of the protocol ---

    def Invoke(self, request: Proto) -> Found | Failed:  # noqa: N802
        """Answers a data source from the declared answers; one that is not declared is an error."""
        token = request.tok
        if self._recorder.unknown and request.dependsOn:
            return Found({}, unknown=True)
        arguments = reveal(wire.decode_struct(request.args))
        if token == "pulumi:pulumi:getResource":  # noqa: S105 - a data source's token
            registration = self._recorder.registrations.get(arguments.get("urn", ""))
            if registration is not None:
                state = wire.for_sdk(registration.outputs)
                return Found({"urn": registration.urn, "id": registration.id, "state": state})
        declared = self._invokes.get(token)
        if declared is None:
            message = f"data source {token} would ask a live service; declare its answer with `invokes`"
            self._recorder.fault("undeclared-read", message, None, None)
            return Failed(message)
        return Found(wire.for_sdk(dict(declared(arguments))))

    def ExistsResource(self, request: Proto) -> Value:  # noqa: N802
        """Whether an object is there only its service knows."""
        message = f"only the service knows whether {request.type} {request.id!r} exists"
        raise Unsupported(message)

    def Call(self, request: Proto) -> Failed:  # noqa: N802
        """A provider's method cannot run offline."""
        message = f"method {request.tok} would call a provider, which cannot run offline"
        self._recorder.fault("unsupported", message, None, None)
        return Failed(message)

    def SupportsFeature(self, request: Proto) -> Value:  # noqa: N802
        """Asked only by SDKs that do not know GetDeploymentInfo."""
        known = {name.replace("_", "").lower() for name in _FEATURES}
        return _pb.SupportsFeatureResponse(hasSupport=request.id.lower() in known)

    def GetDeploymentInfo(self, request: Proto) -> Value:  # noqa: N802
        """The features that this monitor has: those of the engine without callbacks into the program."""
        return _pb.DeploymentInfo(
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

    def _refuse(self, kind: str, message: str, where: str | None, urn: str) -> Registered:
        self._recorder.fault(kind, message, where, urn)
        return Registered(urn, "", {}, final=False, ok=False)
