"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PER_PAGE = 50;
  const REVIEWED = 10;
  const byId = (id) => document.getElementById(id);
  let lang = document.documentElement.lang;

  // ---- words and numbers ----
  const number = (value, digits = 0) =>
    value.toLocaleString(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const say = (key, values = {}) =>
    data.strings[lang][key].replace(/\{(\w+)\}/g, (all, name) =>
      name in values ? (typeof values[name] === "number" ? number(values[name]) : values[name]) : all);
  const saidValue = (value) => (data.strings[lang]["value." + value] ? say("value." + value) : value);

  /** Makes an element; text goes in as text, never as HTML. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }
  function makeSvg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // ---- the table's values ----
  const decode = (column) => column.v || column.i.map((index) => column.d[index]);
  const names = Object.keys(data.columns);
  const values = Object.fromEntries(names.map((name) => [name, decode(data.columns[name])]));
  values.province = decode(data.province);
  values.region = decode(data.region);
  const total = data.page.length;
  const rows = Array.from({ length: total }, (_, row) => row);
  for (const row of rows) if (values.evidence[row] === null) values.evidence[row] = textAt(data.pages[data.page[row]], data.marks[row][0], data.marks[row][1]);
  const recipientOf = (row) => values.recipient_name[row] || values.recipient[row];
  const percentOf = (row) => (values.confidence[row] === null ? -1 : Math.round(values.confidence[row] * 10000) / 100);

  function textAt(page, start, length) {
    for (let i = 0; i < page.p.length; i += 2) {
      const text = data.texts[page.p[i + 1]];
      const inside = start - page.p[i];
      if (inside >= 0 && inside + length <= text.length) return text.slice(inside, inside + length);
    }
    return "";
  }

  // ---- filter and sort ----
  const state = { q: "", event: "", year: "", province: "", status: "", timeframe: "", from: 0, to: 100, sort: "", page: 0 };
  const FACETS = ["event", "year", "province", "status", "timeframe"];
  const SORTABLE = ["recipient", "event", "year", "category", "result", "province", "status", "confidence"];
  let shown = rows;
  let haystacks = null;

  function search(row) {
    if (!haystacks) {
      const fields = [...data.searched, "region"];
      haystacks = rows.map((r) => fields.map((f) => values[f][r] ?? "").join("\n").toLocaleLowerCase("id")
        + "\n" + (data.provinces[values.province[r]] || "").toLocaleLowerCase("id"));
    }
    return haystacks[row];
  }
  // An option's value: empty for all, "=" and the value for one, "=" alone for records that do not state it.
  const matches = (facet, row) => state[facet] === "" || "=" + (values[facet][row] ?? "") === state[facet];

  function select() {
    const words = state.q.toLocaleLowerCase("id").split(/\s+/).filter(Boolean);
    const facets = FACETS.filter((facet) => state[facet] !== "");
    const confident = (row) => percentOf(row) >= state.from && (state.to >= 100 || percentOf(row) < state.to);
    shown = rows.filter((row) =>
      facets.every((facet) => matches(facet, row)) && (state.from <= 0 && state.to >= 100 || confident(row))
      && words.every((word) => search(row).includes(word)));
    if (state.sort) sortRows(shown, state.sort.slice(1), state.sort[0] === "-" ? -1 : 1);
  }

  const orders = {};
  /** Gives every row its place among the column's different values; what is not stated comes last. */
  function order(name) {
    if (!orders[name]) {
      const key = {
        recipient: recipientOf, province: (row) => data.provinces[values.province[row]] || "",
        result: (row) => values.result[row], confidence: (row) => values.confidence[row],
      }[name] || ((row) => values[name][row]);
      const compare = new Intl.Collator("id", { numeric: true, sensitivity: "base" }).compare;
      const different = [...new Set(rows.map(key))].filter((value) => value !== "" && value !== null);
      different.sort(typeof different[0] === "number" ? (a, b) => a - b : compare);
      const places = new Map(different.map((value, place) => [value, place]));
      orders[name] = rows.map((row) => places.get(key(row)) ?? -1);
    }
    return orders[name];
  }
  function sortRows(list, name, direction) {
    const place = order(name);
    list.sort((a, b) => (place[a] < 0) - (place[b] < 0) || direction * (place[a] - place[b]) || a - b);
  }

  // ---- the table ----
  const missing = () => make("span", { class: "muted" }, "–");
  function statusCell(row) {
    const cell = [make("span", { class: "badge " + (values.status[row] === "nominated" ? "nominated" : "won") }, saidValue(values.status[row]))];
    if (values.timeframe[row] === "past") cell.push(" ", make("span", { class: "badge past" }, saidValue("past")));
    return cell;
  }
  function confidenceCell(row) {
    const percent = percentOf(row);
    if (percent < 0) return [];
    const meter = makeSvg("svg", { class: percent < data.limit ? "meter low" : "meter", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
      makeSvg("rect", { width: percent, height: 6 }));
    return [number(percent) + "%", meter];
  }
  const stack = (first, second) => [first || "", ...(second ? [make("div", { class: "muted small" }, second)] : [])];
  const CELLS = {
    event: (row) => stack(values.event[row], values.event_abbr[row] && !values.event[row].includes(values.event_abbr[row]) ? values.event_abbr[row] : ""),
    year: (row) => [String(values.year[row] ?? "")],
    category: (row) => stack(values.category[row], values.group[row]),
    result: (row) => [values.result[row]],
    province: (row) => stack(data.provinces[values.province[row]], values.region[row]),
    status: statusCell,
    confidence: confidenceCell,
  };
  function rowElement(row, columns) {
    const link = make("a", { href: "#record-" + values.record_id[row] }, recipientOf(row) || say("table.unknown"));
    const element = make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, link));
    for (const name of columns) {
      const content = CELLS[name](row).filter((part) => part !== "");
      const cell = make("div", {}, ...(content.length ? content : [missing()]));
      element.append(make("td", { role: "cell", "data-label": say("column." + name), class: content.length ? null : "unstated" }, cell));
    }
    return element;
  }
  const columns = SORTABLE.slice(1);

  function renderTable() {
    const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    state.page = Math.min(state.page, pages - 1);
    const part = shown.slice(state.page * PER_PAGE, (state.page + 1) * PER_PAGE);
    byId("rows").replaceChildren(...part.map((row) => rowElement(row, columns)));
    byId("none").hidden = shown.length > 0;
    byId("shown").textContent = say("table.shown", { n: shown.length, total });
    byId("export").textContent = say("export", { n: shown.length });
    byId("export").disabled = shown.length === 0;
    byId("pager").hidden = pages < 2;
    byId("where").textContent = say("table.page", { page: state.page + 1, pages });
    byId("previous").disabled = state.page === 0;
    byId("next").disabled = state.page === pages - 1;
    for (const head of document.querySelectorAll("#table thead th")) {
      const name = head.dataset.column;
      if (state.sort.slice(1) === name) head.setAttribute("aria-sort", state.sort[0] === "-" ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    byId("sort").value = state.sort;
  }
  function update(change) {
    Object.assign(state, { page: 0 }, change);
    select();
    renderTable();
  }
  function showFilters() {
    for (const facet of FACETS) byId("filter-" + facet).value = state[facet];
    byId("search").value = state.q;
    byId("from").value = state.from;
    byId("to").value = state.to;
  }
  const NOTHING = { q: "", event: "", year: "", province: "", status: "", timeframe: "", from: 0, to: 100 };

  function fillFilters() {
    for (const facet of FACETS) {
      const counts = new Map();
      for (const row of rows) counts.set(values[facet][row] ?? "", (counts.get(values[facet][row] ?? "") || 0) + 1);
      const label = (value) => (facet === "province" ? data.provinces[value] : facet === "status" || facet === "timeframe" ? saidValue(value) : String(value));
      const known = [...counts.keys()].filter((value) => value !== "");
      const collator = new Intl.Collator(lang, { numeric: true });
      known.sort((a, b) => (facet === "year" ? b - a : collator.compare(label(a), label(b))));
      const option = (value, text) => make("option", { value }, text);
      const options = [option("", say("filter.all")), ...known.map((value) => option("=" + value, `${label(value)} (${number(counts.get(value))})`))];
      if (counts.has("")) options.push(option("=", `${say("filter.missing")} (${number(counts.get(""))})`));
      byId("filter-" + facet).replaceChildren(...options);
    }
    const sorts = [make("option", { value: "" }, say("filter.order.file"))];
    for (const name of SORTABLE) {
      sorts.push(make("option", { value: "+" + name }, say("filter.ascending", { name: say("column." + name) })));
      sorts.push(make("option", { value: "-" + name }, say("filter.descending", { name: say("column." + name) })));
    }
    byId("sort").replaceChildren(...sorts);
    showFilters();
  }

  // ---- export: the columns and quoting of awards.csv ----
  function csvCell(name, row) {
    const value = values[name][row];
    if (value === null || value === "") return "";
    if (data.types[name] === "number") return value.toFixed(4).replace(/\.?0+$/, "");
    if (data.types[name] === "integer") return String(value);
    const text = data.formula.some((start) => value.startsWith(start)) ? "'" + value : value;
    return /[",\r\n]|^ | $/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  }
  function download() {
    const lines = [names.join(","), ...shown.map((row) => names.map((name) => csvCell(name, row)).join(","))];
    // the mark tells spreadsheets that it is UTF-8
    const file = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\n") + "\n"], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: file, download: "awards-filtered.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 10000);
    byId("told").textContent = say("export.done", { n: shown.length, file: link.download });
  }

  // ---- highlighted text: the rules of pipeline/report/highlight.py ----
  const touches = (a, b) => a.start < b.end && b.start < a.end;
  function cut(marks, start, end) {
    let inside = marks.filter((m) => touches(m, { start, end }));
    const slots = inside.filter((m) => m.kind === "slot");
    inside = inside.filter((m) => m.kind !== "entity" || !slots.some((slot) => touches(slot, m)));
    const borders = [...new Set([start, end, ...inside.flatMap((m) => [m.start, m.end]).filter((b) => start < b && b < end)])].sort((a, b) => a - b);
    const innermost = (list) => list.reduce((best, m) => (best && best.end - best.start <= m.end - m.start ? best : m), null);
    const waiting = inside.slice().sort((a, b) => a.start - b.start);
    let next = 0;
    let here = [];
    return borders.slice(1).map((right, number) => {
      const left = borders[number];
      here = here.filter((m) => m.end > left);
      while (next < waiting.length && waiting[next].start <= left) here.push(waiting[next++]);
      const of = (kind) => innermost(here.filter((m) => m.kind === kind));
      const piece = { start: left, end: right, dropped: "", evidence: of("evidence") !== null, entity: "", slot: "", tags: [] };
      for (const kind of ["dropped", "entity", "slot"]) piece[kind] = of(kind) ? of(kind).name : "";
      for (const m of here) if (m.end === right && (m.kind === "entity" || m.kind === "slot")) piece.tags.push([m.kind, m.name]);
      return piece;
    });
  }
  const flatMarks = (flat, kind, list, from = 0) => {
    const marks = [];
    for (let i = from; i < (flat || []).length; i += 3) marks.push({ kind, name: list[flat[i]], start: flat[i + 1], end: flat[i + 1] + flat[i + 2] });
    return marks;
  };
  const slotNames = Object.keys(data.slots);
  const entityNames = Object.keys(data.entities);
  function marksOf(row) {
    const page = data.pages[data.page[row]];
    const own = data.marks[row];
    return [
      ...flatMarks(page.g, "dropped", page.k || []),
      ...flatMarks(page.e, "entity", entityNames),
      ...(own.length ? [{ kind: "evidence", name: "", start: own[0], end: own[0] + own[1] }] : []),
      ...flatMarks(own, "slot", slotNames, 2),
    ];
  }
  function pieceElements(piece, text) {
    const kind = piece.slot ? "slot" : piece.entity ? "entity" : "";
    const classes = [piece.dropped && "hl-dropped", piece.evidence && "hl-evidence", kind && "hl-" + kind,
      kind && "hue-" + (kind === "slot" ? data.slots[piece.slot] : data.entities[piece.entity])].filter(Boolean);
    const element = make(piece.slot ? "mark" : "span", {
      class: classes.join(" ") || null, "data-slot": piece.slot || null, title: piece.dropped ? say("kind." + piece.dropped) : null,
    }, text);
    const tags = piece.tags.map(([of, name]) => make("small", {
      class: `hl-tag hl-tag-${of} hue-${of === "slot" ? data.slots[name] : data.entities[name]}${piece.evidence ? " hl-evidence" : ""}`,
    }, say(`${of}.${name}`)));
    return [element, ...tags];
  }
  const gap = () => make("span", { class: "gap" }, say("evidence.gap"));
  function textElement(row, withEntities) {
    const page = data.pages[data.page[row]];
    const marks = marksOf(row).filter((m) => withEntities || m.kind !== "entity");
    const element = make("div", { class: "hl-text", id: "text" });
    for (let i = 0; i < page.p.length; i += 2) {
      const start = page.p[i];
      const text = data.texts[page.p[i + 1]];
      if (!page.w && (i > 0 || start > 0)) element.append(gap());
      for (const piece of cut(marks, start, start + text.length)) {
        element.append(...pieceElements(piece, text.slice(piece.start - start, piece.end - start)));
      }
    }
    if (!page.w) element.append(gap());
    return element;
  }
  function legend(row, withEntities) {
    const swatch = (classes) => make("i", { class: "hl-swatch " + classes, "aria-hidden": "true" });
    const marks = marksOf(row);
    const present = (kind, list) => list.filter((name) => marks.some((m) => m.kind === kind && m.name === name));
    const list = (...items) => make("ul", { class: "hl-legend" }, ...items);
    const group = (key) => make("li", {}, make("b", {}, say(key)));
    const slots = present("slot", slotNames).map((name) => make("li", {}, swatch("hl-swatch-slot hue-" + data.slots[name]), say("slot." + name)));
    const entities = (withEntities ? present("entity", entityNames) : []).map((name) => make("li", {}, swatch("hl-swatch-entity hue-" + data.entities[name]), say("entity." + name)));
    const lists = [list(group("evidence.legend.group.slots"), make("li", {}, swatch("hl-swatch-evidence"), say("evidence.legend.evidence")), ...slots)];
    if (entities.length) lists.push(list(group("evidence.legend.group.entities"), ...entities));
    if (marks.some((m) => m.kind === "dropped")) lists.push(list(make("li", {}, make("span", { class: "hl-dropped" }, say("evidence.legend.dropped")))));
    return make("div", { role: "group", "aria-label": say("evidence.legend") }, ...lists);
  }

  // ---- a record with its evidence ----
  const dialog = byId("record");
  let list = rows;
  let withEntities = true;
  const HIDDEN = new Set(["evidence", "start", "end", "rules", "recipient_name", "title", "source", "doc_id", "record_id", "published"]);

  function jump(name) {
    const selector = name ? `[data-slot="${name}"]` : ".hl-evidence";
    const target = byId("text").querySelector(selector);
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    for (const old of byId("text").querySelectorAll(".flash")) old.classList.remove("flash");
    if (name) for (const element of byId("text").querySelectorAll(selector)) element.classList.add("flash");
  }
  function slotList(row) {
    const placed = new Set(marksOf(row).filter((m) => m.kind === "slot").map((m) => m.name));
    const element = make("dl");
    for (const name of names) {
      const value = values[name][row];
      if (HIDDEN.has(name) || value === null || value === "") continue;
      const text = name === "confidence" ? number(percentOf(row)) + "%" : data.types[name] === "choice" ? saidValue(value) : String(value);
      const content = placed.has(name) ? make("button", { type: "button", class: "hue-" + data.slots[name], "data-jump": name }, text) : text;
      element.append(make("dt", {}, say("slot." + name)), make("dd", {}, content));
      if (name === "recipient" && values.recipient_name[row] && values.recipient_name[row] !== value) {
        element.append(make("dt", {}, say("slot.recipient_name")), make("dd", {}, values.recipient_name[row]));
      }
    }
    return element;
  }
  function pageFacts(row) {
    const facts = make("dl");
    for (const name of ["title", "published", "doc_id", "source", "record_id"]) {
      const value = values[name][row];
      if (!value) continue;
      const link = name === "source" && /^https?:\/\//i.test(value)
        ? make("a", { href: value, rel: "noopener noreferrer", target: "_blank", title: say("evidence.source.note") }, value) : value;
      facts.append(make("dt", {}, say("slot." + name)), make("dd", {}, link));
    }
    if (values.start[row] !== null) facts.append(make("dt", {}, say("evidence.title")), make("dd", {}, say("evidence.offsets", { start: String(values.start[row]), end: String(values.end[row]) })));
    return facts;
  }
  function textNotes(row) {
    const page = data.pages[data.page[row]];
    const notes = [];
    if (!data.marks[row].length) notes.push(say("evidence.missing"));
    else if (data.context === -1) notes.push(say("evidence.none"));
    else if (page.w) notes.push(say("evidence.whole"));
    else notes.push(say("evidence.window", { size: data.size }));
    if (data.context !== -1 && !page.e) notes.push(say("evidence.noentities"));
    return notes.map((note) => make("p", { class: "muted small" }, note));
  }
  function renderRecord(row) {
    const place = list.indexOf(row);
    const step = (by, id, key) => {
      const other = list[place + by];
      return make("button", { type: "button", id, "aria-label": say(key), "data-open": other === undefined ? null : values.record_id[other], disabled: place < 0 || other === undefined }, by < 0 ? "←" : "→");
    };
    const what = [values.result[row], values.category[row], values.group[row], values.event[row], values.year[row]].filter((part) => part !== null && part !== "").join(" · ");
    const toggle = make("input", { type: "checkbox", id: "entities" });
    toggle.checked = withEntities;
    toggle.addEventListener("change", () => { withEntities = toggle.checked; renderRecord(row); byId("entities").focus(); });
    const hasEntities = marksOf(row).some((m) => m.kind === "entity");
    const text = make("section", { class: "pane", tabindex: "0", "aria-label": say("evidence.text") },
      legend(row, withEntities),
      ...(hasEntities ? [make("label", { class: "small" }, toggle, " ", say("evidence.entities"))] : []),
      data.marks[row].length ? textElement(row, withEntities) : make("blockquote", { class: "hl-text", id: "text" }, make("span", { class: "hl-evidence" }, values.evidence[row])),
      ...textNotes(row));
    const rules = values.rules[row] ? [make("details", {}, make("summary", {}, say("evidence.rules")), make("code", {}, values.rules[row]))] : [];
    const facts = make("section", { class: "pane", tabindex: "0", "aria-label": say("evidence.slots") },
      make("h3", {}, say("evidence.slots")), slotList(row), make("h3", { class: "muted" }, make("br"), say("pages.heading")), pageFacts(row), ...rules);
    dialog.replaceChildren(make("div", { class: "record" },
      make("header", {},
        make("div", {}, make("h2", { id: "record-title" }, recipientOf(row) || say("table.unknown")), make("p", {}, what), make("p", { class: "small" }, ...statusCell(row))),
        make("div", { class: "actions" },
          ...(place < 0 ? [] : [make("span", { class: "muted small" }, say("evidence.position", { n: place + 1, total: list.length }))]),
          step(-1, "before", "evidence.previous"), step(1, "after", "evidence.next"),
          make("button", { type: "button", id: "close", class: "primary" }, say("evidence.close")))),
      make("div", { class: "panes" }, text, facts)));
    jump("");
  }
  let opened = -1;
  const rowOf = new Map(rows.map((row) => [values.record_id[row], row]));
  function openRecord(id) {
    const row = rowOf.get(id);
    if (row === undefined) return false;
    const before = document.activeElement && document.activeElement.id;
    opened = row;
    if (!list.includes(row)) list = rows;
    if (!dialog.open) dialog.showModal();
    renderRecord(row);
    const again = ["before", "after"].includes(before) && byId(before);
    (again && !again.disabled ? again : byId("close")).focus();
    jump("");
    return true;
  }
  dialog.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (event.target === dialog || (target && target.id === "close")) leave();
    else if (target && target.dataset.open) location.replace("#record-" + target.dataset.open);
    else if (target && target.dataset.jump) jump(target.dataset.jump);
  });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); leave(); });
  dialog.addEventListener("keydown", (event) => {
    if (event.target.closest("input") || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = { ArrowLeft: "before", ArrowRight: "after" }[event.key];
    if (id && !byId(id).disabled) byId(id).click();
  });
  function leave() {
    location.hash = "#" + section;
  }

  // ---- parts of the page ----
  let section = "overview";
  function route() {
    const hash = location.hash.slice(1);
    if (hash.startsWith("record-") && openRecord(hash.slice(7))) {
      if (section === "overview") section = "awards";
    } else {
      if (["overview", "awards", "quality"].includes(hash)) section = hash;
      if (dialog.open) dialog.close();
      opened = -1;
    }
    for (const part of document.querySelectorAll("main > section")) part.hidden = part.id !== section;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.hash === "#" + section) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  // ---- records to review ----
  const review = () => rows.filter((row) => percentOf(row) >= 0 && percentOf(row) < data.limit);
  let doubtful = [];
  function renderReview() {
    doubtful = review();
    sortRows(doubtful, "confidence", 1);
    byId("review-rows").replaceChildren(...doubtful.slice(0, REVIEWED).map((row) => rowElement(row, ["confidence", "result", "event", "year"])));
    byId("review-count").textContent = say("review.count", { n: doubtful.length });
    byId("review-table").hidden = doubtful.length === 0;
  }

  // ---- language ----
  function translate(to) {
    lang = to;
    document.documentElement.lang = to;
    document.title = say("title");
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t, JSON.parse(element.dataset.a || "{}"));
    for (const element of document.querySelectorAll("[data-n]")) element.textContent = number(Number(element.dataset.n), Number(element.dataset.digits || 0));
    for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", say(element.dataset.tLabel, JSON.parse(element.dataset.a || "{}")));
    for (const element of document.querySelectorAll("[data-t-hint]")) element.setAttribute("placeholder", say(element.dataset.tHint));
    for (const button of document.querySelectorAll(".languages button")) button.setAttribute("aria-pressed", String(button.lang === to));
    fillFilters();
    renderTable();
    renderReview();
    if (dialog.open && opened >= 0) renderRecord(opened);
  }

  // ---- events ----
  byId("search").addEventListener("input", (event) => update({ q: event.target.value }));
  for (const facet of FACETS) byId("filter-" + facet).addEventListener("change", (event) => update({ [facet]: event.target.value }));
  const percent = (input, otherwise) => (input.value === "" ? otherwise : Math.min(100, Math.max(0, Number(input.value))));
  byId("from").addEventListener("input", (event) => update({ from: percent(event.target, 0) }));
  byId("to").addEventListener("input", (event) => update({ to: percent(event.target, 100) }));
  byId("sort").addEventListener("change", (event) => update({ sort: event.target.value }));
  byId("reset").addEventListener("click", () => { update({ ...NOTHING }); showFilters(); });
  byId("export").addEventListener("click", download);
  for (const [id, by] of [["previous", -1], ["next", 1]]) {
    byId(id).addEventListener("click", () => { state.page += by; renderTable(); byId("table").scrollIntoView(); });
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("table").querySelector("thead").addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (!head) return;
    const name = head.dataset.column;
    update({ sort: state.sort === "+" + name ? "-" + name : state.sort === "-" + name ? "" : "+" + name });
  });
  // rows are opened from the table or from the review list: the dialog goes on in the same order
  byId("rows").addEventListener("click", () => { list = shown; });
  byId("review-rows").addEventListener("click", () => { list = doubtful; });
  byId("limit").addEventListener("input", (event) => { data.limit = percent(event.target, 0); renderReview(); renderTable(); });
  byId("review-open").addEventListener("click", () => {
    update({ ...NOTHING, to: data.limit, sort: "+confidence" });
    showFilters();
    location.hash = "#awards";
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (!button) return;
    const filter = JSON.parse(button.dataset.filter);
    update({ ...NOTHING, ...filter });
    showFilters();
    location.hash = "#awards";
  });
  for (const button of document.querySelectorAll(".languages button")) button.addEventListener("click", () => translate(button.lang));
  window.addEventListener("hashchange", route);

  document.documentElement.classList.add("ready");
  select();
  translate(lang);
  route();
  // what the browser tests measure and compare with Python's
  window.report = { cut, update, count: () => shown.length };
})();
