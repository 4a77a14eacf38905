"""Maps the top-level folders of the repository into the `billing_identity` namespace.

`pyproject.toml` holds everything else. The list of packages is computed here so that a new
folder is in the wheel without having to be named a second time.
"""

from pathlib import Path

from setuptools import setup

PORTIONS = ("roles", "components", "policies", "stacks", "review", "sandbox")
ROOT = Path(__file__).parent


def packages() -> dict[str, str]:
    """Every folder with an `__init__.py` below a portion, as {dotted package name: folder}."""
    found: dict[str, str] = {}
    for portion in PORTIONS:
        for marker in sorted((ROOT / portion).rglob("__init__.py")):
            folder = marker.parent.relative_to(ROOT)
            found[".".join(("billing_identity", *folder.parts))] = folder.as_posix()
    return found


setup(
    packages=sorted(packages()),
    package_dir=packages(),
    package_data={
        "billing_identity.roles": ["py.typed", "catalogue/**/*.yaml", "schema/*.json", "citations/*.yaml"],
        "billing_identity.policies": ["py.typed", "**/*.yaml"],
        "billing_identity.components": ["py.typed"],
        "billing_identity.stacks": ["py.typed", "config/*.yaml"],
        "billing_identity.review": ["py.typed", "**/*.j2", "**/*.yaml", "**/*.json", "**/*.css", "**/*.js"],
        "billing_identity.sandbox": ["py.typed", "**/*.json"],
    },
)
