"""Sentence splitting by stanza's tokenizer, trained for this project (see ``models/stanza-tokenizer``).

Needs the extra ``stanza``; nothing is downloaded, the model is a file of the project.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.sentences.text_lines import text_lines, trimmed_spans

if TYPE_CHECKING:
    from collections.abc import Callable

#: Folder of the model in a checkout of the project.
MODEL = Path(__file__).resolve().parents[2] / "models" / "stanza-tokenizer"
#: What divides lines in the text given to stanza: it ends a sentence there whatever the model says.
_DIVIDER = "\n\n"
_BREAKS = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


def check_available(model: Path = MODEL) -> None:
    """Check that stanza and the model are there, without importing them.

    Args:
        model: Folder of the model.

    Raises:
        UsageError: If not, with the way to get them.
    """
    missing = [name for name in ("stanza", "torch") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"the stanza engine needs {' and '.join(missing)}: pip install 'penghargaan[stanza]', "
            "or use --engine spacy"
        )
    if not (model / "tokenizer.pt").is_file():
        raise UsageError(
            f"the stanza engine's model is not in {model}: use a checkout of the project, "
            "train it with make train-stanza CORPORA=folder, or use --engine spacy"
        )


@cache
def _pipeline(model: Path) -> Callable[[str], Any]:
    check_available(model)
    import stanza
    import torch

    # Processes run side by side (--workers); one thread each keeps them from waiting for one another.
    torch.set_num_threads(1)
    nlp: Callable[[str], Any] = stanza.Pipeline(
        lang="id",
        dir=str(model),  # its resources.json names no resources, so that none are looked for
        processors="tokenize",
        tokenize_model_path=str(model / "tokenizer.pt"),
        download_method=None,
        allow_unknown_language=True,
        use_gpu=False,
        verbose=False,
        logging_level="ERROR",
    )
    return nlp


def load(model: Path = MODEL) -> None:
    """Load the model, so that the first page does not take the time.

    Raises:
        UsageError: If stanza or the model is missing.
    """
    _pipeline(model)


def split_text(text: str, *, headline: bool = False, model: Path = MODEL) -> list[tuple[int, int]]:
    """Split a stretch of text into sentences; the same contract as the rules' :func:`split_text`.

    Args:
        text: One or more paragraphs.
        headline: Whether it is a headline, which is one sentence.
        model: Folder of the model.

    Returns:
        ``(start, end)`` of each sentence, without outer white space and markup.

    Raises:
        UsageError: If stanza or the model is missing.
    """
    spans = text_lines(text, headline=headline)
    return trimmed_spans(text, spans if headline else _split_lines(text, spans, model))


def _split_lines(text: str, lines: list[tuple[int, int]], model: Path) -> list[tuple[int, int]]:
    """Split all lines in one call, which is several times as fast as one by one."""
    lines = [(start, end) for start, end in lines if text[start:end].strip()]
    if not lines:
        return []
    sent, starts = [], []
    at = 0
    for start, end in lines:
        piece = text[start:end].translate(_BREAKS)
        sent.append(piece)
        starts.append(at)
        at += len(piece) + len(_DIVIDER)
    document = _pipeline(model)(_DIVIDER.join(sent))
    ends: list[list[int]] = [[] for _ in lines]
    for sentence in document.sentences:
        end = sentence.tokens[-1].end_char
        line = bisect_right(starts, end - 1) - 1
        ends[line].append(end - starts[line])
    # From end to end, so that characters outside all tokens are in some sentence as well.
    result = []
    for (start, end), stops in zip(lines, ends, strict=True):
        begin = start
        for stop in [*stops[:-1], end - start]:
            # The number of a list item goes with the item.
            if stop == end - start or any(c.isalpha() for c in text[begin : start + stop]):
                result.append((begin, start + stop))
                begin = start + stop
    return result
