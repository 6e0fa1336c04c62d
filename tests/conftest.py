from __future__ import annotations

from hypothesis import settings

# Derandomised: the same examples on every machine and every run, so that a red test is red for everybody.
settings.register_profile("project", derandomize=True, deadline=None, database=None, max_examples=40)
settings.load_profile("project")
