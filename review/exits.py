"""Exit codes of every command (design, "Contracts")."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code means."""

    FINE = 0
    BLOCKED = 1
    """Findings that block."""
    BAD_INPUT = 2
    """Bad input or usage; nothing was written."""
    DRIFT = 3
    OUTSIDE = 4
    """Something outside failed: provider, engine, network."""
