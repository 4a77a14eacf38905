"""Runs a Pulumi program in this process, offline, and returns what it registered."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import runpy
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path

import pulumi.runtime
from pulumi.runtime.proto import engine_pb2

from billing_identity.review.preview import faults, sdk
from billing_identity.review.preview.config import read_project
from billing_identity.review.preview.monitor import Invokes, Monitor
from billing_identity.review.preview.outside import References
from billing_identity.review.preview.record import Message, Preview, PreviewError, Proto
from billing_identity.review.preview.recorder import Recorder

Program = Callable[[], Awaitable[None] | None]


def run_program(
    root: Path,
    stack: str,
    config: Mapping[str, str],
    *,
    unknown: bool = False,
    secret_config: Collection[str] = (),
    organization: str = "organization",
    invokes: Invokes | None = None,
    references: References | None = None,
) -> Preview:
    """Runs the program that `root`/Pulumi.yaml names, as `pulumi preview` would run it.

    `config` is {"namespace:key": text}, as `config.load_stack_config` gives it; `secret_config` names its
    secrets. `unknown` leaves ids and computed outputs unknown, as the first real preview of a stack.
    `invokes` declares the answers of data sources by token, `references` the outputs of other stacks by
    name. The working directory is the program's folder, `pulumi.get_root_directory()` is `root`,
    `pulumi.runtime.is_dry_run()` is true.

    Faults of the program are in the result's `errors`. Raises `config.InputError` if the project cannot be
    read.
    """
    root = root.resolve()
    project = read_project(root)

    def program() -> None:
        runpy.run_path(str(project.directory / project.program), run_name="__main__")

    return _run(
        program,
        root=root,
        stack=stack,
        config=config,
        unknown=unknown,
        secret_config=secret_config,
        organization=organization,
        project=project.name,
        invokes=invokes or {},
        references=references or {},
        directory=project.directory,
        argv=[project.program],
    )


def run_callable(
    program: Program,
    root: Path | None = None,
    stack: str = "dev",
    config: Mapping[str, str] | None = None,
    *,
    unknown: bool = False,
    secret_config: Collection[str] = (),
    organization: str = "organization",
    project: str = "project",
    invokes: Invokes | None = None,
    references: References | None = None,
) -> Preview:
    """As `run_program`, for a function (plain or async) instead of a project; the working directory stays."""
    return _run(
        program,
        root=(root or Path.cwd()).resolve(),
        stack=stack,
        config=config or {},
        unknown=unknown,
        secret_config=secret_config,
        organization=organization,
        project=project,
        invokes=invokes or {},
        references=references or {},
        directory=None,
        argv=None,
    )


class _Log:
    """What the SDK expects of an engine: keeps what the program logs."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.errors: list[PreviewError] = []

    def Log(self, request: Proto) -> None:  # noqa: N802 - the protocol's name
        """Keeps information and warnings; an error fails the run, as it does on the engine."""
        if request.severity == engine_pb2.ERROR:
            self.errors.append(PreviewError("program", request.message, None, request.urn or None))
        elif request.severity != engine_pb2.DEBUG and not request.ephemeral:
            level = "warning" if request.severity == engine_pb2.WARNING else "info"
            self.messages.append(Message(level, request.message, request.urn or None))

    def RequirePulumiVersion(self, request: Proto) -> None:  # noqa: N802
        """There is no engine here whose version could matter."""


def _run(
    program: Program,
    *,
    root: Path,
    stack: str,
    config: Mapping[str, str],
    unknown: bool,
    secret_config: Collection[str],
    organization: str,
    project: str,
    invokes: Invokes,
    references: References,
    directory: Path | None,
    argv: list[str] | None,
) -> Preview:
    places = faults.Places(root)
    log = _Log()
    recorder = Recorder(project, stack, config, frozenset(secret_config), unknown=unknown)
    monitor = Monitor(recorder=recorder, invokes=invokes, references=references, locate=places.of_request)
    raised: list[BaseException] = []
    loop = sdk.InlineLoop()

    def execute() -> None:
        sdk.configure(
            project=project,
            stack=stack,
            organization=organization,
            root=root,
            monitor=monitor,
            engine=log,
            config=config,
            secret_keys=sorted(secret_config),
        )
        try:
            loop.run_until_complete(_to_the_end(program, raised))
        finally:
            _close(loop)

    def isolated() -> None:
        with sdk.uncollected(), sdk.isolated(directory, argv) as context:
            context.run(execute)

    if _looping():  # a thread that runs a loop cannot run another one
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            pool.submit(isolated).result()
    else:
        isolated()

    errors = [*recorder.errors, *log.errors]
    said = [error.message for error in errors]
    seen: set[int] = set()
    for fault in raised:
        # One fault reaches every output that depends on it, and a refused data source fails its caller.
        if id(fault) in seen or any(message in str(fault) for message in said):
            continue
        seen.add(id(fault))
        error = faults.explain(loop.origin(fault), places)
        if error not in errors:
            errors.append(error)
    return Preview(
        project=project,
        stack=stack,
        registrations=tuple(recorder.registrations.values()),
        stack_outputs=recorder.stack_outputs,
        errors=tuple(errors),
        unknown=unknown,
        messages=tuple(log.messages),
    )


def _looping() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _to_the_end(program: Program, raised: list[BaseException]) -> None:
    """Runs the program within a stack, and on after a fault until nothing is pending, so that all faults
    are seen.
    """

    def guarded() -> Awaitable[None] | None:
        try:
            result = program()
        except SystemExit as exit_:
            raised.append(
                faults.Exited(f"the program called sys.exit({exit_.code!r})").with_traceback(
                    exit_.__traceback__
                )
            )
            return None
        except Exception as fault:
            raised.append(fault)
            return None
        return _awaited(result, raised) if inspect.isawaitable(result) else None

    try:
        await pulumi.runtime.run_in_stack(guarded)
    except Exception as fault:
        raised.append(_first_cause(fault))
    while waiting := sdk.pending():
        for outcome in await asyncio.gather(*waiting, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raised.append(outcome)
    hidden = sdk.swallowed()
    if hidden is not None:
        raised.append(hidden)


async def _awaited(result: Awaitable[None], raised: list[BaseException]) -> None:
    try:
        await result
    except Exception as fault:
        raised.append(fault)


def _first_cause(fault: BaseException) -> BaseException:
    """The SDK raises a failed call again "from" itself; the original has the traceback."""
    cause = fault.__cause__
    return cause if cause is not None and type(cause) is type(fault) and str(cause) == str(fault) else fault


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Closes the loop without leaving tasks behind that would complain when collected."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()
