"use strict";
const report = JSON.parse(document.getElementById("data").textContent);
const { years, percentiles, scenarios } = report;
const ALL = "all scenarios";
const middle = percentiles.indexOf(50);
const byName = new Map(report.metrics.map((m) => [m.name, m]));
const $ = (id) => document.getElementById(id);

// Okabe & Ito (2008); brighter on dark paper.
const light = {
  ink: "#1d1d1f", grid: "#e4e6e9",
  lines: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00",
    "#4d4d4d"],
};
const dark = {
  ink: "#e8e8ea", grid: "#34383e",
  lines: ["#56b4e9", "#ff8c42", "#2fc99b", "#e39ac4", "#f2e86d", "#e6b93f",
    "#b8b8b8"],
};
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
let printing = false;
const palette = () => (darkness.matches && !printing ? dark : light);
const shade = (colour, part) =>
  colour + Math.round(255 * part).toString(16).padStart(2, "0");
const readable = (name) => name.replaceAll("_", " ");

// Values as (scenario, item, inner, year, percentile), decoded when needed.
function numbers(metric, part) {
  const key = `${part}Numbers`;
  if (!metric[key]) {
    const bytes = Uint8Array.from(atob(metric[part]), (c) => c.charCodeAt(0));
    metric[key] = new Float32Array(bytes.buffer);
  }
  return metric[key];
}

/** One percentile over the years; a year without meaning is null. */
function series(metric, scenario, item, inner, percentile, part = "value") {
  const all = numbers(metric, part);
  const start = ((scenario * metric.items.length + item)
    * metric.inners.length + inner) * years.length;
  return years.map((_, year) => {
    const x = all[(start + year) * percentiles.length + percentile];
    return Number.isNaN(x) ? null : x;
  });
}

function shown(x, digits = 5) {
  if (x === null || x === undefined) return "–";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return x.toExponential(4);
  if (x === 0) return "0";
  return x.toLocaleString("en", { minimumSignificantDigits: digits,
    maximumSignificantDigits: digits });
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function makeTable(caption, head, rows, keys = []) {
  const header = make("tr", {}, ...head.map((h) =>
    make("th", { scope: "col" }, h)));
  const body = rows.map((row, k) => make("tr", {}, ...row.map((cell, c) => {
    if (c > 0) return make("td", {}, cell);
    const first = make("th", { scope: "row" }, cell);
    if (keys[k]) {
      const key = make("span", { class: "key" });
      key.style.background = keys[k];
      first.prepend(key);
    }
    return first;
  })));
  return make("table", {}, make("caption", {}, caption),
    make("thead", {}, header), make("tbody", {}, ...body));
}

function fillSelect(select, names, chosen) {
  select.replaceChildren(...names.map((name, k) => {
    const option = make("option", { value: name }, readable(name));
    option.selected = chosen === undefined ? k === 0 : name === chosen;
    return option;
  }));
}

/** A table in a <details>, with its numbers as a CSV file. */
function setTable(details, caption, head, rows) {
  const save = make("button", { type: "button" }, "Save as CSV");
  save.addEventListener("click", () => {
    const quote = (x) => `"${String(x).replaceAll('"', '""')}"`;
    const text = [head, ...rows].map((r) => r.map(quote).join(",")).join("\n");
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    make("a", { href: url, download: `${caption}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  const table = makeTable(caption, head, rows.map((r) => r.map((x) =>
    (typeof x === "string" ? x : shown(x)))));
  details.replaceChildren(details.firstElementChild,
    make("div", { class: "wide" }, table), save);
}

// Charts: lines and bands over the years by uPlot.
const charts = new Map();

function draw(box, { columns, bands, unit, height, onYear, small }) {
  for (const [other, chart] of charts) {
    if (other === box || !other.isConnected) {
      chart.destroy();
      charts.delete(other);
    }
  }
  onYear?.(years.length - 1);  // what it fills takes its width from the chart's
  const { ink, grid } = palette();
  const all = columns.flatMap((c) => c.values).filter((x) => x !== null);
  const top = Math.max(0, ...all), bottom = Math.min(0, ...all);
  const axis = {
    stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false },
    font: `${small ? 11 : 12}px system-ui, sans-serif`,
  };
  const chart = new uPlot({
    width: Math.max(box.clientWidth, 160), height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false,
      points: { show: false } },
    scales: {
      x: { time: false },
      y: { range: [bottom * 1.05, top > 0 ? top * 1.05 : 1] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 32,
        splits: years.filter((y) => y % 10 === 0),
        values: (_, ticks) => ticks.map(String) },
      { ...axis, label: small ? undefined : unit, size: small ? 46 : 58,
        values: (_, ticks) => ticks.map((t) => (Math.abs(t) >= 1e6
          ? t.toExponential(0) : t.toLocaleString("en"))) },
    ],
    series: [{}, ...columns.map((c) => ({
      stroke: c.colour ?? "transparent", width: c.width ?? 0,
      dash: c.dash, points: { show: false } }))],
    bands,
    hooks: { setCursor: [(u) => onYear?.(u.cursor.idx ?? years.length - 1)] },
  }, [years, ...columns.map((c) => c.values)], box);
  charts.set(box, chart);
  return chart;
}
