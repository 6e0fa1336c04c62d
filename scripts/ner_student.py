"""Train the small tagger with torch, on gold and on a teacher's probabilities."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from ner_corpora import Tagged
from ner_teacher import batches, scheme_tags
from torch import nn

from pipeline.entities.network import FEATURES, Network, word_rows

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Size:
    """Dimensions of the network: rows of each feature's table, width of the tables, of the word vector, the LSTM."""

    rows: tuple[int, ...] = (16000, 1500, 4000, 4000, 1500, 1500)
    table: int = 48
    width: int = 96
    hidden: int = 96


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to learn from: its label scheme, and its gold tags or a teacher's log-probabilities."""

    sentence: Tagged
    scheme: str
    scores: np.ndarray | None = None
    weight: float = 1.0


class Student(nn.Module):
    """The network of :class:`pipeline.entities.network.Network`, with a head for every label scheme."""

    def __init__(self, size: Size, schemes: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.size = size
        self.tables = nn.ModuleList(nn.EmbeddingBag(n, size.table, mode="sum") for n in size.rows)
        for table in self.tables:
            nn.init.uniform_(table.weight, -0.1, 0.1)
        self.mix = nn.Linear(len(FEATURES) * size.table, 2 * size.width)
        self.lstm = nn.LSTM(size.width, size.hidden, bidirectional=True, batch_first=True)
        self.tags = {name: scheme_tags(labels) for name, labels in schemes.items()}
        self.heads = nn.ModuleDict({n: nn.Linear(2 * size.hidden, len(t)) for n, t in self.tags.items()})
        self.word_dropout, self.dropout = 0.1, 0.35
        self._rows: dict[str, list[list[int]]] = {}

    def rows(self, word: str) -> list[list[int]]:
        """Return the table rows of a word."""
        found = self._rows.get(word)
        if found is None:
            found = self._rows[word] = word_rows(word, self.size.rows)
        return found

    def forward(self, sentences: Sequence[Sequence[str]]) -> torch.Tensor:
        """Return the hidden vectors (batch, longest, 2 x hidden)."""
        lengths = [min(len(s), LONGEST) for s in sentences]
        index = torch.tensor([self.rows(w) for s in sentences for w in s[:LONGEST]])  # words, features, probes
        parts = [table(index[:, i]) for i, table in enumerate(self.tables)]
        if self.training:  # now and then a word is unknown, so that the others learn to do without it
            keep = (torch.rand(len(index), 1) >= self.word_dropout).float()
            parts[0] = parts[0] * keep
            drop = (torch.rand(len(index), len(parts)) >= 0.05).float()
            parts = [p * drop[:, i : i + 1] for i, p in enumerate(parts)]
        mixed = self.mix(torch.cat(parts, 1))
        half = mixed.shape[1] // 2
        vectors = torch.maximum(mixed[:, :half], mixed[:, half:])
        vectors = nn.functional.dropout(vectors, self.dropout, self.training)
        padded = nn.utils.rnn.pad_sequence(vectors.split(lengths), batch_first=True)
        packed = nn.utils.rnn.pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
        hidden, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        return nn.functional.dropout(hidden, self.dropout, self.training)

    def export(self, scheme: str) -> Network:
        """Return the network with the head of ``scheme``."""
        h = self.size.hidden
        order = [*range(2 * h), *range(3 * h, 4 * h), *range(2 * h, 3 * h)]  # torch: input, forget, cell, output
        weights = {f"table.{i}": t.weight for i, t in enumerate(self.tables)}
        weights |= {"mix.weight": self.mix.weight.T, "mix.bias": self.mix.bias}
        for name, end in (("forward", ""), ("backward", "_reverse")):
            weights[f"{name}.input"] = getattr(self.lstm, f"weight_ih_l0{end}")[order].T
            weights[f"{name}.state"] = getattr(self.lstm, f"weight_hh_l0{end}")[order].T
            bias = getattr(self.lstm, f"bias_ih_l0{end}") + getattr(self.lstm, f"bias_hh_l0{end}")
            weights[f"{name}.bias"] = bias[order]
        head = self.heads[scheme]
        weights |= {"head.weight": head.weight.T, "head.bias": head.bias}
        # kept in half precision: the file is half as long, the scores are the same to three digits
        return Network(self.tags[scheme], {k: w.detach().half().float().numpy() for k, w in weights.items()})


def train(
    model: Student,
    examples: Sequence[Example],
    epochs: float,
    rate: float = 3e-3,
    words: int = 1500,
    seed: int = 1,
    report: int = 0,
) -> None:
    """Train all weights with Adam and a rate that falls to zero.

    Args:
        model: The student.
        examples: What to learn from.
        epochs: Passes over the examples.
        rate: Highest learning rate.
        words: Words in a batch, padding included.
        seed: Of the order and the dropout.
        report: Print the loss every so many steps, if not zero.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    lengths = [min(LONGEST, len(e.sentence.words)) for e in examples]
    total = int(len(batches(lengths, words, rng)) * epochs)
    plan: list[list[int]] = []
    while len(plan) < total:
        plan += batches(lengths, words, rng)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-4, betas=(0.9, 0.98))
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))
    )
    numbers = {s: {t: i for i, t in enumerate(tags)} for s, tags in model.tags.items()}
    model.train()
    began = time.time()
    for step, batch in enumerate(plan[:total]):
        hidden = model([examples[i].sentence.words for i in batch])
        losses = []
        for scheme in model.heads:
            rows = [k for k, i in enumerate(batch) if examples[i].scheme == scheme]
            if not rows:
                continue
            flat = torch.cat([hidden[k, : lengths[batch[k]]] for k in rows])
            logits = model.heads[scheme](flat).log_softmax(-1)
            target = torch.cat([_target(examples[batch[k]], numbers[scheme]) for k in rows])
            weight = torch.cat([torch.full((lengths[batch[k]],), examples[batch[k]].weight) for k in rows])
            losses.append(-((target * logits).sum(1) * weight).sum())
        loss = torch.stack(losses).sum() / sum(lengths[i] for i in batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        if report and step % report == 0:
            print(f"step {step}/{total} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)
    model.eval()


def _target(example: Example, numbers: Mapping[str, int]) -> torch.Tensor:
    if example.scores is not None:
        return torch.from_numpy(example.scores[:LONGEST].astype(np.float32)).exp()
    tags = torch.tensor([numbers[t] for t in example.sentence.tags[:LONGEST]])
    return nn.functional.one_hot(tags, len(numbers)).float()


def tag(network: Network, sentences: Sequence[Tagged]) -> list[Tagged]:
    """Return the sentences with the network's tags."""
    found = network.tag([s.words for s in sentences])
    return [
        replace(s, tags=tuple(network.tags[k] for k in t.tags)) for s, t in zip(sentences, found, strict=True)
    ]
