"""How hypothesis runs: repeatably by default, since a pull request must not fail by chance.

`pytest --hypothesis-profile=explore` looks for new counterexamples, with ten times as many examples.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile("repeatable")
