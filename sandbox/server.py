"""The sandbox as one local process: a gRPC server for each of the three packages, over one state folder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from billing_identity.sandbox import services
from billing_identity.sandbox.provider import Provider
from billing_identity.sandbox.store import Store

PACKAGES: Final = ("okta", "azuread", "aws")
_THREADS: Final = 16
_MESSAGE_LIMIT: Final = 400 * 1024 * 1024  # bytes; the engine's own limit


class Sandbox:
    """Stand-in for Okta, Entra and AWS with its state below `state_dir` (created if missing).

    Use as a context manager, or `start()` and `stop()`. It listens on the loopback address only.
    """

    def __init__(self, state_dir: Path) -> None:
        services.load()
        self.store: Final = Store(state_dir)
        self._servers: list[grpc.Server] = []
        self.ports: dict[str, int] = {}

    def start(self) -> dict[str, int]:
        """Listen on free ports; returns {package: port}."""
        options = [
            ("grpc.max_receive_message_length", _MESSAGE_LIMIT),
            ("grpc.max_send_message_length", _MESSAGE_LIMIT),
            ("grpc.so_reuseport", 0),
        ]
        for package in PACKAGES:
            server = grpc.server(ThreadPoolExecutor(_THREADS, f"sandbox-{package}"), options=options)
            provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(package, self.store), server)
            self.ports[package] = server.add_insecure_port("127.0.0.1:0")
            server.start()
            self._servers.append(server)
        return dict(self.ports)

    def environment(self) -> dict[str, str]:
        """What the engine's environment needs so that it uses this sandbox and reaches for no plugin of its
        own.
        """
        providers = ",".join(f"{package}:{port}" for package, port in self.ports.items())
        return {
            "PULUMI_DEBUG_PROVIDERS": providers,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        }

    def stop(self) -> None:
        """Finish what runs (5 seconds at most) and close the state."""
        waits = [server.stop(5) for server in self._servers]
        for wait in waits:
            wait.wait()
        self._servers.clear()
        self.store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
