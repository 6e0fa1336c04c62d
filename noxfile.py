"""The tests on every Python that the project names: ``make test-matrix``.

An interpreter that is not on this machine is told and passed over.
"""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the tests in an environment of their own, with the pinned packages."""
    session.install("--constraint", "constraints.txt", "--editable", ".[dev,docs,stanza]")
    session.run("python", "-m", "pytest", "-q", "-n", "logical", "--dist", "worksteal", *session.posargs)
