"""What each package exports: every component of the provider's folder."""

import inspect
import pkgutil
from importlib import import_module

import pulumi

PACKAGES = ("okta", "entra", "aws", "containment")
"""Providers, and containment, which spans them. One package each: names repeat between providers."""
VERSION = "0.1.0"


def package_name(package: str) -> str:
    """Name by which a program refers to it: `billing-identity-okta`."""
    return f"billing-identity-{package}"


def components(package: str) -> list[type[pulumi.ComponentResource]]:
    """Every public component of a package, in order of name. Raises ValueError for an unknown package."""
    if package not in PACKAGES:
        raise ValueError(f"{package!r} is no package: {', '.join(PACKAGES)}")
    folder = import_module(f"billing_identity.components.{package}")
    found: dict[str, type[pulumi.ComponentResource]] = {}
    for module in pkgutil.iter_modules(folder.__path__):
        if module.ispkg:
            continue
        loaded = import_module(f"{folder.__name__}.{module.name}")
        for name, value in vars(loaded).items():
            if (
                inspect.isclass(value)
                and issubclass(value, pulumi.ComponentResource)
                and value.__module__ == loaded.__name__
                and not name.startswith("_")
                and _made_by_name(value)
            ):
                found[name] = value
    return [found[name] for name in sorted(found)]


def _made_by_name(component: type[pulumi.ComponentResource]) -> bool:
    """Whether it is made of `name, args, opts`, as an engine makes it; a shared base is not."""
    return [*inspect.signature(component).parameters] == ["name", "args", "opts"]
