"""What the statistical model takes for names in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.lexicon import cached
from pipeline.spacy_tokens import split_tokens

if TYPE_CHECKING:
    from pipeline.entities.network import Network

#: Folder of the model: a spaCy pipeline, of which only the network is read here.
MODEL = Path(__file__).resolve().parents[1] / "models" / "ner"
#: The network's file in it.
WEIGHTS = Path("ner") / "weights.npz"
#: Longer stretches are read in pieces, so that no page takes more than its share of memory.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Guess:
    """A name by the model: offsets into the text, label, and how likely its least likely word is (0 to 1)."""

    start: int
    end: int
    label: str
    likely: float


@cached
def network(folder: Path = MODEL) -> Network:
    """Return the network, read on first use."""
    from pipeline.entities.network import Network  # numpy, which `import pipeline` does without

    return Network.from_bytes((folder / WEIGHTS).read_bytes())


def guess(text: str, spans: Sequence[tuple[int, int]], model: Network | None = None) -> list[list[Guess]]:
    """Return the names that the model finds, in text order, disjoint.

    Args:
        text: The page's text.
        spans: The sentences to read.
        model: Another network than the one that comes with the project.

    Returns:
        The names of every sentence.
    """
    from pipeline.entities.network import OURS

    model = model or network()
    pieces: list[tuple[int, list[str], list[int]]] = []
    for number, (start, end) in enumerate(spans):
        words, offsets = _words(text, start, end)
        pieces += (
            (number, words[at : at + _LONGEST], offsets[at : at + _LONGEST])
            for at in range(0, len(words), _LONGEST)
        )
    found: list[list[Guess]] = [[] for _ in spans]
    taggings = model.tag([words for _, words, _ in pieces])
    names = model.tags[OURS]
    for (number, words, offsets), tagging in zip(pieces, taggings, strict=True):
        if not tagging.tags.any():
            continue
        tags = tagging.tags.tolist()
        i = 0
        while i < len(tags):
            if not tags[i]:
                i += 1
                continue
            label = names[tags[i]][2:]
            j = i + 1
            while j < len(tags) and names[tags[j]] == "I-" + label:
                j += 1
            likely = float(tagging.likely[i:j].min())
            found[number].append(Guess(offsets[i], offsets[j - 1] + len(words[j - 1]), label, likely))
            i = j
    return found


def _words(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    words: list[str] = []
    offsets: list[int] = []
    at = start
    for word, space in zip(*split_tokens(text[start:end]), strict=True):
        if not word.isspace():
            words.append(word)
            offsets.append(at)
        at += len(word) + space
    return words, offsets
