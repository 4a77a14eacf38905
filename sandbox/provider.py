"""Pulumi's provider protocol for one package: every call of the engine arrives here."""

import logging
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from billing_identity.sandbox import lifecycle
from billing_identity.sandbox.check import check
from billing_identity.sandbox.diff import Diff, diff
from billing_identity.sandbox.instance import ConfigurationError, Instance, configure
from billing_identity.sandbox.invoke import invoke
from billing_identity.sandbox.schema.load import ResourceType, resource_type, versions
from billing_identity.sandbox.services import registry
from billing_identity.sandbox.services.aws.callers import register_caller
from billing_identity.sandbox.services.okta.organization import set_up
from billing_identity.sandbox.services.registry import ServiceError
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties, Value, decode, encode, has_unknown, unwrap

log: Final = logging.getLogger(__name__)
_KINDS: Final = {
    ("add", False): provider_pb2.PropertyDiff.ADD,
    ("add", True): provider_pb2.PropertyDiff.ADD_REPLACE,
    ("delete", False): provider_pb2.PropertyDiff.DELETE,
    ("delete", True): provider_pb2.PropertyDiff.DELETE_REPLACE,
    ("update", False): provider_pb2.PropertyDiff.UPDATE,
    ("update", True): provider_pb2.PropertyDiff.UPDATE_REPLACE,
}
F = TypeVar("F", bound=Callable[..., Any])


def _answering(method: F) -> F:
    """A refusal becomes a gRPC status that the engine prints; a fault of ours is logged and says so."""

    @wraps(method)
    def guarded(self: "Provider", request: Value, context: grpc.ServicerContext) -> Value:
        try:
            return method(self, request, context)
        except ServiceError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        except ConfigurationError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        except LookupError as error:
            context.abort(grpc.StatusCode.NOT_FOUND, str(error.args[0]) if error.args else repr(error))
        except Exception as error:
            log.exception("sandbox: %s failed", method.__name__)
            context.abort(grpc.StatusCode.INTERNAL, f"a fault of the sandbox itself: {error!r}")

    return cast("F", guarded)


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """The provider of `package` (okta, azuread or aws).

    Each provider instance of a program opens its own connection; the instance is found by the peer's address.
    """

    def __init__(self, package: str, store: Store) -> None:
        self._package: Final = package
        self._store: Final = store
        self._instances: dict[str, Instance] = {}
        self._lock = threading.Lock()

    # --- the plugin and its configuration

    def Handshake(self, request: Value, context: Value) -> Value:  # noqa: N802
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=True,
            accept_resources=True,
            accept_outputs=True,
            supports_autonaming_configuration=True,
        )

    def Attach(self, request: Value, context: Value) -> Value:  # noqa: N802
        return empty_pb2.Empty()

    def Cancel(self, request: Value, context: Value) -> Value:  # noqa: N802
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Value, context: Value) -> Value:  # noqa: N802
        return plugin_pb2.PluginInfo(version=versions()[self._package])

    def GetSchema(self, request: Value, context: Value) -> Value:  # noqa: N802
        version = versions()[self._package]
        return provider_pb2.GetSchemaResponse(schema=f'{{"name":"{self._package}","version":"{version}"}}')

    def GetMapping(self, request: Value, context: Value) -> Value:  # noqa: N802
        return provider_pb2.GetMappingResponse()

    @_answering
    def CheckConfig(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        news = decode(request.news)
        failures: list[provider_pb2.CheckFailure] = []
        if not has_unknown(news):
            try:
                configure(self._package, news)
            except ConfigurationError as error:
                failures.append(provider_pb2.CheckFailure(reason=str(error)))
        return provider_pb2.CheckResponse(inputs=encode(news), failures=failures)

    @_answering
    def DiffConfig(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        olds, news = unwrap(decode(request.old_inputs or request.olds)), unwrap(decode(request.news))
        changed = sorted(
            k for k in olds.keys() | news.keys() if olds.get(k) != news.get(k) and k != "version"
        )
        if not changed:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
        replaces: list[str] = []
        if not has_unknown(news) and not has_unknown(olds):
            try:
                if configure(self._package, olds).account != configure(self._package, news).account:
                    replaces = changed
            except ConfigurationError:
                replaces = []
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME, diffs=changed, replaces=replaces
        )

    @_answering
    def Configure(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        arguments = decode(request.args)
        if not arguments:
            arguments = {key.rsplit(":", 1)[-1]: value for key, value in request.variables.items()}
        instance = configure(self._package, arguments)
        self._store.add_account(self._package, instance.account)
        register_caller(self._store, instance)
        if self._package == "okta":
            set_up(self._store, instance.account)
        with self._lock:
            self._instances[str(context.peer())] = instance
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True,
            supportsPreview=True,
            acceptResources=True,
            acceptOutputs=True,
            supports_autonaming_configuration=True,
        )

    def _instance(self, context: grpc.ServicerContext) -> Instance:
        with self._lock:
            found = self._instances.get(str(context.peer()))
            if found is not None:
                return found
            # The engine's gRPC library reopens an idle connection from another port without configuring it again.
            distinct = {i.account: i for i in self._instances.values()}
        if len(distinct) == 1:
            return next(iter(distinct.values()))
        raise ConfigurationError(
            f"this connection of the {self._package} provider is not configured"
            + ("; it may have been idle too long: run the command again" if distinct else "")
        )

    def _type(self, request: Value) -> ResourceType:
        token = request.type or _token(request.urn)
        schema = resource_type(token)
        if schema is None:
            raise LookupError(
                f"unrecognized resource type ({self._package} {versions()[self._package]}): {token}"
            )
        return schema

    # --- resources

    @_answering
    def Check(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        schema = self._type(request)
        seed = bytes(request.randomSeed)
        name = request.name or request.urn.rsplit("::", 1)[-1]
        checks = tuple(registry.validators[schema.token])
        inputs, faults = check(schema, name, decode(request.olds), decode(request.news), seed, checks)
        return provider_pb2.CheckResponse(
            inputs=encode(inputs),
            failures=[provider_pb2.CheckFailure(property=f.property, reason=f.reason) for f in faults],
        )

    @_answering
    def Diff(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        schema = self._type(request)
        olds = decode(request.old_inputs)
        if not olds:
            olds = {k: v for k, v in decode(request.olds).items() if k in schema.inputs}
        found = diff(schema, olds, decode(request.news), frozenset(request.ignoreChanges))
        return _diff_response(found)

    @_answering
    def Create(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        schema, inputs = self._type(request), decode(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=encode(lifecycle.preview(schema, inputs, None)))
        instance = self._instance(context)
        identifier, outputs = lifecycle.create(self._store, instance, schema, request.urn, inputs)
        return provider_pb2.CreateResponse(id=identifier, properties=encode(outputs))

    @_answering
    def Read(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        schema = self._type(request)
        olds, inputs = decode(request.properties), decode(request.inputs)
        found = lifecycle.read(self._store, self._instance(context), schema, request.id, olds, inputs)
        if found is None:
            return provider_pb2.ReadResponse()
        outputs, fresh = found
        return provider_pb2.ReadResponse(
            id=str(unwrap(outputs.get("id", request.id))), properties=encode(outputs), inputs=encode(fresh)
        )

    @_answering
    def Update(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        schema, olds, news = self._type(request), decode(request.olds), decode(request.news)
        if request.preview:
            return provider_pb2.UpdateResponse(properties=encode(lifecycle.preview(schema, news, olds)))
        instance = self._instance(context)
        outputs = lifecycle.update(self._store, instance, schema, request.urn, request.id, olds, news)
        return provider_pb2.UpdateResponse(properties=encode(outputs))

    @_answering
    def Delete(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        schema = self._type(request)
        lifecycle.delete(self._store, self._instance(context), schema, request.id, decode(request.properties))
        return empty_pb2.Empty()

    @_answering
    def Invoke(self, request: Value, context: grpc.ServicerContext) -> Value:  # noqa: N802
        arguments: Properties = unwrap(decode(request.args))
        answer = invoke(self._store, self._instance(context), request.tok, arguments)
        return provider_pb2.InvokeResponse(**{"return": encode(answer)})


def _token(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


def _diff_response(found: Diff) -> Value:
    response = provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if found.changed else provider_pb2.DiffResponse.DIFF_NONE,
        replaces=sorted(found.replaces),
        diffs=sorted(found.changed),
        deleteBeforeReplace=found.delete_first,
        hasDetailedDiff=True,
    )
    for path, change in found.details.items():
        response.detailedDiff[path].kind = _KINDS[change]
        response.detailedDiff[path].inputDiff = True
    return response
