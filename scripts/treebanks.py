"""Universal Dependencies files as raw text: sentences, tokens, and both run together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: The treebanks of Indonesian and the parts that exist, below the folder of corpora.
#: Source: https://universaldependencies.org (CC BY-SA); GSD's training part is not used here.
FILES = {
    "CSUI train": "ud/UD_Indonesian-CSUI/id_csui-ud-train.conllu",
    "CSUI test": "ud/UD_Indonesian-CSUI/id_csui-ud-test.conllu",
    "GSD dev": "ud/UD_Indonesian-GSD/id_gsd-ud-dev.conllu",
    "GSD test": "ud/UD_Indonesian-GSD/id_gsd-ud-test.conllu",
    "PUD": "ud/UD_Indonesian-PUD/id_pud-ud-test.conllu",
}
#: What models and rules may learn from; the rest is for measuring only.
TRAINING = ("CSUI train", "GSD dev", "PUD")
TEST = ("CSUI test", "GSD test")


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """A sentence and the ends of its tokens (multi-word tokens are one)."""

    text: str
    ends: tuple[int, ...]


def _sentence(text: str, forms: Iterable[str]) -> TreebankSentence:
    ends, at = [], 0
    for form in forms:
        found = text.find(form, at)
        if found < 0:  # a form with other white space inside than the text
            continue
        at = found + len(form)
        ends.append(at)
    return TreebankSentence(text, tuple(ends))


def read(corpora: Path, name: str) -> Iterator[TreebankSentence]:
    """Read one of :data:`FILES`.

    Args:
        corpora: Folder that holds ``ud/``.
        name: Key of :data:`FILES`.

    Raises:
        SystemExit: If the file is not there.
    """
    path = corpora / FILES[name]
    if not path.is_file():
        raise SystemExit(f"{path} is missing: get it from universaldependencies.org, set CORPORA=folder")
    text, forms, inside = "", [], 0
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# text = "):
            text, forms, inside = line.removeprefix("# text = ").strip(), [], 0
        elif line[:1].isdigit():
            number, form = line.split("\t", 2)[:2]
            if "-" in number:
                inside = int(number.split("-")[1])
                forms.append(form)
            elif "." not in number and int(number) > inside:
                forms.append(form)
        elif not line and text:
            yield _sentence(text, forms)
            text = ""
    if text:
        yield _sentence(text, forms)


def joined(sentences: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """Run sentences together with single spaces between them.

    Returns:
        The text, and ``(start, end)`` of each sentence in it.
    """
    spans, parts, at = [], [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        parts.append(sentence)
        at += len(sentence) + 1
    return " ".join(parts), spans
