"""`python -m billing_identity.sandbox STATE -- COMMAND...` runs a command against the sandbox."""

import sys
from pathlib import Path

from billing_identity.sandbox.commands import run


def main(arguments: list[str]) -> int:
    """Returns the exit code of the command, or 2 for bad usage."""
    if len(arguments) < 3 or arguments[1] != "--":
        sys.stderr.write("usage: python -m billing_identity.sandbox STATE_FOLDER -- COMMAND [ARGUMENT...]\n")
        return 2
    try:
        return run(arguments[2:], Path(arguments[0]))
    except FileNotFoundError as error:
        sys.stderr.write(f"error: {error.strerror}: {error.filename}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
