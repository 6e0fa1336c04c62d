"""What the results of a run depend on beside its pages: code, lexicon, models, versions."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline import __version__
from pipeline.lexicon import packs
from pipeline.sentences import stanza

#: Parts of the package that no page's results depend on: what reads, writes, scores and calls.
_NOT_STAGES = frozenset(
    {"__pycache__", "__main__.py", "api.py", "batch", "cli.py", "consolidate", "evaluation", "readers"}
    | {"run.py", "run_report.py", "writers.py"}
)
_PACKAGES = (
    "spacy",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "ahocorasick-rs",
    "resiliparse",
    "fastwarc",
    "onnxruntime",
    "tokenizers",
)


def lexicon_checksum() -> str:
    """Return the SHA-256 of all lexicon files and those of rule packs in use, names and contents."""
    digest = hashlib.sha256()
    for folder in (files("pipeline.lexicon"), *packs()):
        for item in sorted(folder.iterdir(), key=lambda p: p.name):
            if item.name.endswith(".jsonl"):
                digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


def models(engine: str) -> list[dict[str, str]]:
    """Return the trained models that a run uses, with checksum."""
    from pipeline.entities.tagger import ENCODER, MODEL

    used = {MODEL.name: MODEL / ENCODER}
    if engine == "stanza":
        used[stanza.MODEL.name] = stanza.MODEL / "tokenizer.pt"
    return [{"name": n, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for n, p in used.items()]


def versions() -> dict[str, str]:
    """Return the versions of the package, its lexicon, Python and of the libraries that stages use."""
    found = {
        "penghargaan": __version__,
        "lexicon": lexicon_checksum()[:12],
        "python": platform.python_version(),
    }
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def fingerprint(engine: str) -> str:
    """Return what the results of a page depend on beside the page: code, lexicon, models, versions.

    Args:
        engine: Name of the engine.
    """
    digest = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if item.name in _NOT_STAGES:
                continue
            if item.is_dir():
                add(item)
            else:
                digest.update(item.name.encode() + b"\0" + hashlib.sha256(item.read_bytes()).digest())

    add(files("pipeline"))
    return json.dumps([engine, digest.hexdigest(), models(engine), versions()])
