"""The tests on every Python that the project names: ``make test-matrix``.

An interpreter that is not on this machine is told and passed over. Those of pyenv are found without being
switched on.
"""

from __future__ import annotations

import os
from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False

_PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
_FOUND = [str(folder) for folder in sorted(_PYENV.glob("versions/3.*/bin"))]
os.environ["PATH"] = os.pathsep.join([*_FOUND, os.environ["PATH"]])


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the tests in an environment of their own, with the pinned packages."""
    session.install("--constraint", "constraints.txt", "--editable", ".[dev,docs,stanza]")
    session.run("python", "-m", "pytest", "-q", "-n", "logical", "--dist", "worksteal", *session.posargs)
