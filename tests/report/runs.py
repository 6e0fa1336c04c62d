"""Output folders of runs, made up: pages, awards and entities that a report is made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.run_report import PROJECT
from pipeline.tables.columns import TABLES
from pipeline.tables.writers import write_csv, write_jsonl

EVENTS = ("Anugerah Media Humas", "Anugerah Pelayanan Prima", "Lomba Inovasi Daerah", "Festival Desa Digital")
CATEGORIES = ("Media Sosial", "Siaran Pers", "Website", "Inovasi Layanan", "Majalah Internal")
RESULTS = (("Juara 1", "juara", 1), ("Terbaik II", "terbaik", 2), ("nominasi", "nominee", None))
PLACES = (
    ("Kota Malang", "35.73"),
    ("Kota Bandung", "32.73"),
    ("Kabupaten Sleman", "34.04"),
    ("Kota Ambon", "81.71"),
)
FILLER = (
    "Acara itu dihadiri perwakilan daerah dari seluruh Indonesia dan berlangsung meriah hingga malam hari. "
    "Panitia menilai kiriman peserta selama dua bulan sebelum para pemenang diumumkan kepada umum. "
)


def award(doc_id: str, text: str, number: int, **values: Any) -> dict[str, Any]:
    """Return a row of the awards table and its slots: each value that is a phrase of the text gets one."""
    row: dict[str, Any] = {column.name: "" if column.dtype == "text" else None for column in TABLES["awards"]}
    row |= {"doc_id": doc_id, "record_id": f"{number:012x}", "source": f"pages/{doc_id}.txt", "status": "won"}
    row |= {"timeframe": "current", "confidence": 0.8} | values
    row["recipient_name"] = row["recipient_name"] or row["recipient"]
    start = text.index(row["evidence"])
    row |= {"start": start, "end": start + len(row["evidence"])}
    slots = {}
    for name in ("recipient", "event", "year", "category", "result", "organiser", "place", "date"):
        phrase = str(row[name] or "")
        at = text.find(phrase, start) if phrase else -1
        if at >= 0:
            where = {"start": at, "end": at + len(phrase), "sentence": 0, "rule": "T01"}
            slots[name] = [{"value": phrase, "text": phrase, **where}]
    return row | {"slots": slots}


def write_run(
    folder: Path,
    awards: Sequence[Mapping[str, Any]],
    texts: Mapping[str, str],
    *,
    dropped: Mapping[str, Sequence[tuple[int, int, str]]] | None = None,
    entities: Sequence[tuple[str, int, int, str]] | None = (),
    articles: bool = True,
    failures: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Write what a run leaves behind, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "awards.csv", awards, TABLES["awards"])
    write_jsonl(
        folder / "awards.jsonl", [{k: None if v == "" else v for k, v in row.items()} for row in awards]
    )
    if articles:
        rows = []
        for doc_id, text in texts.items():
            grey = sorted((dropped or {}).get(doc_id, ()))
            cuts = [0, *(border for start, end, _ in grey for border in (start, end)), len(text)]
            body = [(a, b, "body") for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
            segments = [{"start": a, "end": b, "kind": kind} for a, b, kind in sorted([*body, *grey])]
            rows.append(
                {"doc_id": doc_id, "source": doc_id, "title": None, "text": text, "segments": segments}
            )
        write_jsonl(folder / "articles.jsonl", rows)
    if entities is not None:
        mentions = [
            {"doc_id": d, "sentence": 0, "start": a, "end": b, "label": label, "text": texts[d][a:b]}
            for d, a, b, label in entities
        ]
        write_csv(folder / "entities.csv", mentions, TABLES["entities"])
    reasons: dict[str, int] = {}
    for failure in failures:
        reasons[failure["reason"]] = reasons.get(failure["reason"], 0) + 1
    counts = {"read": len(texts) + len(failures), "kept": len(texts), "failed": len(failures)}
    report = {
        "project": PROJECT,
        "counts": counts | {"failed_by_reason": reasons},
        "failures": list(failures),
    }
    (folder / "run.json").write_text(json.dumps(report), "utf-8")
    return folder


def small_run(folder: Path, **options: Any) -> Path:
    """Write a run of two pages with three awards, one page of boilerplate and text beyond the basic plane."""
    first = (
        "BERANDA | LOGIN\n🏆 Pemerintah Kota Malang meraih Juara 1 kategori Media Sosial pada"
        " Anugerah Media Humas 2024.\nWali Kota Malang menerima nominasi kategori Website tahun 2023.\n"
        "Baca juga: cuaca hari ini"
    )
    second = "Kabupaten Sleman menyabet Terbaik II Lomba Inovasi Daerah 2025 di Ambon. " + FILLER
    evidence = "Pemerintah Kota Malang meraih Juara 1 kategori Media Sosial pada Anugerah Media Humas 2024."
    rows = [
        award("a", first, 1, recipient="Pemerintah Kota Malang", recipient_code="35.73", event=EVENTS[0],
              year=2024, event_abbr="AMH", category="Media Sosial", result="Juara 1",
              result_kind="juara", rank=1,
              evidence=evidence, confidence=0.9),
        award("a", first, 2, recipient="Wali Kota Malang", recipient_name="Pemerintah Kota Malang",
              year=2023, recipient_code="35.73", category="Website", result="nominasi", result_kind="nominee",
              status="nominated", timeframe="past", confidence=0.4,
              evidence="Wali Kota Malang menerima nominasi kategori Website tahun 2023."),
        award("b", second, 3, recipient="Kabupaten Sleman", recipient_code="34.04", event=EVENTS[2],
              year=2025, result="Terbaik II", result_kind="terbaik", rank=2, place="Ambon", source="https://contoh.id/b",
              evidence=second[:74].rstrip(), confidence=0.65),
    ]  # fmt: skip
    texts = {"a": first, "b": second}
    grey = {"a": [(0, 15, "nav"), (first.index("Baca juga"), len(first), "related")]}
    mentions = [
        ("a", 29, 40, "PLACE"),
        ("a", first.index("Wali Kota Malang"), first.index(" menerima"), "POSITION"),
    ]
    mentions.append(("b", second.index("Indonesia"), second.index("Indonesia") + 9, "PLACE"))
    return write_run(folder, rows, texts, **{"dropped": grey, "entities": mentions} | options)


def large_run(folder: Path, awards: int, per_page: int = 2, length: int = 3000) -> Path:
    """Write a run of many awards, each with words of its own, on pages of a length as news pages have it."""
    rows, texts, mentions = [], {}, []
    for page in range(awards // per_page):
        doc_id = f"portal-{page % 37:02d}/2024/10/berita-{page:05d}"
        told = []
        for inner in range(per_page):
            number = page * per_page + inner
            place, code = PLACES[number % len(PLACES)]
            result, kind, rank = RESULTS[number % 3]
            year = 2016 + number % 10
            event = f"{EVENTS[number % len(EVENTS)]} {number % 211}"
            category = f"{CATEGORIES[number % len(CATEGORIES)]} {number % 97}"
            recipient = f"Pemerintah {place} Unit {number}"
            told.append((recipient, code, result, kind, rank, year, event, category))
        sentences = [
            f"{who} meraih {result} kategori {category} pada {event} {year} di {PLACES[page % 4][0]}."
            for who, _, result, _, _, year, event, category in told
        ]
        filler = f"Berita {page} dari {doc_id}. " + FILLER * (length // len(FILLER))
        middle = len(filler) // 2
        text = f"{filler[:middle]}\n{' '.join(sentences)}\n{filler[middle:]}"[: length + 400]
        texts[doc_id] = text
        for inner, (who, code, result, kind, rank, year, event, category) in enumerate(told):
            number = page * per_page + inner
            status = "nominated" if kind == "nominee" else "won"
            rows.append(
                award(doc_id, text, number, recipient=who, recipient_code=code, event=event, year=year,
                      category=category, result=result, result_kind=kind, rank=rank, status=status,
                      recipient_type="city", place=PLACES[page % 4][0], title=f"Judul berita nomor {page}",
                      rules="W01 EV001 Y01 CAT01 RES01", evidence=sentences[inner],
                      confidence=round(0.3 + (number * 37 % 700) / 1000, 4))
            )  # fmt: skip
            start = text.index(who)
            mentions.append((doc_id, start, start + len(who), "AGENCY"))
        mentions += [
            (doc_id, at, at + 9, "PLACE") for at in range(len(text)) if text.startswith("Indonesia", at)
        ]
    rows.sort(key=lambda row: (row["doc_id"], row["start"]))
    return write_run(folder, rows, texts, entities=mentions)
