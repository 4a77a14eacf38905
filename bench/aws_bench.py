"""The AWS layers over a second Region, with 4 and 400 clients: `python bench/aws_bench.py`.

Every fourth client asks for a key of its own; the others share stores and add access only. Every figure is
measured in a process of its own, one after another, in one run; compare ratios, seconds are those of one
machine. `python bench/aws_bench.py --one CLIENTS` measures one and prints JSON.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
SIZES = (4, 400)
LAYERS = ("keys", "logging", "data", "detection", "workforce")


def measure(clients: int) -> dict[str, float]:
    """Seconds by the clock and of the processor; resources, also of the second Region; peak memory."""
    from billing_identity.review.preview.answers.lookups import LOOKUPS
    from billing_identity.review.preview.run import run_callable
    from billing_identity.roles.loader import REFERENCE, load
    from billing_identity.stacks.context import Context
    from billing_identity.stacks.layer import Layer
    from billing_identity.stacks.program import BUILDERS
    from billing_identity.stacks.providers import Providers
    from billing_identity.stacks.settings import load_settings

    catalogue = load(REFERENCE).catalogue
    settings, _ = load_settings(ROOT, "prod")
    assert catalogue is not None and settings is not None
    own, shared = catalogue.clients["riverbend-hospital"], catalogue.clients["lakeside-orthopedics"]
    grown: dict[str, Any] = {
        f"client-{number:03}": (shared if number % 4 else own).model_copy(
            update={"id": f"client-{number:03}", "code": f"C{number:03}", "shard": f"{number % 8 + 1:02}"}
        )
        for number in range(clients)
    }
    catalogue = dataclasses.replace(catalogue, clients=grown)

    def program() -> None:
        context = Context(settings, catalogue, DAY, frozenset(LAYERS), Providers(settings))
        for name in LAYERS:
            with context.providers.inside(Layer(name)):
                BUILDERS[name](context)

    start, busy = time.perf_counter(), time.process_time()
    found = run_callable(program, ROOT, "all-prod", {}, project="billing-identity", invokes=LOOKUPS)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    if found.errors:
        raise SystemExit(f"the preview failed: {found.errors[0]}")
    made = [item for item in found.registrations if item.custom and item.type.startswith("aws:")]
    return {
        "clients": clients,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "resources": len(made),
        "second_region": sum(item.inputs.get("region") == settings.aws.replica_region for item in made),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Measures every size and prints figures, growth and ratios as one JSON object."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    found: list[dict[str, float]] = []
    for clients in SIZES:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(clients)], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        found.append(json.loads(done.stdout.splitlines()[-1]))
    small, large = found
    more = large["clients"] - small["clients"]
    print(
        json.dumps(
            {
                "measured": found,
                "resources_per_client": round((large["resources"] - small["resources"]) / more, 1),
                "processor_milliseconds_per_resource": [
                    round(1000 * item["processor_seconds"] / item["resources"], 2) for item in found
                ],
                "ratios": {
                    "clients": large["clients"] / small["clients"],
                    "resources": round(large["resources"] / small["resources"], 1),
                    "processor_seconds": round(large["processor_seconds"] / small["processor_seconds"], 1),
                },
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
