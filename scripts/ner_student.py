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
    """Rows of each feature's table; width of tables, word vector and each side of the LSTM."""

    rows: tuple[int, ...] = (16000, 1500, 4000, 4000, 1500, 1500)
    table: int = 64
    width: int = 128
    hidden: int = 128


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to learn from; by label scheme gold tags or a teacher's log-probabilities (words, tags)."""

    sentence: Tagged
    targets: Mapping[str, np.ndarray | Sequence[str]]


def gold_example(sentence: Tagged, scheme: str) -> Example:
    """Return an example that teaches the sentence's own tags."""
    return Example(sentence, {scheme: sentence.tags})


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

    @classmethod
    def of(cls, network: Network) -> Student:
        """Return a student that has a network's weights, to train it further."""
        weights = {name: torch.from_numpy(w.copy()) for name, w in network.weights.items()}
        tables = [weights[f"table.{i}"] for i in range(len(FEATURES))]
        size = Size(
            tuple(len(t) for t in tables),
            tables[0].shape[1],
            weights["mix.bias"].shape[0] // 2,
            weights["forward.state"].shape[0],
        )
        schemes = {s: list(dict.fromkeys(t[2:] for t in tags[1:])) for s, tags in network.tags.items()}
        model = cls(size, schemes)
        h = size.hidden
        order = [*range(2 * h), *range(3 * h, 4 * h), *range(2 * h, 3 * h)]
        state = {f"tables.{i}.weight": t for i, t in enumerate(tables)}
        state |= {"mix.weight": weights["mix.weight"].T, "mix.bias": weights["mix.bias"]}
        for name, end in (("forward", ""), ("backward", "_reverse")):
            state[f"lstm.weight_ih_l0{end}"] = weights[f"{name}.input"].T[order]
            state[f"lstm.weight_hh_l0{end}"] = weights[f"{name}.state"].T[order]
            state[f"lstm.bias_ih_l0{end}"] = weights[f"{name}.bias"][order]
            state[f"lstm.bias_hh_l0{end}"] = torch.zeros(4 * h)
        for scheme in schemes:
            state[f"heads.{scheme}.weight"] = weights[f"head.{scheme}.weight"].T
            state[f"heads.{scheme}.bias"] = weights[f"head.{scheme}.bias"]
        model.load_state_dict(state)
        return model.eval()

    def rows(self, word: str) -> list[list[int]]:
        """Return the table rows of a word."""
        found = self._rows.get(word)
        if found is None:
            found = self._rows[word] = word_rows(word, self.size.rows)
        return found

    def forward(self, sentences: Sequence[Sequence[str]]) -> torch.Tensor:
        """Return the hidden vectors (batch, longest, 2 x hidden)."""
        lengths = [min(len(s), LONGEST) for s in sentences]
        index = torch.tensor(
            [self.rows(w) for s in sentences for w in s[:LONGEST]]
        )  # words, features, probes
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

    def export(self) -> Network:
        """Return the network as the pipeline runs it."""
        h = self.size.hidden
        order = [
            *range(2 * h),
            *range(3 * h, 4 * h),
            *range(2 * h, 3 * h),
        ]  # torch: input, forget, cell, output
        weights = {f"table.{i}": t.weight for i, t in enumerate(self.tables)}
        weights |= {"mix.weight": self.mix.weight.T, "mix.bias": self.mix.bias}
        for name, end in (("forward", ""), ("backward", "_reverse")):
            weights[f"{name}.input"] = getattr(self.lstm, f"weight_ih_l0{end}")[order].T
            weights[f"{name}.state"] = getattr(self.lstm, f"weight_hh_l0{end}")[order].T
            bias = getattr(self.lstm, f"bias_ih_l0{end}") + getattr(self.lstm, f"bias_hh_l0{end}")
            weights[f"{name}.bias"] = bias[order]
        for scheme, head in self.heads.items():
            weights |= {f"head.{scheme}.weight": head.weight.T, f"head.{scheme}.bias": head.bias}
        return Network(self.tags, {k: w.detach().numpy() for k, w in weights.items()})


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
    rng = random.Random(seed)  # noqa: S311 (an order, no secret)
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
            rows = [k for k, i in enumerate(batch) if scheme in examples[i].targets]
            if not rows:
                continue
            flat = torch.cat([hidden[k, : lengths[batch[k]]] for k in rows])
            logits = model.heads[scheme](flat).log_softmax(-1)
            target = torch.cat([_target(examples[batch[k]].targets[scheme], numbers[scheme]) for k in rows])
            losses.append(-(target * logits).sum())
        loss = torch.stack(losses).sum() / sum(lengths[i] for i in batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        if report and step % report == 0:
            print(f"step {step}/{total} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)
    model.eval()


def _target(target: np.ndarray | Sequence[str], numbers: Mapping[str, int]) -> torch.Tensor:
    if isinstance(target, np.ndarray):
        return torch.from_numpy(target[:LONGEST].astype(np.float32)).exp()
    tags = torch.tensor([numbers[t] for t in target[:LONGEST]])
    return nn.functional.one_hot(tags, len(numbers)).float()


def tag(network: Network, sentences: Sequence[Tagged], scheme: str) -> list[Tagged]:
    """Return the sentences with the network's tags."""
    found = network.tag([s.words for s in sentences], scheme)
    names = network.tags[scheme]
    return [replace(s, tags=tuple(names[k] for k in t.tags)) for s, t in zip(sentences, found, strict=True)]
