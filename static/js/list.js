// A list: rows that open, selection, filters that apply by themselves, keys for rows.
// The rows that a search found open and are walked through in the same way.
// Without it the link in each row, the check boxes and the Filter button do the same.

const PAUSE = 300; // milliseconds without a key before a typed filter applies
// Single letters act where the reader wants them to (profile, WCAG 2.1.4).
const isSilent = (event) => event.key.length === 1 && document.documentElement.dataset.letters === "off";
const region = () => document.getElementById("list-region");
const rows = () => [...document.querySelectorAll(".list tbody tr[data-href]")];
const interactive = "a, button, input, select, textarea, label, summary, details, .c-check, .c-actions";

// ---------- rows ----------
function open(row, event) {
  if (event?.ctrlKey || event?.metaKey || event?.button === 1) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
}
let menuWasOpen = false; // a click beside an open menu closes it and does no more
document.addEventListener("pointerdown", () => { menuWasOpen = document.querySelector("details.menu[open]") !== null; }, true);
function rowOf(event) {
  const row = event.target.closest(".list tbody tr[data-href]");
  return row && !event.target.closest(interactive) ? row : null;
}
document.addEventListener("click", (event) => {
  const row = rowOf(event);
  if (row && !menuWasOpen && getSelection().isCollapsed) open(row, event);
});
document.addEventListener("auxclick", (event) => {
  const row = event.button === 1 && rowOf(event);
  if (row) { event.preventDefault(); open(row, event); }
});

// A table wider than its card scrolls in it, and by keys.
const cards = new ResizeObserver(() => {
  const card = document.querySelector(".list-wrap:not(.is-wide)");
  if (!card) return;
  const isNarrow = card.firstElementChild.scrollWidth > card.clientWidth;
  card.classList.toggle("is-narrow", isNarrow);
  if (isNarrow) card.tabIndex = 0;
  else card.removeAttribute("tabindex");
});
function watchCard() {
  cards.disconnect();
  const card = document.querySelector(".list-wrap");
  if (card) cards.observe(card);
}

// A text cut at the cell's edge says the whole in a tip.
document.addEventListener("pointerover", (event) => {
  const cell = event.target.closest?.(".list tbody .text");
  if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent.trim();
});

// ---------- selection ----------
const boxes = () => [...document.querySelectorAll(".list tbody input[name=selected]")];
let lastBox = null;

function tellSelection() {
  const bar = document.querySelector(".selection-bar");
  if (!bar) return;
  const all = document.querySelector("[data-select-all]");
  const matching = document.querySelector("input[name=all_matching]");
  const chosen = boxes().filter((box) => box.checked).length;
  const whole = boxes().length > 0 && chosen === boxes().length;
  if (!whole && matching) matching.value = "";
  if (all) { all.checked = whole; all.indeterminate = chosen > 0 && !whole; }
  bar.classList.toggle("is-on", chosen > 0);
  const count = bar.querySelector("[data-selection-count]");
  const more = bar.querySelector("[data-all-matching]");
  bar.querySelector("[data-select-page]").hidden = whole;
  if (more) { more.hidden = !whole; more.setAttribute("aria-pressed", String(matching?.value === "1")); }
  if (!count) return;
  if (matching?.value === "1") count.textContent = count.dataset.all;
  else count.textContent = chosen === 1 ? count.dataset.one : count.dataset.many.replace("%d", chosen.toLocaleString(document.documentElement.lang));
  if (more && matching?.value === "1") more.hidden = true;
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) {
    for (const box of boxes()) box.checked = event.target.checked;
    tellSelection();
  } else if (event.target.matches(".list input[name=selected]")) tellSelection();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-all-matching]")) {
    document.querySelector("input[name=all_matching]").value = "1";
    tellSelection();
  } else if (event.target.closest("[data-select-page]")) {
    for (const box of boxes()) box.checked = true;
    tellSelection();
  } else if (event.target.closest("[data-select-none]")) {
    for (const box of boxes()) box.checked = false;
    tellSelection();
    document.querySelector("[data-select-all]")?.focus();
  } else if (event.target.matches(".list input[name=selected]")) {
    if (event.shiftKey && lastBox?.isConnected) {
      const list = boxes();
      const [from, to] = [list.indexOf(lastBox), list.indexOf(event.target)].sort((a, b) => a - b);
      for (const box of list.slice(from, to + 1)) box.checked = event.target.checked;
      tellSelection();
    }
    lastBox = event.target;
  } else if (event.target.matches(".list tbody .c-check")) event.target.querySelector("input")?.click();
});

// ---------- columns: chosen in a dialog over the list ----------
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-columns]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { openColumns } = await import(link.dataset.columns);
  openColumns(link);
});

// ---------- filters ----------
let pause = null;
const filters = () => document.getElementById("filters"); // never .id of it: a filter is called "id"
const isFilter = (field) => Boolean(field?.form) && field.form === filters() && !("noRefilter" in field.dataset) && field.matches("input, select");
const refilter = () => { clearTimeout(pause); if (filters() && window.htmx) window.htmx.trigger(filters(), "refilter"); };

// What is typed for a column takes the place of its "Not known" or "Known", which stands beside it, hidden.
document.addEventListener("input", ({ target: field }) => {
  if (!isFilter(field) || !field.value) return;
  field.closest("fieldset, td")?.querySelectorAll('input[type=hidden][form="filters"]').forEach((answer) => answer.remove());
});
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!isFilter(field) || !field.matches("input:not([type=date], [type=checkbox], [type=radio])")) return;
  clearTimeout(pause);
  pause = setTimeout(refilter, PAUSE);
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!isFilter(field)) return;
  if (field.type === "date") {
    field.setAttribute("value", field.value);
    if (!field.matches(":focus") || field.value === "" || /^[12]\d{3}/.test(field.value)) { clearTimeout(pause); pause = setTimeout(refilter, PAUSE); }
  } else if (field.matches("select, [type=checkbox], [type=radio]")) refilter();
});

let sent = new Map();
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== filters()) return;
  clearTimeout(pause);
  const kept = event.detail.formData ?? event.detail.parameters;
  for (const name of [...new Set(kept.keys())]) {
    const values = kept.getAll(name).filter((value) => value !== "");
    kept.delete(name);
    for (const value of values) kept.append(name, value);
  }
  sent = new Map([...filters().elements].map((field) => [field.name, field.value]));
});

// What was typed while the answer was on its way stays, with the caret where it was.
let typed = null;
let trail = []; // where to find the link again on which the focus was, the best place first
function trailOf(link) {
  const [title, range, more, chip, paging] = [".titles th", ".filters td:has(.range)", ".more-filters", ".chip", ".paging"].map((place) => link?.closest?.(`#list-region ${place}`));
  if (title) return [`.titles .${CSS.escape(title.classList[0])} a`];
  if (range) return [`.filters .${CSS.escape(range.classList[0])} summary`];
  if (more) return [".more-filters summary"];
  if (chip) return [`.chip:nth-child(${[...chip.parentElement.children].indexOf(chip) + 1}) a`, ".chip:last-child a", ".filter-buttons a", "#show-filters"];
  if (link?.closest?.(".filter-buttons")) return [`.filter-buttons ${link.localName}`, "#show-filters"];
  if (!paging) return [];
  const nav = `${paging.closest(".list-tools") ? ".list-tools" : ".list-below"} .paging`;
  const label = link.getAttribute("aria-label");
  return [...(label ? [`${nav} [aria-label="${CSS.escape(label)}"]`] : []), `${nav} .steps a`, `${nav} summary`];
}
function follow(places) {
  for (const place of places) {
    const link = region().querySelector(place);
    link?.focus({ preventScroll: true });
    if (link && link === document.activeElement) return;
  }
}
document.addEventListener("htmx:beforeSwap", (event) => {
  const field = document.activeElement;
  typed = null;
  trail = [];
  if (event.detail.target?.id !== "list-region") return;
  trail = trailOf(field);
  if (!isFilter(field)) return;
  const isText = field.type === "text" || field.type === "search";
  typed = { name: field.name, value: field.value, caret: isText ? field.selectionStart : null, changed: sent.has(field.name) && sent.get(field.name) !== field.value };
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "list-region") return;
  tellSelection();
  watchCard();
  const said = document.getElementById("list-said");
  if (said) said.textContent = region().dataset.found;
  const field = typed && filters().elements.namedItem(typed.name);
  if (!field?.focus) { follow(trail); return; }
  const menu = field.closest("details.menu");
  if (menu) menu.open = true;
  field.focus({ preventScroll: true });
  if (entered === field.name && !typed.changed && rows().length === 1) step(1, field);
  entered = "";
  if (typed.changed) { field.value = typed.value; pause = setTimeout(refilter, PAUSE); }
  if (typed.caret !== null && field.selectionStart !== null) field.setSelectionRange(typed.caret, typed.caret);
  typed = null;
});
document.addEventListener("followed", tellSelection);
document.addEventListener("htmx:responseError", (event) => { if (event.target === filters()) filters().submit(); });

// ---------- keys for rows ----------
let here = -1;
let entrance = ""; // the filter from which one came into the rows
let entered = ""; // the filter in which Enter was pressed
function go(row, how = {}) {
  document.querySelector(".is-here")?.classList.remove("is-here");
  here = rows().indexOf(row);
  row.tabIndex = -1;
  row.classList.add("is-here");
  row.focus({ preventScroll: true, ...how });
  row.scrollIntoView({ block: "nearest" });
}
function step(by, from = null) {
  const list = rows();
  if (!list.length) return;
  if (from) entrance = from.name;
  const focused = document.activeElement?.closest?.(".list tbody tr");
  const at = from ? -1 : focused ? list.indexOf(focused) : here;
  go(list[Math.min(list.length - 1, Math.max(0, at + by))]);
}
/** Along the row: its box, link, texts that are cut, switches, pencil, menu. */
function along(row, by) {
  const parts = [...row.querySelectorAll("input, a, button, summary, .cut")].filter((one) => one.checkVisibility() && !one.closest(".menu-list"));
  const at = parts.indexOf(document.activeElement);
  if (at + by < 0) go(row);
  else parts[Math.min(parts.length - 1, at + by)].focus({ preventScroll: true });
}
// From a text that filters: down into the rows; Enter opens the only row of a list that answers to it already.
function leaveFilter(event) {
  const field = event.target;
  if (!isFilter(field) || !field.matches("[type=text], [type=search]")) return;
  if (event.key === "ArrowDown") {
    event.preventDefault();
    step(1, field);
  } else if (event.key === "Enter") {
    const asked = new URLSearchParams(location.search).get(field.name);
    entered = field.name;
    if (!field.value || field.value !== asked || rows().length !== 1) return;
    event.preventDefault();
    open(rows()[0], event);
  }
}
document.addEventListener("keydown", (event) => {
  const bar = document.querySelector(".selection-bar.is-on");
  if (event.key === "Escape" && !event.defaultPrevented && bar?.contains(event.target)) {
    (lastBox?.isConnected ? lastBox : boxes().find((box) => box.checked))?.focus();
    return;
  }
  if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing) leaveFilter(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), select, textarea, details.menu[open], dialog[open]") || isSilent(event)) return;
  const row = document.activeElement?.closest?.(".list tbody tr[data-href]");
  const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const isInMenu = event.target.closest?.("details.menu");
  const box = entrance && filters()?.elements.namedItem(entrance);
  if (by && (!row || isInMenu)) return;
  if (event.key === "ArrowUp" && row === rows()[0] && box?.focus) { box.focus(); box.select(); }
  else if (event.key === "ArrowUp" || event.key === "ArrowDown") step(by);
  else if (by) along(row, by);
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "a" && bar) [...bar.querySelectorAll("button, summary")].find((one) => one.checkVisibility()).focus();
  else if (!row) return;
  else if (event.key === "o" || (event.key === "Enter" && event.target === row)) open(row, event);
  else if (event.key === "e") row.querySelector(".c-actions > a")?.click();
  else if (event.key === "x") row.querySelector("input[name=selected]")?.click();
  else return;
  event.preventDefault();
});

// ---------- back where one was: from a record, a question or a settings page, and after an action ----------
history.scrollRestoration = "manual"; // the browser would do it before the rows are as high as they will be
const address = () => location.pathname + location.search;
const keyOf = (row) => row?.id.replace("row-", "") ?? "";
let leaving = {}; // what is known of the way out: the row it is about, whether keys are used
function keepPlace() {
  const row = document.activeElement?.closest?.(".list tbody tr") ?? document.querySelector(".is-here");
  const place = { path: location.pathname, address: address(), top: scrollY, row: keyOf(row), at: rows().indexOf(row), focusVisible: document.activeElement?.matches(":focus-visible") ?? false, ...leaving };
  try { sessionStorage.setItem("place", JSON.stringify(place)); } catch { /* closed: the page begins at its top */ }
}
document.addEventListener("submit", ({ target: form, submitter }) => {
  if (!form.matches("#selection, .toast form")) return;
  const row = boxes().find((one) => one.checked)?.closest("tr") ?? document.querySelector(".is-here");
  leaving = { row: keyOf(row), at: rows().indexOf(row), focusVisible: submitter?.matches(":focus-visible") ?? false };
});
addEventListener("pagehide", keepPlace);
addEventListener("pageshow", () => { leaving = {}; });

// Who opens a list by the menu begins at its top.
document.getElementById("rail")?.addEventListener("click", () => { leaving = { path: "" }; });

function keptPlace() {
  try {
    const place = JSON.parse(sessionStorage.getItem("place"));
    sessionStorage.removeItem("place");
    return place?.path === location.pathname ? place : null;
  } catch { return null; /* nothing was kept */ }
}
/** From a page of this section, or from the list itself: what was done there ends here. */
function isBack() {
  const from = document.referrer && new URL(document.referrer);
  return from && from.origin === location.origin && from.pathname.startsWith(location.pathname);
}
/** Where one left the list; at the row that was edited, which is marked this once: a reload says no more of it. */
function comeBack() {
  const place = keptPlace();
  const how = performance.getEntriesByType("navigation")[0]?.type;
  const asked = location.hash.startsWith("#row-") ? location.hash.slice(1) : "";
  const isTicked = /[?&]ticked=/.test(location.search);
  if (asked || isTicked) history.replaceState(history.state, "", address().replace(/[?&]ticked=[^&]*/, ""));
  const isElsewhere = location.hash && location.hash !== document.querySelector(".skip + .skip")?.hash;
  if (!asked && (isElsewhere || !place || (how === "navigate" && !isBack()))) return;
  if (place?.address === address()) scrollTo(0, place.top);
  if (how === "reload") return;
  const found = document.getElementById(asked || `row-${place?.row}`);
  // Where it is gone, the one that took its place.
  const row = found ?? rows()[Math.min(place?.at ?? -1, rows().length - 1)];
  if (!row) return;
  if (place?.address !== address()) row.scrollIntoView({ block: "center" });
  go(row, { focusVisible: place?.focusVisible ?? false });
  if (found && asked) row.classList.add("has-changed");
}

if (rows().length || region()) {
  tellSelection();
  watchCard();
  comeBack();
}
