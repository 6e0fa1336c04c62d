"""The report as people meet it: opened from disk in headless Chromium."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pipeline.cli import main
from pipeline.report.assets import hues
from pipeline.report.highlight import Mark, cut
from tests.report.browser import chromium, require_chromium, skip_without_chromium
from tests.report.runs import award, large_run, small_run, write_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

skip_without_chromium()

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(require_chromium()) as started:
        yield started


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the small run, made once."""
    folder = small_run(tmp_path_factory.mktemp("small") / "run")
    assert main(["report", str(folder), "-q"]) == 0
    return folder / "report.html"


class Opened:
    """A page, with all that it asked for or complained about."""

    def __init__(self, page: Page, path: Path, anchor: str = "") -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri() + anchor)

    def names(self) -> list[str]:
        return self.page.locator("#rows th").all_inner_texts()

    def shown(self) -> str:
        return self.page.inner_text("#shown")


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """A function that opens a report, or that of a folder; whatever it asks from anywhere fails the test."""
    started: list[Opened] = []
    contexts = []

    def start(what: Path, anchor: str = "", viewport: Any = None, **options: Any) -> Opened:
        if what.is_dir():
            assert main(["report", str(what), "-q", "-o", str(tmp_path / "report.html")]) == 0
        path = tmp_path / "report.html" if what.is_dir() else what
        context = browser.new_context(viewport=viewport or DESKTOP, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        started.append(Opened(context.new_page(), path, anchor))
        return started[-1]

    yield start
    for one in started:
        assert not one.errors
        others = [url for url in one.requests if not url.startswith(("file:", "blob:"))]
        assert not others, "the report asks the network for something"
        assert len([url for url in one.requests if url.startswith("file:")]) == 1
    for context in contexts:
        context.close()


@pytest.fixture
def report(opened: Any, small: Path) -> Opened:
    return opened(small, "#awards")


def test_search_and_every_filter(report: Opened) -> None:
    page = report.page
    malang = "Pemerintah Kota Malang"
    assert report.names() == [malang, malang, "Kabupaten Sleman"]
    page.fill("#search", "inovasi daerah")
    assert report.names() == ["Kabupaten Sleman"]
    assert report.shown() == "1 dari 3 catatan"
    page.fill("#search", "MALANG website")  # each word, any case, any column
    assert report.names() == [malang]
    page.click("#reset")
    page.fill("#search", "kabupaten sleman")  # the region of a code
    assert report.names() == ["Kabupaten Sleman"]
    page.click("#reset")
    for name, label, found in (
        ("event", "Lomba Inovasi Daerah (1)", ["Kabupaten Sleman"]),
        ("event", "(tidak disebutkan) (1)", [malang]),
        ("year", "2024 (1)", [malang]),
        ("province", "Jawa Timur (2)", [malang, malang]),
        ("status", "nominasi (1)", [malang]),
        ("timeframe", "riwayat (1)", [malang]),
    ):
        page.select_option(f"#filter-{name}", label=label)
        assert report.names() == found, (name, label)
        page.click("#reset")
        assert len(report.names()) == 3
    page.fill("#from", "60")
    page.fill("#to", "90")
    assert report.names() == ["Kabupaten Sleman"]
    page.fill("#search", "tidak ada yang begini")
    assert page.locator("#none").is_visible()
    assert page.locator("#export").is_disabled()


def test_sorting_by_the_heads_of_the_columns(report: Opened) -> None:
    page = report.page
    years = page.locator("#rows tr td:nth-child(3)")
    head = page.get_by_role("columnheader", name="Tahun")
    head.get_by_role("button").click()
    assert years.all_inner_texts() == ["2023", "2024", "2025"]
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").press("Enter")
    assert years.all_inner_texts() == ["2025", "2024", "2023"]
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert years.all_inner_texts() == ["2024", "2023", "2025"]
    event = page.get_by_role("columnheader", name="Ajang").get_by_role("button")
    event.click()
    assert report.names()[-1] == "Pemerintah Kota Malang"  # what is not stated comes last
    event.click()
    assert page.locator("#rows tr td:nth-child(2)").all_inner_texts()[-1] == "–"


def test_the_evidence_is_one_click_away_and_every_offset_holds(report: Opened) -> None:
    page = report.page
    page.locator("#rows a").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=2)).to_have_text("Pemerintah Kota Malang")
    pieces = page.locator("#text .hl-evidence:not(.hl-tag)").all_inner_texts()
    assert "".join(pieces) == (  # the trophy before it takes two units of UTF-16 and one character
        "Pemerintah Kota Malang meraih Juara 1 kategori Media Sosial pada Anugerah Media Humas 2024."
    )
    slots = {
        element.get_attribute("data-slot"): element.inner_text()
        for element in page.locator("#text mark").all()
    }
    assert slots == {
        "recipient": "Pemerintah Kota Malang",
        "result": "Juara 1",
        "category": "Media Sosial",
        "event": "Anugerah Media Humas",
        "year": "2024",
    }
    grey = page.locator("#text .hl-dropped").all_inner_texts()
    assert [text.strip() for text in grey] == ["BERANDA | LOGIN", "Baca juga: cuaca hari ini"]
    assert page.locator("#text .hl-entity").all_inner_texts() == ["Wali Kota Malang"]
    assert "penerima" in page.locator(".hl-legend").first.inner_text()
    page.get_by_label("Tampilkan entitas lain").uncheck()
    assert page.locator("#text .hl-entity").count() == 0
    page.locator("dd button", has_text="Juara 1").click()
    assert page.locator("#text .flash").all_inner_texts() == ["Juara 1"]


def test_from_record_to_record_with_the_keyboard_alone(report: Opened) -> None:
    page = report.page
    page.locator("#rows a").first.focus()
    page.keyboard.press("Enter")
    title = page.locator("#record-title")
    expect(page.locator("#close")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("#record-000000000002$"))
    expect(page.locator("dialog .badge.past")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Kabupaten Sleman")
    expect(page.locator("#after")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#rows a").first).to_be_focused()
    page.go_back()  # to the record, as links do
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_record_has_an_address_and_its_page_a_link(opened: Any, small: Path) -> None:
    report = opened(small, "#record-000000000003")
    link = report.page.get_by_role("dialog").get_by_role("link")
    assert link.get_attribute("href") == "https://contoh.id/b"
    assert link.get_attribute("rel") == "noopener noreferrer"


def go(page: Page, anchor: str) -> None:
    """Go to a part of the page, and wait until it is there."""
    page.evaluate("anchor => { location.hash = anchor }", anchor)
    expect(page.locator("dialog" if "record" in anchor else anchor)).to_be_visible()


def download(report: Opened) -> str:
    with report.page.expect_download() as waiting:
        report.page.click("#export")
    assert waiting.value.suggested_filename == "awards-filtered.csv"
    return Path(waiting.value.path()).read_bytes().decode("utf-8-sig")


def test_the_export_is_awards_csv_to_the_byte(opened: Any, tmp_path: Path) -> None:
    text = '=HYPERLINK("http://contoh.invalid")\tmenang, "juara"\ndua baris. @sum -1 +2 Rp5'
    rows = [
        award("a", text, 1, recipient="=HYPERLINK(1)", category="@sum", result='kutip "dua", koma',
              work=" spasi", group="-1", giver="+62", evidence=text[:20],
              confidence=0.7, edition=3, year=2024),
        award("a", text, 2, recipient="Kota\nBaris", evidence="juara", confidence=1.0, work="＝1+1"),
        award("a", text, 3, recipient="Kota A", evidence="Rp5", confidence=0.1234),
    ]  # fmt: skip
    folder = write_run(tmp_path / "run", rows, {"a": text})
    report = opened(folder, "#awards")
    assert download(report) == (folder / "awards.csv").read_text("utf-8")
    assert "3 baris diunduh" in report.page.inner_text("#told")


def test_the_export_holds_the_filtered_rows_in_their_order(report: Opened) -> None:
    report.page.fill("#search", "malang")
    report.page.get_by_role("columnheader", name="Tahun").get_by_role("button").click()
    rows = list(csv.DictReader(io.StringIO(download(report))))
    assert [(row["recipient_name"], row["year"]) for row in rows] == [
        ("Pemerintah Kota Malang", "2023"),
        ("Pemerintah Kota Malang", "2024"),
    ]


def test_the_language_switches_everywhere(opened: Any, small: Path) -> None:
    report = opened(small)
    page = report.page
    assert page.evaluate("document.documentElement.lang") == "id"
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Award report"
    assert page.get_by_role("heading", name="Awards by year").is_visible()
    assert page.locator("svg text", has_text="nominee").count() == 1
    page.get_by_role("link", name="Awards", exact=True).click()
    expect(page.locator("#shown")).to_be_visible()
    assert report.shown() == "3 of 3 records"
    assert page.get_by_role("columnheader", name="Recipient").is_visible()
    assert page.locator("#filter-status option").all_inner_texts() == ["all", "nominated (1)", "won (2)"]
    page.locator("#rows a").first.click()
    expect(page.get_by_role("button", name="Close")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Indonesia").click()
    assert report.shown() == "3 dari 3 catatan"


def test_a_picture_leads_to_its_records(opened: Any, small: Path) -> None:
    report = opened(small)
    page = report.page
    figure = page.locator("figure", has_text="Penghargaan menurut provinsi")
    figure.locator("summary").click()
    figure.get_by_role("button", name="Yogyakarta").click()
    expect(page.locator("#awards")).to_be_visible()
    assert report.names() == ["Kabupaten Sleman"]


def test_doubtful_records_come_first(opened: Any, small: Path) -> None:
    report = opened(small, "#quality")
    page = report.page
    assert page.locator("#review-rows tr").count() == 1
    page.fill("#limit", "70")
    assert page.locator("#review-rows td:nth-child(2)").all_inner_texts() == ["40%", "65%"]
    page.click("#review-open")
    expect(page.locator("#awards")).to_be_visible()
    assert page.locator("#rows td:last-child").all_inner_texts() == ["40%", "65%"]


HOSTILE = (
    "<script>alert('teks')</script> </script><script>alert('akhir')</script>"
    " <img src=x onerror=alert('gambar')> <!-- <script> ]]> {{ 7 * 7 }} ${alert(1)} \u202eterbalik\u202c"
    " \u2028 &lt;b&gt; <svg onload=alert('svg')> <a href=\"javascript:alert('tautan')\">x</a>"
    " <iframe src='http://contoh.invalid'></iframe> \x00 \ud83d $x^2$"
)


def test_hostile_pages_do_not_run(opened: Any, tmp_path: Path) -> None:
    text = f"{HOSTILE} Kota A juara 1 Lomba B 2024. {HOSTILE}"
    words = {
        "category": HOSTILE,
        "event": HOSTILE,
        "result": HOSTILE,
        "recipient_name": HOSTILE,
        "title": HOSTILE,
    }
    rows = [
        award("a", text, 1, recipient="Kota A", evidence="Kota A juara 1 Lomba B 2024.", year=2024,
              group=HOSTILE, result_kind=HOSTILE, recipient_type=HOSTILE, rules=HOSTILE,
              giver=HOSTILE, **words),
        award("a", text, 2, recipient="Kota B", evidence=HOSTILE[:60], source="javascript:alert('sumber')"),
    ]  # fmt: skip
    folder = write_run(
        tmp_path / "run",
        rows,
        {"a": text},
        dropped={"a": [(0, len(HOSTILE), "nav")]},
        failures=[{"doc_id": HOSTILE, "source": HOSTILE, "reason": HOSTILE, "message": HOSTILE}],
    )
    report = opened(folder, "#awards")
    page = report.page
    assert len(report.names()) == 2
    assert "<script>alert('teks')</script>" in report.names()[0]
    for row in (0, 1):
        page.locator("#rows a").nth(row).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert "<img src=x onerror=alert('gambar')>" in page.inner_text("#text")
        assert page.locator("dialog").get_by_role("link").count() == 0
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="English").click()
    for name in ("Overview", "Quality"):
        page.get_by_role("link", name=name, exact=True).click()
    assert page.locator("main img, main iframe, dialog img, dialog iframe, svg script").count() == 0
    assert page.locator("script").count() == 2
    # opened() asserts that there was no alert, no complaint and no request


def test_the_policy_stops_what_would_run(opened: Any, small: Path) -> None:
    report = opened(small)
    refused = """() => {
        const element = document.createElement("script");
        try {
            element.textContent = "window.broken = 1";
            document.body.append(element);
        } catch (error) { return error.name; }
        return window.broken === undefined ? "silent" : "ran";
    }"""
    assert report.page.evaluate(refused) in ("TypeError", "silent")
    assert report.page.evaluate("() => window.broken") is None
    attempt = "() => fetch('http://127.0.0.1:9/').then(() => 'fetched', (error) => error.name)"
    assert report.page.evaluate(attempt) == "TypeError"
    assert any("Content Security Policy" in error for error in report.errors)
    report.errors.clear()
    report.requests[:] = [url for url in report.requests if "127.0.0.1" not in url]


def test_pieces_are_cut_as_python_cuts_them(report: Opened) -> None:
    choose = random.Random(7)  # noqa: S311 (examples, not secrets)
    names = {
        "slot": list(hues("slot")),
        "entity": list(hues("entity")),
        "dropped": ["nav", "ad"],
        "evidence": [""],
    }
    for _ in range(60):
        marks = []
        for _ in range(choose.randint(0, 9)):
            kind = choose.choice(list(names))
            start = choose.randint(0, 28)
            marks.append(Mark(start, start + choose.randint(1, 12), kind, choose.choice(names[kind])))  # type: ignore[arg-type]
        given = [{"start": m.start, "end": m.end, "kind": m.kind, "name": m.name} for m in marks]
        found = report.page.evaluate("marks => report.cut(marks, 2, 30)", given)
        assert found == json.loads(json.dumps([asdict(piece) for piece in cut(marks, 2, 30)]))


def test_without_texts_the_evidence_is_shown_and_the_way_to_more(opened: Any, tmp_path: Path) -> None:
    report = opened(small_run(tmp_path / "run", articles=False, entities=None), "#record-000000000001")
    page = report.page
    text = page.inner_text("#text")
    assert "Pemerintah Kota Malang" in text
    assert "BERANDA" not in text
    assert page.locator("#text mark").count() == 5
    assert "--tables awards,entities,articles" in page.inner_text("dialog")


def test_on_a_phone_nothing_is_wider_than_the_screen(opened: Any, small: Path) -> None:
    report = opened(small, viewport=PHONE)
    page = report.page
    for anchor in ("#overview", "#awards", "#quality", "#record-000000000001"):
        go(page, anchor)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), anchor
    go(page, "#awards")
    page.select_option("#sort", label="Tahun, turun")
    assert report.names()[0] == "Kabupaten Sleman"


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_that_shuts_people_out(opened: Any, small: Path, viewport: Any) -> None:
    # the policy would stop axe's own script
    page = opened(small, viewport=viewport, bypass_csp=True).page
    for anchor in ("#overview", "#awards", "#quality", "#record-000000000001"):
        go(page, anchor)
        if anchor == "#overview":
            for summary in page.locator("summary:visible").all():
                summary.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


# Ratio of luminances (WCAG 2.1, 1.4.3) between the text of an element and what is behind it.
CONTRAST = """elements => elements.filter((e) => e.checkVisibility() && e.textContent.trim()).map((element) =>
{
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data;
    };
    const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] / 255 + under[i] * (1 - top[3] / 255));
    const light = (colour) => {
        const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        const [r, g, b] = colour.map((c) => linear(c / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const parents = [];
    for (let e = element; e; e = e.parentElement) parents.unshift(e);
    let behind = [255, 255, 255];
    for (const e of parents) behind = over(rgba(getComputedStyle(e).backgroundColor), behind);
    const text = over(rgba(getComputedStyle(element).color), behind);
    const [a, b] = [light(text), light(behind)].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), element.className + ": " + element.textContent.slice(0, 40)];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(opened: Any, small: Path, scheme: str) -> None:
    report = opened(small, color_scheme=scheme)
    page = report.page
    texts = "h1, h2, h3, p, a, button:not(:disabled), label, summary, th, td, dt, dd, mark, small"
    texts += ", .badge, .muted, #text span"
    for anchor in ("#overview", "#awards", "#quality", "#record-000000000001"):
        go(page, anchor)
        scope = "dialog" if "record" in anchor else f"header, {anchor}"
        elements = page.locator(scope).locator(texts)
        ratios = elements.evaluate_all(CONTRAST)
        assert len(ratios) > 5
        assert [pair for pair in ratios if pair[0] < 4.5] == [], anchor


# What the browser may take for 5,000 awards: the size and the limits are those the project promises.
LARGE = 5_000
MEGABYTES, PAINT_MS, FILTER_MS = 5.0, 1_000, 100

FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver(
    (list) => done(list.getEntries().at(-1).startTime)).observe({ type: "paint", buffered: true }))"""
TIME_OF = """change => {
    const start = performance.now();
    report.update(change);
    document.body.offsetHeight;  // with the layout that it takes to show it
    return performance.now() - start;
}"""


@pytest.mark.slow
def test_five_thousand_awards_stay_quick(opened: Any, tmp_path: Path, record_property: Any) -> None:
    report = opened(large_run(tmp_path / "run", LARGE))
    page = report.page
    size = (tmp_path / "report.html").stat().st_size / 1e6
    paints, searches = [], []
    for _ in range(3):  # the machine may be busy with other things: the best of three counts
        page.goto(page.url.split("#")[0])
        paints.append(page.evaluate(FIRST_PAINT))
        go(page, "#awards")
        assert report.shown() == "5.000 dari 5.000 catatan"
        searches.append(page.evaluate(TIME_OF, {"q": "juara"}))  # builds the index of words
    first = min(searches)
    report.requests[:] = report.requests[:1]
    changes = (
        {"q": "unit 77 malang"},
        {"q": "", "year": "=2024"},
        {"status": "=won"},
        {"sort": "-recipient"},
    )
    filters = [min(page.evaluate(TIME_OF, change) for _ in range(3)) for change in changes]
    assert 0 < page.evaluate("report.count()") < LARGE
    record_property("report", {"MB": size, "paint": paints, "first search": first, "filters": filters})
    times = ", ".join(f"{ms:.0f}" for ms in [first, *filters])
    print(f"\n{LARGE} awards: {size:.2f} MB, first paint {min(paints):.0f} ms, filters {times} ms")  # noqa: T201
    assert size < MEGABYTES
    assert min(paints) < PAINT_MS
    page.locator("#rows a").first.click()
    assert "Teks dipotong di sekitar bukti" in page.inner_text("dialog")
    assert page.locator("#text .gap").count() >= 2
    assert page.locator("#text mark").count() >= 4
    assert first < FILTER_MS
    assert max(filters) < FILTER_MS
