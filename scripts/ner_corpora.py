"""Read the NER corpora, map their labels to ours, and keep repeated sentences apart.

Sentences are lists of words with one BIO tag a word. Words are split as
:func:`pipeline.spacy_tokens.split_tokens` splits them at run time, white space left out, whatever tokens the
corpus had.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.entities import gazetteer as gz
from pipeline.entities.name_tokens import tokenize
from pipeline.spacy_tokens import split_tokens

#: Labels of idner-news-2k and nerui.
PUBLIC = ("PERSON", "ORGANISATION", "PLACE")
_PUBLIC = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "ORG": "ORGANISATION",
    "ORGANIZATION": "ORGANISATION",
    "LOC": "PLACE",
    "LOCATION": "PLACE",
}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence: words, whether a space comes before each, and one BIO tag a word."""

    words: tuple[str, ...]
    spaced: tuple[bool, ...]
    tags: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the sentence as it would be written."""
        pairs = zip(self.words, self.spaced, strict=True)
        return "".join((" " if s and i else "") + w for i, (w, s) in enumerate(pairs))

    def offsets(self) -> list[tuple[int, int]]:
        """Return where each word starts and ends in :attr:`text`."""
        found, at = [], 0
        for i, (word, space) in enumerate(zip(self.words, self.spaced, strict=True)):
            at += bool(space and i)
            found.append((at, at + len(word)))
            at += len(word)
        return found

    def spans(self) -> list[tuple[int, int, str]]:
        """Return (first word, word after the last, label) of every entity."""
        return list(bio_spans(self.tags))


def bio_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of the entities of a BIO sequence; a stray I- starts one."""
    start, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if label and (tag[0] != "I" or tag[2:] != label):
            yield start, i, label
            label = ""
        if tag != "O" and not label:
            start, label = i, tag[2:]


def to_bio(length: int, spans: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """Return the BIO tags of disjoint spans."""
    tags = ["O"] * length
    for start, end, label in spans:
        tags[start:end] = ["B-" + label, *["I-" + label] * (end - start - 1)]
    return tuple(tags)


# -- spaces
# ----------------------------------------------------------------------------------------------------

_CLOSING = set(".,;:!?)]}%”’…")
_OPENING = set("([{“‘$")
_TIGHT = set("/-–")


def _spaced(words: Sequence[str]) -> tuple[bool, ...]:
    """Guess before which words of a tokenized sentence a space was written."""
    flags = []
    quoted = False
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        space = word not in _CLOSING and before not in _OPENING
        if word in _TIGHT or before in _TIGHT:
            space = False
        if word == '"':
            space, quoted = not quoted, not quoted
        elif before == '"' and quoted:
            space = False
        if before in {".", ","} and i > 1 and words[i - 2].isdigit() and word.isdigit():
            space = False
        if before == "." and word.lower() in {"com", "co", "id", "go", "net", "org"}:
            space = False
        if before == ":" and word.isdigit() and i > 1 and words[i - 2].isdigit():
            space = False
        flags.append(space)
    return tuple(flags)


def retokenize(tokens: Sequence[str], tags: Sequence[str]) -> Tagged:
    """Split a corpus' tokens into words of ours, and carry its tags over."""
    words: list[str] = []
    first: list[bool] = []
    new: list[str] = []
    for token, tag in zip(tokens, tags, strict=True):
        # nergrit-news has byte order marks that were read in the wrong encoding
        pieces = [w for w in split_tokens(token.replace("Ôªø", ""))[0] if not w.isspace()]
        for k, piece in enumerate(pieces):
            words.append(piece)
            first.append(k == 0)
            new.append("I" + tag[1:] if k and tag != "O" else tag)
    spaced = _spaced(words)
    return Tagged(tuple(words), tuple(s and f for s, f in zip(spaced, first, strict=True)), tuple(new))


# -- nergrit-news: 19 labels to ours
# ---------------------------------------------------------------------------

#: First words of parties, government bodies, offices ... by name of the class (``ner_labels.json``).
_HEADS = {
    name: frozenset(words.split())
    for name, words in json.loads(Path(__file__).with_name("ner_labels.json").read_text("utf-8")).items()
}
_DOMAINS = {"com", "id", "net"}


def our_label(label: str, words: Sequence[str]) -> str | None:
    """Return our label of an entity of nergrit-news, or ``None`` where it is none of ours.

    NOR holds government bodies, parties and offices: its head word tells them apart. So does it for venues
    under LOC and for government bodies under ORG.
    """
    if not any(c.isupper() for w in words for c in w):
        return None  # "polisi", "mobil", "masjid"
    low = [w.lower() for w in words]
    text = " ".join(words)
    tokens = tokenize(text, 0, len(text))
    head = low[0]
    if low[-1] in _DOMAINS and "." in words:
        return "ORGANISATION"  # an outlet by its address
    if label == "PER":
        return "PERSON"
    if label in {"GPE", "LOC", "FAC"}:
        if head in _HEADS["nature"] or label == "GPE":
            return "PLACE"
        venue = label == "FAC" or head in _HEADS["venue"] or gz.match_trie(gz.facility_heads(), tokens, 0)
        return "FACILITY" if venue else "PLACE"
    if label in {"NOR", "ORG"}:
        return _body_label(label, text, head)
    return {"EVT": "EVENT", "WOA": "WORK", "PRD": "PRODUCT"}.get(label)


def _body_label(label: str, text: str, head: str) -> str | None:
    tokens = tokenize(text, 0, len(text))
    if text.lower() in _HEADS["generic"]:
        return None
    if head in _HEADS["office"] or (label == "NOR" and gz.match_trie(gz.titles(), tokens, 0)):
        return "POSITION"
    if head in _HEADS["party"]:
        return "ORGANISATION"
    if head in _HEADS["state"] or gz.match_trie(gz.agency_heads(), tokens, 0):
        return "AGENCY"
    known = gz.gazetteer().get(text)
    if known and known[0].label in {"AGENCY", "ORGANISATION"}:
        return known[0].label
    party = _HEADS["party"] & {t.low for t in tokens}
    return "AGENCY" if label == "NOR" and not party else "ORGANISATION"


def bare_name(words: Sequence[str]) -> int:
    """Return how many titles ("Jenderal Polisi", "Pak") precede a name; our gold leaves them out."""
    text = " ".join(words)
    tokens = tokenize(text, 0, len(text))
    i = 0
    while i < len(words) - 1:
        found = gz.match_honorific(tokens, i) if len(tokens) == len(words) else None
        if found and found[1] != "degree":
            i = found[0]
        elif words[i].lower() in _HEADS["title"] | _HEADS["rank"]:
            i += 1
            if words[i] == ".":
                i += 1
        else:
            break
    return i if i < len(words) else 0


def read_nergrit(corpora: Path) -> list[Tagged]:
    """Read nergrit-news in our labels."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (corpora / "ner" / "nergrit-news-19labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["token"].strip():
                groups[row["sentence_num"]].append((row["token"], row["tag"]))
    found = []
    for group in groups.values():
        sentence = retokenize([t for t, _ in group], [g for _, g in group])
        spans = []
        for start, end, label in sentence.spans():
            ours = our_label(label, sentence.words[start:end])
            titles = bare_name(sentence.words[start:end]) if ours == "PERSON" else 0
            if ours:
                spans.append((start + titles, end, ours))
        found.append(Tagged(sentence.words, sentence.spaced, to_bio(len(sentence.words), spans)))
    return found


def _read_columns(path: Path, tag_column: int) -> list[Tagged]:
    found, tokens, tags = [], [], []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        cells = line.split()
        if cells:
            tokens.append(cells[0])
            tag = cells[tag_column]
            tags.append(tag[:2] + _PUBLIC[tag[2:]] if tag != "O" else tag)
        elif tokens:
            found.append(retokenize(tokens, tags))
            tokens, tags = [], []
    return found


def read_idner(corpora: Path, part: str) -> list[Tagged]:
    """Read a part (train, dev, test) of idner-news-2k."""
    return _read_columns(corpora / "ner" / "idner-news-2k" / f"{part}.txt", -1)


def read_nerui(corpora: Path, part: str, fold: int) -> list[Tagged]:
    """Read a part (train, dev, test) of a published fold (1 to 5) of nerui."""
    return _read_columns(corpora / "ner" / "nerui" / f"{part}.{fold:02d}.tsv", -1)


# -- text without labels
# ---------------------------------------------------------------------------------------


def read_news(corpora: Path) -> Iterator[dict[str, str]]:
    """Yield the raw news pages (``outlet``, ``title``, ``text`` ...)."""
    for name in ("news", "news-2"):
        path = corpora / "news" / f"{name}.jsonl.gz"
        if path.is_file():
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    yield json.loads(line)


# -- repeats
# ---------------------------------------------------------------------------------------------------

_SHINGLE = 4


def _key(sentence: Tagged) -> tuple[str, ...]:
    return tuple(w.lower() for w in sentence.words if w[0].isalnum())


def _shingles(sentence: Tagged) -> frozenset[tuple[str, ...]]:
    key = _key(sentence)
    return frozenset(key[i : i + _SHINGLE] for i in range(max(1, len(key) - _SHINGLE + 1)))


def unique(sentences: Iterable[Tagged]) -> list[Tagged]:
    """Return the sentences without those that repeat an earlier one word for word."""
    seen: dict[tuple[str, ...], Tagged] = {}
    for sentence in sentences:
        seen.setdefault(_key(sentence), sentence)
    return [s for k, s in seen.items() if k]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a training set repeats a test set."""

    exact: int
    near: int

    def __str__(self) -> str:
        return f"{self.exact} exact, {self.near} near-duplicate"


class Held:
    """Sentences held out, for finding what repeats them.

    Args:
        sentences: The held-out sentences.
        share: Share of a sentence's 4-word sequences in one held-out sentence from which it is a
        near-duplicate.
    """

    def __init__(self, sentences: Iterable[Tagged], share: float = 0.4) -> None:
        self.share = share
        self.keys: set[tuple[str, ...]] = set()
        self.index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.sizes: list[int] = []
        for number, sentence in enumerate(sentences):
            self.keys.add(_key(sentence))
            grams = _shingles(sentence)
            self.sizes.append(len(grams))
            for gram in grams:
                self.index[gram].append(number)

    def kind(self, sentence: Tagged) -> str:
        """Return ``exact``, ``near`` or an empty string."""
        if _key(sentence) in self.keys:
            return "exact"
        grams = _shingles(sentence)
        shared = Counter(n for g in grams for n in self.index.get(g, ()))
        close = any(c >= self.share * min(len(grams), self.sizes[n]) and c >= 2 for n, c in shared.items())
        return "near" if close else ""

    def without(self, sentences: Iterable[Tagged]) -> tuple[list[Tagged], Overlap]:
        """Return the sentences that repeat none held out, and how many did."""
        kept, counts = [], Counter[str]()
        for sentence in sentences:
            kind = self.kind(sentence)
            counts[kind] += 1
            if not kind:
                kept.append(sentence)
        return kept, Overlap(counts["exact"], counts["near"])
