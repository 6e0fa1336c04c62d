from __future__ import annotations

from importlib.util import find_spec

from hypothesis import settings

# Derandomised: the same examples on every machine and every run, so that a red test is red for everybody.
settings.register_profile("project", derandomize=True, deadline=None, database=None, max_examples=40)
settings.load_profile("project")

# Ray is large; `make test-cluster` installs it and runs these.
collect_ignore = [] if find_spec("ray") else ["batch/test_cluster.py"]
