// A list: rows that open, selection, filters that apply by themselves, keys for rows.
// Without it the row's link, the check boxes and the Filter button do the same.

const PAUSE = 600; // milliseconds without a key before a typed filter applies
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

// A text cut at the cell's edge says the whole in a tip.
document.addEventListener("pointerover", (event) => {
  const cell = event.target.closest?.(".list tbody td.text");
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

// ---------- filters ----------
let pause = null;
const filters = () => document.getElementById("filters"); // never .id of it: a filter is called "id"
const isFilter = (field) => Boolean(field?.form) && field.form === filters() && !("noRefilter" in field.dataset) && field.matches("input, select");
const refilter = () => { clearTimeout(pause); if (filters() && window.htmx) window.htmx.trigger(filters(), "refilter"); };

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
  const [title, chip, paging] = [".titles th", ".chip", ".paging"].map((place) => link?.closest?.(`#list-region ${place}`));
  if (title) return [`.titles .${CSS.escape(title.classList[0])} a`];
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
  const said = document.getElementById("list-said");
  if (said) said.textContent = [...document.querySelectorAll(".list-tools .paging summary")].map((part) => part.textContent.trim()).join(" | ");
  const field = typed && filters().elements.namedItem(typed.name);
  if (!field?.focus) { follow(trail); return; }
  field.focus({ preventScroll: true });
  if (typed.changed) { field.value = typed.value; pause = setTimeout(refilter, PAUSE); }
  if (typed.caret !== null) field.setSelectionRange(typed.caret, typed.caret);
  typed = null;
});
document.addEventListener("htmx:responseError", (event) => { if (event.target === filters()) filters().submit(); });

// ---------- keys for rows ----------
let here = -1;
function step(by) {
  const list = rows();
  if (!list.length) return;
  list[here]?.classList.remove("is-here");
  const focused = document.activeElement?.closest?.(".list tbody tr");
  here = Math.min(list.length - 1, Math.max(0, (focused ? list.indexOf(focused) : here) + by));
  const row = list[here];
  row.tabIndex = -1;
  row.classList.add("is-here");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (event) => {
  const bar = document.querySelector(".selection-bar.is-on");
  if (event.key === "Escape" && !event.defaultPrevented && bar?.contains(event.target)) {
    (lastBox?.isConnected ? lastBox : boxes().find((box) => box.checked))?.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), select, textarea, details.menu[open], dialog[open]")) return;
  const row = document.activeElement?.closest?.(".list tbody tr[data-href]");
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "a" && bar) [...bar.querySelectorAll("button, summary")].find((one) => one.checkVisibility()).focus();
  else if (!row) return;
  else if (event.key === "o" || (event.key === "Enter" && event.target === row)) open(row, event);
  else if (event.key === "e") row.querySelector(".c-actions > a")?.click();
  else if (event.key === "x") row.querySelector("input[name=selected]")?.click();
  else return;
  event.preventDefault();
});

if (region()) tellSelection();
