"""One measurement in a process of its own: `registration.py mocks|preview|judged|command FACTOR`.

Prints {"seconds": ..., "resources": ...} as its last line. Imports are done before the clock starts, except
for `command`, which times the whole command as a user would.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)


def command() -> dict[str, float]:
    """The command `billing-identity preview`, start of the interpreter included."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "billing_identity.review.cli", "preview", "--format", "json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return {"seconds": time.perf_counter() - start, "resources": json.loads(done.stdout)["resources"]}


def program(factor: int) -> tuple[Any, Any, Any]:
    """The whole program over the reference organisation with `factor` times its clients."""
    from billing_identity.roles.loader import REFERENCE, load
    from billing_identity.stacks.context import Context
    from billing_identity.stacks.layer import Layer
    from billing_identity.stacks.program import BUILDERS
    from billing_identity.stacks.providers import Providers
    from billing_identity.stacks.settings import load_settings

    catalogue = load(REFERENCE).catalogue
    settings, _ = load_settings(ROOT, "prod")
    assert catalogue is not None and settings is not None
    clients = {
        f"{name}-{copy}" if copy else name: client.model_copy(
            update={"id": f"{name}-{copy}", "code": f"C{copy:03}{index:02}"} if copy else {}
        )
        for copy in range(factor)
        for index, (name, client) in enumerate(catalogue.clients.items())
    }
    grown = dataclasses.replace(catalogue, clients=clients)

    def run() -> None:
        context = Context(settings, grown, DAY, frozenset(BUILDERS), Providers(settings))
        for name, build in BUILDERS.items():
            with context.providers.inside(Layer(name)):
                build(context)

    return run, grown, settings


def mocks(factor: int) -> dict[str, float]:
    """Bare registration on Pulumi's own mocks."""
    import pulumi

    class Mocks(pulumi.runtime.Mocks):
        count = 0

        def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
            Mocks.count += 1
            outputs = dict(args.inputs)
            outputs.setdefault("arn", f"arn:aws:mock:us-east-1:100000000001:{args.name}")
            outputs.setdefault("keyId", args.name)
            return f"{args.name}-id", outputs

        def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], None]:
            raise LookupError(args.token)

    run, _, _ = program(factor)
    pulumi.runtime.set_mocks(Mocks(), project="billing-identity", stack="all-prod", preview=True)
    start = time.perf_counter()

    async def body() -> None:
        run()

    pulumi.runtime.test(body)()
    return {"seconds": time.perf_counter() - start, "resources": Mocks.count}


def preview(factor: int, *, judged: bool) -> dict[str, float]:
    """The offline preview, with or without its pack."""
    from billing_identity.policies.evaluate import evaluate
    from billing_identity.review.pack_settings import pack_config
    from billing_identity.review.preview.run import run_callable
    from billing_identity.review.previewing import records

    run, catalogue, settings = program(factor)
    config = pack_config(settings, catalogue, DAY)
    evaluate([], config)
    start = time.perf_counter()
    result = run_callable(run, ROOT, "all-prod", {}, project="billing-identity")
    if judged:
        evaluate(records(result), config)
    seconds = time.perf_counter() - start
    if result.errors:
        raise SystemExit(f"the preview failed: {result.errors[0]}")
    return {"seconds": seconds, "resources": len(result.registrations)}


def main() -> None:
    """Measures what the first argument names."""
    kind, factor = sys.argv[1], int(sys.argv[2])
    if kind == "command":
        figures = command()
    elif kind == "mocks":
        figures = mocks(factor)
    else:
        figures = preview(factor, judged=kind == "judged")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
