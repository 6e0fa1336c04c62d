"""What the documentation needs changed in docstrings, which are written for Sphinx's roles and for doctest.

An extension of griffe, which reads the code for the page "From Python" (see ``mkdocs.yml``).
"""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_ROLE = re.compile(r":(?:class|data|func|meth|mod|attr):`~?([^`]+)`")
# Google's style has both; griffe takes the singular for a note of that name and does not see code in it.
_EXAMPLE = re.compile(r"^( *)Example:$", re.MULTILINE)


def told(docstring: str) -> str:
    """Return a docstring with roles as code, and its example as one.

    Example:
        >>> told("See :func:`pipeline.show`.")
        'See `pipeline.show`.'
    """
    return _EXAMPLE.sub(r"\1Examples:", _ROLE.sub(r"`\1`", docstring))


class Docstrings(Extension):
    """Has each docstring told so."""

    def on_object(self, *, obj: Object, **_more: Any) -> None:  # noqa: ANN401 (griffe's own arguments)
        """Change the docstring of an object that was read (called by griffe)."""
        if obj.docstring:
            obj.docstring.value = told(obj.docstring.value)
