"""Pulumi's provider protocol for one package: every call of the engine arrives here."""

import logging
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

import grpc
from google.protobuf import empty_pb2, struct_pb2
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

    def Handshake(  # noqa: N802
        self, request: provider_pb2.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ProviderHandshakeResponse:
        """Tell the engine what the provider understands."""
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=True,
            accept_resources=True,
            accept_outputs=True,
            supports_autonaming_configuration=True,
        )

    def Attach(  # noqa: N802
        self, request: plugin_pb2.PluginAttach, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """The engine attaches to a provider that runs already."""
        return empty_pb2.Empty()

    def Cancel(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """Nothing takes long enough to be cancelled."""
        return empty_pb2.Empty()

    def GetPluginInfo(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        """The version of the real provider that this one stands in for."""
        return plugin_pb2.PluginInfo(version=versions()[self._package])

    def GetSchema(  # noqa: N802
        self, request: provider_pb2.GetSchemaRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetSchemaResponse:
        """Name and version only: programs bring their own SDK."""
        version = versions()[self._package]
        return provider_pb2.GetSchemaResponse(schema=f'{{"name":"{self._package}","version":"{version}"}}')

    def GetMapping(  # noqa: N802
        self, request: provider_pb2.GetMappingRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetMappingResponse:
        """There is no mapping to another tool."""
        return provider_pb2.GetMappingResponse()

    @_answering
    def CheckConfig(  # noqa: N802
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """Say what is wrong with the provider arguments."""
        news = decode(request.news)
        failures: list[provider_pb2.CheckFailure] = []
        if not has_unknown(news):
            try:
                configure(self._package, news)
            except ConfigurationError as error:
                failures.append(provider_pb2.CheckFailure(reason=str(error)))
        return provider_pb2.CheckResponse(inputs=encode(news), failures=failures)

    @_answering
    def DiffConfig(  # noqa: N802
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """A changed argument updates the provider instance; it never replaces what the instance holds."""
        olds, news = decode(request.old_inputs or request.olds), decode(request.news)
        changed = sorted(k for k in olds.keys() | news.keys() if olds.get(k) != news.get(k))
        kind = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=kind, diffs=changed)

    @_answering
    def Configure(  # noqa: N802
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        """Remember which account this connection speaks for."""
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
            # The engine's gRPC library reopens an idle connection from another port without configuring it
            # again.
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
    def Check(  # noqa: N802
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """Validate arguments, fill in defaults and generated names."""
        schema = self._type(request)
        seed = bytes(request.randomSeed)
        name = request.name or request.urn.rsplit("::", 1)[-1]
        checks = tuple(registry.validators[schema.token])
        olds, news = decode(request.olds), decode(request.news)
        inputs, faults = check(schema, name, olds, news, seed, checks, _proposal(request))
        return provider_pb2.CheckResponse(
            inputs=encode(inputs),
            failures=[provider_pb2.CheckFailure(property=f.property, reason=f.reason) for f in faults],
        )

    @_answering
    def Diff(  # noqa: N802
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """Compare inputs; say what changes and what replaces."""
        schema = self._type(request)
        olds = decode(request.old_inputs)
        if not olds:
            olds = {k: v for k, v in decode(request.olds).items() if k in schema.inputs}
        found = diff(schema, olds, decode(request.news), frozenset(request.ignoreChanges))
        return _diff_response(found)

    @_answering
    def Create(  # noqa: N802
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        """Make an object, or say what it would look like."""
        schema, inputs = self._type(request), decode(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=encode(lifecycle.preview(schema, inputs, None)))
        instance = self._instance(context)
        identifier, outputs = lifecycle.create(self._store, instance, schema, request.urn, inputs)
        return provider_pb2.CreateResponse(id=identifier, properties=encode(outputs))

    @_answering
    def Read(  # noqa: N802
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        """The live object, for a refresh or an import; an empty answer when it is gone."""
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
    def Update(  # noqa: N802
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        """Change an object, or say what it would look like."""
        schema, olds, news = self._type(request), decode(request.olds), decode(request.news)
        if request.preview:
            return provider_pb2.UpdateResponse(properties=encode(lifecycle.preview(schema, news, olds)))
        instance = self._instance(context)
        outputs = lifecycle.update(self._store, instance, schema, request.urn, request.id, olds, news)
        return provider_pb2.UpdateResponse(properties=encode(outputs))

    @_answering
    def Delete(  # noqa: N802
        self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """Take an object away."""
        schema = self._type(request)
        lifecycle.delete(self._store, self._instance(context), schema, request.id, decode(request.properties))
        return empty_pb2.Empty()

    @_answering
    def Invoke(  # noqa: N802
        self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.InvokeResponse:
        """Answer a data source."""
        arguments: Properties = unwrap(decode(request.args))
        answer = invoke(self._store, self._instance(context), request.tok, arguments)
        response = provider_pb2.InvokeResponse()
        # The field is called "return", which is no name in Python.
        cast("struct_pb2.Struct", getattr(response, "return")).CopyFrom(encode(answer))
        return response


def _proposal(request: provider_pb2.CheckRequest) -> str | None:
    """The name that the project's autonaming settings ask for, "" where they forbid generated names."""
    if not request.HasField("autonaming"):
        return None
    if request.autonaming.mode == provider_pb2.CheckRequest.AutonamingOptions.Mode.DISABLE:
        return ""
    return request.autonaming.proposed_name


def _token(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


def _diff_response(found: Diff) -> provider_pb2.DiffResponse:
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
