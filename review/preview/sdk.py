"""The corners of Pulumi's SDK that the preview has to reach into, all in one file.

Everything else here uses the SDK's public surface or the monitor's protocol. What is private is named below,
and the tests of this folder fail if a new SDK moves it.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import gc
import os
import sys
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import pulumi.runtime
from pulumi.runtime import settings as sdk_settings

from billing_identity.review.preview.record import Value


class InlineLoop(asyncio.SelectorEventLoop):
    """An event loop whose default executor is the loop itself.

    The SDK hands each call of the monitor to a thread. Ours never blocks, so a thread would only cost time
    and make the order of registrations depend on scheduling.
    """

    def __init__(self) -> None:
        super().__init__()
        self._origins: dict[int, tuple[BaseException, TracebackType | None]] = {}
        self.set_exception_handler(_quiet)

    def create_task(self, coro: Value, **options: Value) -> asyncio.Task[Any]:
        """As ever, and notes where a fault of the task began: only its first awaiter would see that."""
        task: asyncio.Task[Any] = super().create_task(coro, **options)
        task.add_done_callback(self._note)
        return task

    def origin(self, fault: BaseException) -> BaseException:
        """`fault` with the traceback that it had in the task that raised it."""
        first = self._origins.get(id(fault))
        return fault if first is None else fault.with_traceback(first[1])

    def _note(self, task: asyncio.Task[Any]) -> None:
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            self._origins.setdefault(id(fault), (fault, fault.__traceback__))

    def run_in_executor(
        self, executor: Value, func: Callable[..., Value], *args: Value
    ) -> asyncio.Future[Any]:
        """Runs `func` at once unless an executor is named."""
        if executor is not None:
            return super().run_in_executor(executor, func, *args)
        future: asyncio.Future[Any] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as fault:
            future.set_exception(fault)
        return future


def _quiet(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Says nothing of a task's fault: the run collects them all."""


def configure(
    *,
    project: str,
    stack: str,
    organization: str,
    root: Path,
    monitor: object,
    engine: object,
    config: Mapping[str, str],
    secret_keys: list[str],
) -> None:
    """Points the SDK, in the current context only, at `monitor` and `engine`, as a dry run."""
    sdk_settings.ROOT.set(None)
    pulumi.runtime.set_all_config(dict(config), secret_keys)
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            project=project,
            stack=stack,
            organization=organization,
            root_directory=str(root),
            monitor=monitor,
            engine=engine,
            dry_run=True,
        )
    )


def settle_as_update() -> None:
    """In the current task only, what the monitor answered is final: an output left out is None, not
    unknown.
    """
    cast("Any", sdk_settings.SETTINGS).dry_run = False


def pending() -> list[asyncio.Future[Any]]:
    """Takes what the SDK still waits for: calls to the monitor, and outputs that are being computed."""
    settings = cast("Any", sdk_settings.SETTINGS)
    rpcs = settings.rpc_manager.rpcs
    taken: list[asyncio.Future[Any]] = [*rpcs, *settings.outputs]
    rpcs.clear()
    settings.outputs.clear()
    return taken


def swallowed() -> BaseException | None:
    """The first fault of a call to the monitor in this run, if there was one."""
    return cast("Any", sdk_settings.SETTINGS).rpc_manager.unhandled_exception


@contextlib.contextmanager
def uncollected() -> Generator[None]:
    """No cyclic garbage collection within. The SDK keeps some forty live tasks a resource until the end,
    which every collection walks to find nothing: two thirds of the time of a run of 2,000 resources, for no
    memory saved.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextlib.contextmanager
def isolated(directory: Path | None, argv: list[str] | None) -> Generator[contextvars.Context]:
    """A context to run one program in; afterwards the process is as it was, also after an error.

    Restores the working directory, `sys.argv`, `sys.path`, `sys.modules["__main__"]`, the thread's event
    loop, the PULUMI_CONFIG variables (taken away meanwhile) and the process-wide defaults that the SDK
    keeps beside its context variables.
    """
    keep_main = sys.modules.get("__main__")
    keep_path, keep_argv = list(sys.path), sys.argv
    keep_cwd = Path.cwd()
    keep_env = {key: value for key, value in os.environ.items() if key.startswith("PULUMI_CONFIG")}
    keep_defaults = _context_defaults()
    try:
        for key in keep_env:
            del os.environ[key]
        if directory is not None:
            os.chdir(directory)
        if argv is not None:
            sys.argv = argv
        yield contextvars.copy_context()
    finally:
        os.chdir(keep_cwd)
        sys.argv, sys.path[:] = keep_argv, keep_path
        if keep_main is not None:
            sys.modules["__main__"] = keep_main
        os.environ.update(keep_env)
        for name, value in keep_defaults.items():
            setattr(vars(sdk_settings.Settings)[name], _DEFAULT, value)


_DEFAULT = "_ContextProperty__default"


def _context_defaults() -> dict[str, Any]:
    return {
        name: getattr(item, _DEFAULT)
        for name, item in vars(sdk_settings.Settings).items()
        if hasattr(item, _DEFAULT)
    }
