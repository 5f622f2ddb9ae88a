"use strict";

for (const box of [$("band"), $("technologies")]) {
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const chart = charts.get(box);
    if (!step || !chart) return;
    event.preventDefault();
    const at = Math.min(Math.max((chart.cursor.idx ?? years.length - 1) + step,
      0), years.length - 1);
    chart.setCursor({ left: chart.valToPos(years[at], "x"), top: 10 });
  });
}

/** Columns and bands of a fan: pairs of percentiles around the median. */
function fan(metric, scenario, item, inner, colour) {
  const columns = percentiles.map((p, k) => ({
    values: series(metric, scenario, item, inner, k),
    ...(k === middle ? { colour, width: 2 } : {}) }));
  const bands = [];
  for (let k = 0; k < middle && 2 * middle - k < percentiles.length; ++k) {
    bands.push({ series: [2 * middle - k + 1, k + 1],
      fill: shade(colour, 0.13) });
  }
  return { columns, bands };
}

/** Medians of all scenarios, each with one wide band. */
function overlay(metric, item, inner) {
  const low = nearest(5), high = nearest(95);
  const columns = [], bands = [];
  scenarios.forEach((_, s) => {
    const colour = palette().lines[s % 7];
    const n = columns.length;
    columns.push(
      { values: series(metric, s, item, inner, low) },
      { values: series(metric, s, item, inner, middle), colour, width: 2 },
      { values: series(metric, s, item, inner, high) });
    bands.push({ series: [n + 3, n + 1], fill: shade(colour, 0.16) });
  });
  return { columns, bands };
}

const nearest = (p) => percentiles.reduce((best, q, k) =>
  (Math.abs(q - p) < Math.abs(percentiles[best] - p) ? k : best), 0);

function bandChoice() {
  const metric = byName.get($("metric").value);
  const item = metric.items.indexOf($("item").value);
  const inner = metric.inner ? metric.inners.indexOf($("inner").value) : 0;
  const scenario = $("scenario").value;
  return { metric, item, inner, scenario, unit: metric.units[item] };
}

function drawBand() {
  const { metric, item, inner, scenario, unit } = bandChoice();
  const several = scenario === ALL;
  const s = scenarios.indexOf(scenario);
  const what = [metric.items[item], metric.inner && metric.inners[inner]]
    .filter(Boolean).map(readable).join(", ");
  const title = `${metric.title}: ${what}, ${readable(scenario)} (${unit})`;
  $("band-title").textContent = title;
  $("band").setAttribute("aria-label",
    `${title}; the values are in the table below`);
  const { columns, bands } = several ? overlay(metric, item, inner)
    : fan(metric, s, item, inner, palette().lines[s % 7]);
  const picked = several ? [nearest(5), middle, nearest(95)]
    : percentiles.map((_, k) => k);
  const onYear = (year) => {
    const head = several ? ["", ...picked.map((k) => `${percentiles[k]} %`)]
      : ["percentile", unit];
    const rows = several
      ? scenarios.map((name, n) => [readable(name), ...picked.map((_, k) =>
        shown(columns[3 * n + k].values[year]))])
      : picked.map((k) => [`${percentiles[k]} %`,
        shown(columns[k].values[year])]).reverse();
    $("band-values").replaceChildren(makeTable(`${years[year]}`, head, rows,
      several ? scenarios.map((_, n) => palette().lines[n % 7]) : []));
  };
  draw($("band"), { columns, bands, unit, height: 360, onYear });
  bandTable(title, several ? scenarios.map((_, k) => k) : [s], picked);
}

function bandTable(title, chosen, picked) {
  const { metric, item, inner } = bandChoice();
  const head = ["year"], columns = [];
  for (const s of chosen) {
    const start = chosen.length > 1 ? `${readable(scenarios[s])} ` : "";
    for (const k of picked) {
      head.push(`${start}${percentiles[k]} %`);
      columns.push(series(metric, s, item, inner, k));
      if (metric.lower && chosen.length === 1) {
        const limits = ["lower", "upper"].map((part) =>
          series(metric, s, item, inner, k, part));
        head.push("interval");
        columns.push(years.map((_, y) =>
          `${shown(limits[0][y])} to ${shown(limits[1][y])}`));
      }
    }
  }
  setTable($("band-table"), title, head,
    years.map((year, y) => [`${year}`, ...columns.map((c) => c[y])]));
}

function drawSectors() {
  const metric = byName.get("emissions");
  const scenario = $("scenario").value;
  const inner = Math.max(metric.inners.indexOf("scope1+2"), 0);
  const several = scenario === ALL;
  const s = scenarios.indexOf(scenario);
  $("sectors-lead").textContent = `${metric.title}, `
    + `${metric.inners[inner]}, ${metric.units[0]}, ${readable(scenario)}; `
    + (several ? "lines: medians, shades: 5 to 95 %." : "line: median.");
  const rows = [];
  const tiles = metric.items.map((name, item) => {
    const box = make("div", { role: "img", "aria-label":
      `emissions of ${readable(name)}; the values are in the table below` });
    for (const k of several ? scenarios.keys() : [s]) {
      rows.push([readable(several ? `${name}, ${scenarios[k]}` : name),
        ...tableYears.flatMap((y) => [nearest(5), middle, nearest(95)].map(
          (p) => series(metric, k, item, inner, p)[y]))]);
    }
    return { box, item, tile: make("div", { class: "tile" },
      make("h3", {}, readable(name)), box) };
  });
  const keys = make("div", { class: "keys" }, ...scenarios.map((name, k) => {
    const key = make("span", { class: "key" });
    key.style.background = palette().lines[k % 7];
    return make("span", {}, key, readable(name));
  }));
  if (several) $("sectors-lead").append(keys);
  $("sectors").replaceChildren(...tiles.map((t) => t.tile));
  for (const { box, item } of tiles) {
    const drawn = several ? overlay(metric, item, inner)
      : fan(metric, s, item, inner, palette().lines[s % 7]);
    draw(box, { ...drawn, unit: metric.units[item], height: 150, small: true });
  }
  setTable($("sectors-table"), `emissions, ${metric.inners[inner]}, `
    + `${metric.units[0]}, ${readable(scenario)}`,
  ["sector", ...tableYears.flatMap((y) => [5, 50, 95].map((p) =>
    `${years[y]}: ${percentiles[nearest(p)]} %`))], rows);
}
const tableYears = years.map((_, k) => k).filter((k) => years[k] % 10 === 0);

function drawTechnologies() {
  const metric = byName.get("share");
  const sector = $("technology-sector").value;
  const scenario = $("technology-scenario").value;
  const s = scenarios.indexOf(scenario);
  const chosen = metric.items.map((name, item) => ({ name, item }))
    .filter(({ name }) => name.startsWith(`${sector}/`));
  const three = [nearest(5), middle, nearest(95)];
  const parts = chosen.map(({ name, item }, k) => ({
    name: readable(name.slice(sector.length + 1)),
    colour: palette().lines[k % 7], dash: k >= 7 ? [6, 4] : undefined,
    values: three.map((p) => series(metric, s, item, 0, p).map((x) =>
      (x === null ? null : 100 * x))) }));
  const columns = [], bands = [];
  for (const { colour, dash, values } of parts) {
    const n = columns.length;
    columns.push({ values: values[0] },
      { values: values[1], colour, dash, width: 2 }, { values: values[2] });
    bands.push({ series: [n + 3, n + 1], fill: shade(colour, 0.12) });
  }
  const title = `share of activity: ${readable(sector)}, `
    + `${readable(scenario)} (%)`;
  $("technologies-heading").textContent = title;
  $("technologies").setAttribute("aria-label",
    `${title}; the values are in the table below`);
  const head = ["technology", ...three.map((p) => `${percentiles[p]} %`)];
  const onYear = (year) => $("technologies-values").replaceChildren(
    makeTable(`${years[year]}`, head, parts.map(({ name, values }) =>
      [name, ...values.map((v) => shown(v[year]))]),
    parts.map(({ colour }) => colour)));
  draw($("technologies"), { columns, bands, unit: "% of activity",
    height: 320, onYear });
  setTable($("technologies-table"), title,
    ["year", ...parts.flatMap(({ name }) => three.map((p) =>
      `${name} ${percentiles[p]} %`))],
    years.map((year, y) => [`${year}`, ...parts.flatMap(({ values }) =>
      values.map((v) => v[y]))]));
}

function showEvents() {
  $("events-section").hidden = report.events.length === 0;
  const percent = (x) => (x === null ? "–" : (100 * x).toFixed(1));
  const head = make("tr", {}, ...["event", ...scenarios].map((name) =>
    make("th", { scope: "col" }, readable(name))));
  const rows = report.events.map((event) => make("tr", {},
    make("th", { scope: "row", class: "text" }, readable(event.meaning)),
    ...scenarios.map((_, s) => {
      const bar = make("span", { class: "bar" });
      bar.style.width = `${3 * (event.value[s] ?? 0)}rem`;
      return make("td", {}, make("span", { class: "bar-room" }, bar),
        `${percent(event.value[s])} % `,
        make("small", {}, `${percent(event.lower[s])} to `
          + `${percent(event.upper[s])}`));
    })));
  const table = make("table", {},
    make("caption", {}, "part of the samples, with interval"),
    make("thead", {}, head), make("tbody", {}, ...rows));
  $("events").replaceChildren(table);
}

/** The strongest inputs of a headline total, signed. */
function showDrivers() {
  const chosen = report.drivers[$("driver-output").selectedIndex];
  if (!chosen) return;
  const rows = chosen.inputs.map((name, k) => {
    const bar = make("span", { class: "bar" });
    bar.style.width = `${6 * Math.abs(chosen.spearman[k])}rem`;
    const limits = make("small", {}, `${shown(chosen.lower[k], 2)} to `
      + `${shown(chosen.upper[k], 2)}`);
    return make("tr", {}, make("th", { scope: "row" }, readable(name)),
      make("td", { class: "left" }, bar),
      make("td", {}, shown(chosen.spearman[k], 2)), make("td", {}, limits),
      make("td", {}, shown(100 * chosen.first_order[k], 2)));
  });
  const head = ["input", "", "rank correlation", "interval",
    "variance alone, %"];
  $("drivers").replaceChildren(make("table", {},
    make("caption", {}, readable(chosen.output)),
    make("thead", {}, make("tr", {}, ...head.map((name) =>
      make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows)));
}

function metricChanged() {
  const metric = byName.get($("metric").value);
  const before = [$("item").value, $("inner").value];
  fillSelect($("item"), metric.items,
    metric.items.includes(before[0]) ? before[0] : undefined);
  $("item-name").textContent = readable(metric.item);
  $("inner-label").hidden = !metric.inner;
  fillSelect($("inner"), metric.inners, metric.inners.includes(before[1])
    ? before[1] : metric.inners.includes("scope1+2") ? "scope1+2" : undefined);
  drawBand();
}

function drawAll() {
  drawBand();
  drawSectors();
  if (byName.has("share")) drawTechnologies();
}

fillSelect($("scenario"), scenarios.length > 1 ? [...scenarios, ALL]
  : scenarios, scenarios[scenarios.length - 1]);
fillSelect($("metric"), report.metrics.map((m) => m.name));
fillSelect($("technology-sector"), report.sectors);
fillSelect($("technology-scenario"), scenarios,
  scenarios[scenarios.length - 1]);
$("scenario").addEventListener("change", () => { drawBand(); drawSectors(); });
$("metric").addEventListener("change", metricChanged);
$("item").addEventListener("change", drawBand);
$("inner").addEventListener("change", drawBand);
$("technology-sector").addEventListener("change", drawTechnologies);
$("technology-scenario").addEventListener("change", drawTechnologies);
darkness.addEventListener("change", drawAll);
let timer;
window.addEventListener("resize", () => {
  clearTimeout(timer);
  timer = setTimeout(drawAll, 150);
});
window.addEventListener("beforeprint", () => { printing = true; drawAll(); });
window.addEventListener("afterprint", () => { printing = false; drawAll(); });
metricChanged();
drawSectors();
$("technologies-section").hidden = !byName.has("share");
if (byName.has("share")) drawTechnologies();
showEvents();
$("drivers-section").hidden = report.drivers.length === 0;
fillSelect($("driver-output"), report.drivers.map((d) => d.output),
  report.drivers.at(-1)?.output);
$("driver-output").addEventListener("change", showDrivers);
showDrivers();
document.documentElement.dataset.ready = String(performance.now());
