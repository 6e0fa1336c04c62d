"""Train the tokenizer of the stanza engine: ``scripts/train_stanza.py CORPORA [--out FOLDER] [--on NAMES]``.

Trains stanza's character-level tokenizer and sentence splitter on the treebanks CSUI (train), GSD (dev) and
PUD of Indonesian, below ``CORPORA/ud``. Every tenth paragraph is held out to choose the best step; test parts
are never read. The seed is fixed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from treebanks import TRAINING, TreebankSentence, read

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models" / "stanza-tokenizer"
#: Sentences in a paragraph: pages have long runs, and a paragraph's end gives a boundary away.
PARAGRAPH = 12
HELD_OUT = 10
#: Options of stanza's own trainer that differ from its defaults.
OPTIONS = {
    "--max_seqlen": "500",
    "--steps": "2000",
    "--eval_steps": "100",
    "--report_steps": "500",
    "--anneal_after": "1000",
    "--max_steps_before_stop": "1000",
    "--batch_size": "32",
    "--dropout": "0.33",
    "--unit_dropout": "0.33",
    "--seed": "1234",
}


def _labels(sentence: TreebankSentence) -> str:
    """Return a digit a character: 0 inside a token, 1 at its end, 2 at the end of the sentence."""
    marks = ["0"] * len(sentence.text)
    for end in sentence.ends:
        marks[end - 1] = "1"
    marks[-1] = "2"
    return "".join(marks)


def write(folder: Path, part: str, paragraphs: Iterable[Sequence[TreebankSentence]]) -> tuple[Path, Path]:
    """Write a part's text and labels in the form that stanza's trainer reads."""
    texts, labels = [], []
    for paragraph in paragraphs:
        texts.append(" ".join(sentence.text for sentence in paragraph))
        labels.append("0".join(_labels(sentence) for sentence in paragraph))
    text, label = folder / f"{part}.txt", folder / f"{part}.labels"
    text.write_text("\n\n".join(texts) + "\n", "utf-8")
    label.write_text("\n\n".join(labels) + "\n", "utf-8")
    return text, label


def train(corpora: Path, out: Path, names: Sequence[str]) -> dict[str, object]:
    """Train, save ``tokenizer.pt``, ``resources.json`` and ``training.json`` into ``out``.

    Args:
        corpora: Folder that holds ``ud/``.
        out: Folder of the model; made if need be.
        names: Treebank parts to train on.

    Returns:
        What ``training.json`` records.
    """
    import stanza
    import torch
    from stanza.models import tokenizer

    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    parts: dict[str, list[list[TreebankSentence]]] = {"train": [], "held-out": []}
    sizes = {}
    for name in names:
        sentences = list(read(corpora, name))
        sizes[name] = len(sentences)
        for number, at in enumerate(range(0, len(sentences), PARAGRAPH)):
            part = "held-out" if number % HELD_OUT == HELD_OUT - 1 else "train"
            parts[part].append(sentences[at : at + PARAGRAPH])
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        text, label = write(Path(folder), "train", parts["train"])
        dev_text, dev_label = write(Path(folder), "held-out", parts["held-out"])
        expansions = Path(folder) / "expansions.json"
        expansions.write_text("[]", "utf-8")  # multi-word tokens are not told apart
        options = [word for pair in OPTIONS.items() for word in pair]
        tokenizer.main([
            *("--txt_file", str(text), "--label_file", str(label)),
            *("--dev_txt_file", str(dev_text), "--dev_label_file", str(dev_label)),
            *("--mwt_json_file", str(expansions)),
            *("--lang", "id", "--shorthand", "id_news", "--no_use_mwt", "--cpu"),
            *("--save_dir", str(out), "--save_name", str((out / "tokenizer.pt").resolve())),
            *options,
        ])  # fmt: skip
    forget_paths(out / "tokenizer.pt")
    record: dict[str, object] = {
        "treebanks": sizes,
        "sentences": {part: sum(map(len, paragraphs)) for part, paragraphs in parts.items()},
        "paragraph": PARAGRAPH,
        "options": OPTIONS,
        "versions": {
            "stanza": stanza.__version__,
            "torch": torch.__version__,
            "python": sys.version.split()[0],
        },
        "bytes": (out / "tokenizer.pt").stat().st_size,
    }
    # Without it stanza would look for a list of resources to download.
    (out / "resources.json").write_text("{}\n", "utf-8")
    (out / "training.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    print(f"trained in {time.monotonic() - started:.0f} s: {out}")
    return record


def forget_paths(model: Path) -> None:
    """Take the training machine's paths out of the model file; stanza saves all of its options there."""
    import torch

    saved = torch.load(model, weights_only=True)
    for option in saved["config"]:
        if option.endswith("_file") or option in {"save_dir", "save_name", "load_name"}:
            saved["config"][option] = None
    saved["config"]["save_name"] = model.name
    torch.save(saved, model, _use_new_zipfile_serialization=False)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path, help="folder that holds ud/")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--on", default=",".join(TRAINING), help="treebank parts, with commas between them")
    arguments = parser.parse_args()
    train(arguments.corpora, arguments.out, arguments.on.split(","))


if __name__ == "__main__":
    main()
