"""A small client that speaks to the sandbox as the engine does."""

from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from billing_identity.sandbox.wire import decode, encode


class Refused(Exception):  # noqa: N818
    """The provider answered with an error."""


class Client:
    """One configured provider instance: one connection."""

    def __init__(self, port: int, config: dict[str, Any]) -> None:
        options = [("grpc.use_local_subchannel_pool", 1)]
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=options)
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)
        self.call("Handshake", pb.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
        self.call("Configure", pb.ConfigureRequest(args=encode(config), acceptSecrets=True))

    def call(self, method: str, request: Any) -> Any:
        try:
            return getattr(self.stub, method)(request)
        except grpc.RpcError as error:
            raise Refused(error.details()) from None  # type: ignore[attr-defined]

    @staticmethod
    def urn(kind: str, name: str) -> str:
        return f"urn:pulumi:dev::test::{kind}::{name}"

    def check(self, kind: str, news: dict[str, Any], olds: dict[str, Any] | None = None, name: str = "thing"):
        request = pb.CheckRequest(
            urn=self.urn(kind, name), olds=encode(olds or {}), news=encode(news), name=name, type=kind
        )
        response = self.call("Check", request)
        return decode(response.inputs), [(f.property, f.reason) for f in response.failures]

    def checked(self, kind: str, news: dict[str, Any], name: str = "thing") -> dict[str, Any]:
        inputs, failures = self.check(kind, news, name=name)
        assert failures == []
        return inputs

    def diff(self, kind: str, olds: dict[str, Any], news: dict[str, Any]) -> Any:
        return self.call(
            "Diff",
            pb.DiffRequest(id="x", urn=self.urn(kind, "thing"), old_inputs=encode(olds), news=encode(news)),
        )

    def preview(self, kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
        request = pb.CreateRequest(urn=self.urn(kind, "thing"), properties=encode(inputs), preview=True)
        return decode(self.call("Create", request).properties)

    def create(self, kind: str, _name: str = "thing", /, **inputs: Any) -> dict[str, Any]:
        """Check and create; the outputs, among them `id`."""
        request = pb.CreateRequest(
            urn=self.urn(kind, _name), properties=encode(self.checked(kind, inputs, _name)), preview=False
        )
        response = self.call("Create", request)
        outputs = decode(response.properties)
        assert outputs["id"] == response.id
        return outputs

    def update(self, kind: str, olds: dict[str, Any], **news: Any) -> dict[str, Any]:
        request = pb.UpdateRequest(
            id=olds["id"],
            urn=self.urn(kind, "thing"),
            olds=encode(olds),
            news=encode(self.checked(kind, news)),
        )
        return decode(self.call("Update", request).properties)

    def read(self, kind: str, identifier: str, olds: dict[str, Any], inputs: dict[str, Any]):
        """(outputs, inputs), or None when the object is gone."""
        request = pb.ReadRequest(
            id=identifier, urn=self.urn(kind, "thing"), properties=encode(olds), inputs=encode(inputs)
        )
        response = self.call("Read", request)
        return (decode(response.properties), decode(response.inputs)) if response.id else None

    def delete(self, kind: str, outputs: dict[str, Any]) -> None:
        self.call(
            "Delete",
            pb.DeleteRequest(id=outputs["id"], urn=self.urn(kind, "thing"), properties=encode(outputs)),
        )

    def invoke(self, token: str, **arguments: Any) -> dict[str, Any]:
        response = self.call("Invoke", pb.InvokeRequest(tok=token, args=encode(arguments)))
        return decode(getattr(response, "return"))
