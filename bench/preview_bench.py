"""Offline preview against its yardsticks, as ratios measured in one run.

    make bench

Yardsticks: bare registration of the same resources on Pulumi's own mocks; `pulumi preview` of the same stack
on the sandbox, where the CLI is on PATH; and the preview's own cost as the number of clients grows.

Every figure is the least of several runs in fresh processes: the least is what the work costs, the rest is
what else the machine did.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
GROWTH = (1, 10, 40)


def measured(script: str, *arguments: str) -> dict[str, float]:
    """Runs a script of this folder repeatedly, in processes of its own; the run with the least `seconds`."""
    found: list[dict[str, float]] = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, str(ROOT / "bench" / script), *arguments],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return min(found, key=lambda figures: figures["seconds"])


def engine() -> float | None:
    """Seconds of `pulumi preview` with the pack on the sandbox, or None without the CLI."""
    if shutil.which("pulumi") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PULUMI_BACKEND_URL": f"file://{folder}",
            "PULUMI_CONFIG_PASSPHRASE": "bench",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_HOME": f"{folder}/home",
        }
        subprocess.run(
            ["pulumi", "stack", "init", "all-prod"],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
        return measured_engine(environment, Path(folder) / "state")


def measured_engine(environment: dict[str, str], state: Path) -> float:
    """The least of several previews against one running sandbox."""
    script = (
        "import subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "done = subprocess.run(['pulumi', 'preview', '--stack', 'all-prod', '--non-interactive',\n"
        "    '--policy-pack', 'policies/packs/hipaa', '--policy-pack-config', sys.argv[1]],\n"
        "    stdout=subprocess.DEVNULL)\n"
        "print(time.perf_counter() - start)\n"
        "sys.exit(done.returncode)\n"
    )
    config = ROOT / "stacks" / "config" / "policy-pack.prod.json"
    seconds: list[float] = []
    for _ in range(RUNS):
        done = subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "billing_identity.review.cli",
                    "sandbox",
                    "run",
                    "--state",
                    str(state),
                ),
                *("--", sys.executable, "-c", script, str(config)),
            ],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        seconds.append(float(done.stdout.splitlines()[-1]))
    return min(seconds)


def main() -> None:
    """Prints the table."""
    bare = measured("registration.py", "mocks", "1")
    plain = measured("registration.py", "preview", "1")
    judged = measured("registration.py", "judged", "1")
    rows = [
        ("bare registration on Pulumi's mocks", bare, 1.0, ""),
        ("offline preview", plain, plain["seconds"] / bare["seconds"], "aim: at most 1.5"),
        ("offline preview with its pack", judged, judged["seconds"] / bare["seconds"], "aim: at most 2"),
    ]
    print(f"{RUNS} runs each, least taken; the reference organisation, {bare['resources']:.0f} registrations")
    for name, figures, ratio, aim in rows:
        print(f"  {name:<40} {figures['seconds']:7.3f} s   {ratio:5.2f} x   {aim}")
    print("growth, cost per registration against 1 x clients:")
    for factor in GROWTH[1:]:
        base = measured("registration.py", "mocks", str(factor))
        grown = measured("registration.py", "judged", str(factor))
        own = _each(base) / _each(bare)
        ours = _each(grown) / _each(judged)
        print(
            f"  {factor:>3} x clients, {grown['resources']:6.0f} registrations   with pack {ours:5.2f} x"
            f"   bare registration {own:5.2f} x   aim: the first no more than the second"
        )
    seconds = engine()
    if seconds is None:
        print("pulumi preview on the sandbox: not measured, the Pulumi CLI is not on PATH")
    else:
        whole = measured("registration.py", "command", "1")
        print(
            f"pulumi preview on the sandbox {seconds:.2f} s; offline preview as a whole command "
            f"{whole['seconds']:.2f} s: {whole['seconds'] / seconds:.2f} of it   aim: at most 0.25"
        )


def _each(figures: dict[str, float]) -> float:
    return figures["seconds"] / figures["resources"]


if __name__ == "__main__":
    main()
