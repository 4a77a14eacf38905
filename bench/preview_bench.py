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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from project import Project

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
    sys.path.append(str(ROOT / "tests" / "engine"))
    from project import PACK, Project

    with tempfile.TemporaryDirectory() as folder:
        project = Project.make(Path(folder) / "engine")
        project.init("all-prod")
        return min(_timed(project, PACK) for _ in range(RUNS))


def _timed(project: Project, pack: tuple[str, ...]) -> float:
    """One preview, timed inside the sandbox, so that starting the sandbox does not count."""
    script = (
        "import subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "print(time.perf_counter() - start)\n"
        "sys.exit(done.returncode)\n"
    )
    command = [
        sys.executable,
        "-m",
        "billing_identity.review.cli",
        "sandbox",
        "run",
        "--state",
        str(project.state),
    ]
    command += ["--", sys.executable, "-c", script, "pulumi", "preview", "--stack", "all-prod"]
    done = subprocess.run(
        [*command, "--non-interactive", *pack],
        cwd=project.folder,
        env=project.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.splitlines()[-1])


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
