"""What the services themselves do: ids, computed outputs, preconditions. One module a subject."""

import pkgutil
from functools import cache
from importlib import import_module


@cache
def load() -> None:
    """Import every module below this package, so that its functions are registered. Happens once."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        import_module(module.name)
