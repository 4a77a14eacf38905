"""Lends the policy evaluator of the component tests to the layer tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "components" / "aws"))
