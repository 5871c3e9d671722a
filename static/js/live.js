// A page that follows: it asks every two seconds while somebody can see it, or when the server says so (LIVE_STREAM), and
// changes nothing but what changed (S0.52, decision 35). What asks is `#live` (backoffice/live/_state.html); the answer is
// blocks by their ids.

const EVERY = 2000; // milliseconds from one question to the next
const RAREST = 15000; // while nobody answers
const GLOW = 120;
const at = () => document.getElementById("live");
let timer = 0;
let asked = 0;
let failed = 0;
let isGone = false;
let line = null; // where the server says at once that there is something to ask for (LIVE_STREAM)
let useless = 0; // how often in a row it was of no use: from the fourth time on the page asks every two seconds, as without one

// ---------- when to ask ----------
function ask() {
  clearTimeout(timer);
  if (document.hidden || !at()) return;
  asked = performance.now();
  window.htmx.trigger(at(), "follow");
}
/** After failures ever rarer, and each page at its own moment: a server that comes back meets no crowd. */
function askLater() {
  clearTimeout(timer);
  if (document.hidden) return;
  const rarer = Math.min(EVERY * 2 ** (failed - 1), RAREST) * (0.75 + Math.random() / 2);
  const pause = isGone || line?.readyState === EventSource.OPEN ? RAREST : failed ? rarer : EVERY;
  timer = setTimeout(ask, Math.max(failed ? 500 : 100, asked + pause - performance.now()));
}
/** Holds a line open where the server offers one; without it, and beside it, the page asks by itself. */
function listen() {
  const box = at();
  line?.close();
  line = null;
  if (!box || !("streams" in box.dataset) || document.hidden || useless > 3 || isGone || failed) return;
  line = new EventSource(box.getAttribute("hx-get"));
  line.wasTold = false;
  line.onopen = askLater;
  line.onmessage = ({ target }) => { target.close(); target.wasTold = true; ask(); };
  line.onerror = ({ target }) => { if (target.readyState === EventSource.CLOSED) useless += 1; askLater(); };
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return void ask();
  clearTimeout(timer);
  line?.close();
});
addEventListener("pageshow", ({ persisted }) => { if (persisted) ask(); });
addEventListener("online", () => { failed = 0; ask(); });
if (at()) {
  askLater();
  listen();
}

document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (target.id !== "live" || detail.xhr?.getResponseHeader("HX-Redirect")) return;
  failed = detail.successful ? 0 : failed + 1;
  tellState();
  if (held && !isAtWork()) showHeld();
  const isNews = detail.xhr?.status === 200;
  if (isNews) useless = 0;
  else if (line?.wasTold) useless += 1;
  if (isNews || line?.readyState !== EventSource.OPEN) listen();
  askLater();
});

/** One failure may be a hiccup: the line comes with it, and goes with the first answer. */
function tellState() {
  const box = at();
  if (!box || isGone || box.classList.contains("is-lost") === failed > 0) return;
  box.classList.toggle("is-lost", failed > 0);
  document.getElementById("live-said").textContent = failed ? box.querySelector(".is-away").textContent.trim() : "";
}

// What is gone, and what one may not see any more, is said; the page stands as it was, and asks now and then: the
// right may come back.
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (target.id !== "live") return;
  isGone = [403, 404].includes(detail.xhr.status);
  if (isGone) Object.assign(detail, { shouldSwap: true, isError: false });
});

// ---------- what changes ----------
const OWN = "[data-own=''], input[name=csrfmiddlewaretoken]"; // theirs is the reader's, or another one each time
const BEGUN = "form[data-own=begun]"; // the reader's once they stand or have changed something in it
const KEPT = new Set(["open", "tabindex", "style", "title", "aria-busy"]); // what scripts and readers set
const CLASSES = ["is-here", "is-narrow", "is-floating", "is-lost"];
// A form whose field is called id has that field for its `id`.
const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.getAttribute("id") || node.dataset.key || "" : "");
const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.nodeValue.trim();

const isChanged = (field) => field.value !== (field.defaultValue ?? field.value)
  || [...field.options ?? []].some((one) => one.selected !== one.defaultSelected);
const isBegun = (node) => node.matches(BEGUN) && (node.contains(document.activeElement) || [...node.elements].some(isChanged));

/** What a block says to who hears it. */
function toldBy(node) {
  const copy = node.cloneNode(true);
  for (const own of copy.querySelectorAll(`${OWN}, ${BEGUN}`)) own.remove();
  return copy.textContent.replace(/\s+/g, " ");
}

/** Makes `node` what `next` is, and keeps what is the same: focus, scrolling, open menus. */
function patch(node, next, glowing) {
  if (node.isEqualNode(next)) return;
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue.trim() !== next.nodeValue.trim()) glowing.add(node.parentElement);
    node.nodeValue = next.nodeValue;
    return;
  }
  if (node.matches(OWN) || isBegun(node)) return;
  const classes = CLASSES.filter((one) => node.classList.contains(one));
  const slider = node.matches("input[type=range]");
  const isBehind = slider && node.value !== node.max; // whoever has moved it back stays there
  for (const { name, value } of [...next.attributes]) if (!KEPT.has(name) && !(isBehind && name === "value") && node.getAttribute(name) !== value) node.setAttribute(name, value);
  for (const { name } of [...node.attributes]) if (!KEPT.has(name) && !next.hasAttribute(name)) node.removeAttribute(name);
  if (classes.length) node.classList.add(...classes);
  if (slider && !isBehind) node.value = next.value;
  patchChildren(node, next, glowing);
}

function patchChildren(parent, next, glowing) {
  const known = new Map([...parent.children].filter(keyOf).map((one) => [keyOf(one), one]));
  const staying = new Set([...next.children].map(keyOf).filter(Boolean));
  const goes = (node) => keyOf(node) && !staying.has(keyOf(node));
  let place = parent.firstChild;
  const drop = () => { const gone = place; place = gone.nextSibling; gone.remove(); };
  for (const one of [...next.childNodes]) {
    while (place && goes(place)) drop();
    const same = keyOf(one) ? known.get(keyOf(one)) : likeness(place, one);
    if (!same || same.nodeName !== one.nodeName) {
      parent.insertBefore(one, place);
      if (!isBlank(one)) glowing.add(one.nodeType === Node.ELEMENT_NODE ? one : parent);
      continue;
    }
    while (!keyOf(one) && place !== same) drop();
    if (place === same) place = same.nextSibling;
    else parent.insertBefore(same, place);
    patch(same, one, glowing);
  }
  while (place) drop();
}

/** The next sibling, from `place` on, that `one` may be the new state of; nothing that has a key of its own lies between. */
function likeness(place, one) {
  for (let node = place; node && !keyOf(node); node = node.nextSibling) {
    if (node.nodeName === one.nodeName) return node;
    if (one.nodeType !== Node.ELEMENT_NODE) return null;
  }
  return null;
}

function glow(elements) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const one of elements) {
    if (!one.isConnected || one.closest(".visually-hidden, .live")) continue;
    const box = one.closest("tr, li, dd, .stat, .figure") ?? one;
    box.animate([{ backgroundColor: "var(--glow)" }, {}], { duration: GLOW, easing: "ease-out" });
  }
}

// ---------- a list at which somebody is at work ----------
const READING = 10000; // milliseconds for which a pointer that rests on the rows counts as a reader's
let held = null; // the rows as they will be, and where
let moved = -READING;
document.addEventListener("pointermove", () => { moved = performance.now(); }, { passive: true });

/** Whether rows are ticked, marked, walked along or pointed at, or a menu is open: then nothing may move under it. */
function isAtWork() {
  const rows = document.getElementById("rows");
  const marked = getSelection();
  return Boolean(rows) && (
    rows.querySelector("input[name=selected]:checked") !== null
    || rows.closest("#list-region").querySelector("details.menu[open]") !== null
    || (rows !== document.activeElement && rows.contains(document.activeElement))
    || (!marked.isCollapsed && rows.contains(marked.anchorNode))
    || (rows.matches(":hover") && performance.now() - moved < READING));
}

/** Rows that stand there get their new state in their places; what comes, goes or moves waits, and is told. */
function hold(next) {
  const here = document.getElementById("rows");
  const rows = next.querySelector("#rows");
  const now = [...here.rows].map(keyOf);
  const then = [...rows.rows].map(keyOf);
  held = null;
  if (then.length && now.join() !== then.join() && isAtWork()) {
    held = { here, rows: rows.cloneNode(true) };
    const fresh = new Map([...rows.rows].map((row) => [keyOf(row), row]));
    rows.replaceChildren(...[...here.rows].map((row) => fresh.get(keyOf(row)) ?? row.cloneNode(true)));
  }
  return held ? then.filter((key) => !now.includes(key)).length : 0;
}

function tellHeld(number) {
  const button = document.getElementById("live-held");
  if (!button) return;
  const said = number ? button.dataset.new.replace("%d", number) : button.dataset.moved;
  if (held && button.hidden) document.getElementById("live-said").textContent = said;
  button.querySelector("[data-said]").textContent = said;
  button.hidden = !held;
}

function showHeld() {
  const { here, rows } = held;
  const glowing = new Set();
  const wasPressed = document.activeElement?.id === "live-held";
  held = null;
  tellHeld(0);
  if (!here.isConnected) return; // the list has been filtered since
  patch(here, rows, glowing);
  window.htmx.process(here);
  if (wasPressed) here.focus({ preventScroll: true });
  glow(glowing);
  document.dispatchEvent(new CustomEvent("followed"));
}
document.addEventListener("click", ({ target }) => { if (target.closest?.("#live-held") && held) showHeld(); });

/** The blocks of an answer that this page has: those at its top, of a whole list its region. */
function partsOf(fragment) {
  const list = fragment.querySelector("#list-region");
  return (list ? [list] : [...fragment.children]).filter((one) => one.id && document.getElementById(one.id));
}

window.htmx.defineExtension("follow", {
  handleSwap(style, target, fragment) {
    if (style !== "follow") return false;
    if (!target.isConnected) return [target]; // the list has been filtered since
    if (isGone) {
      target.replaceChildren(...fragment.childNodes);
      target.setAttribute("hx-get", target.getAttribute("hx-get").replace(/([?&]v=)[^&]*/, "$1"));
      return [target];
    }
    const glowing = new Set();
    const focused = document.activeElement;
    const list = fragment.querySelector("#list-region");
    const waiting = list && hold(list);
    for (const said of fragment.querySelectorAll("#live-said [data-of]")) {
      const { of } = said.dataset;
      const [here, next] = [document.getElementById(of), fragment.querySelector(`#${of}`)];
      if (!here || (next && toldBy(here) === toldBy(next))) said.remove();
    }
    const parts = partsOf(fragment).map((one) => {
      const here = document.getElementById(one.id);
      patch(here, one, glowing);
      return here;
    });
    if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    if (list) tellHeld(waiting);
    glow(glowing);
    document.dispatchEvent(new CustomEvent("followed"));
    return parts;
  },
});
