// What every page can do: toasts, posting, switches, theme, menu, folds, copying, keys, unsaved changes.
// Everything here also works without it: a switch submits its form, a menu is a <details>.

const root = document.documentElement;
const say = (name) => document.body.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
const storage = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* closed: not remembered */ } },
};

// ---------- icons ----------
const sprite = document.querySelector("use[href]")?.getAttribute("href").split("#")[0] ?? "";
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

// ---------- toasts ----------
const toasts = document.getElementById("toasts");
const PATIENCE = 12000; // milliseconds; a toast under the pointer or with focus stays

let cameFrom = null; // what had the focus before a message had it
/** Takes a message away. The focus it had goes back to what it was about, to where it came from, or to the list. */
function dismiss(box) {
  const hadFocus = box.contains(document.activeElement);
  box.remove();
  const places = [findSwitch(box.dataset.about ?? ""), cameFrom, document.getElementById("rows"), document.getElementById("content")];
  if (hadFocus) places.find((one) => one?.isConnected).focus({ preventScroll: true });
}

function expire(toast) {
  let left = setTimeout(leave, PATIENCE);
  function leave() {
    if (toast.matches(":hover, :focus-within")) left = setTimeout(leave, 2000);
    else toast.remove();
  }
  return () => clearTimeout(left);
}

/**
 * Shows a word about what happened; `undo` is called when the reader takes it back, `more` is a link {url, title}.
 * A later word `about` the same thing takes the place of the earlier one, whose Undo would no longer be true.
 */
export function toast(text, { level = "good", undo = null, hint = "", more = null, about = "" } = {}) {
  if (!toasts) return;
  if (about) for (const one of [...toasts.children]) if (one.dataset.about === about) one.remove();
  const box = document.createElement("div");
  box.className = `toast${level === "good" ? "" : ` is-${level}`}`;
  box.dataset.about = about;
  const words = document.createElement("p");
  words.textContent = hint ? `${text} ${hint}` : text;
  box.append(icon(level === "good" ? "check" : "warning"), words);
  if (more) {
    const link = document.createElement("a");
    link.href = more.url;
    link.textContent = more.title;
    words.append(" ", link);
  }
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = say("undo");
    button.addEventListener("click", () => { dismiss(box); undo(); });
    box.append(button);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-icon";
  close.dataset.close = "";
  close.setAttribute("aria-label", say("close"));
  close.append(icon("cross"));
  box.append(close);
  toasts.append(box);
  while (toasts.children.length > 4) toasts.firstElementChild.remove();
  if (level !== "bad" && !undo) expire(box);
}
toasts?.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) dismiss(close.closest(".toast"));
});
toasts?.addEventListener("focusin", ({ relatedTarget: from }) => { if (from && !toasts.contains(from)) cameFrom = from; });
// What can be taken back stays until it is closed or left.
toasts?.querySelectorAll(".toast:not(.is-bad, :has([data-undo]))").forEach(expire);
// A live region speaks of what comes into it later; what the server put there comes in once more.
if (toasts?.children.length) setTimeout(() => toasts.replaceChildren(...[...toasts.children].map((one) => { one.classList.add("is-told"); return one; })), 400);
const latest = () => [...document.querySelectorAll(".toast")].at(-1);

// ---------- posting ----------
const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/** POSTs the fields and gives back the JSON answer; null when it failed (the reader has been told). */
export async function post(url, fields) {
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
    });
  } catch {
    toast(say("offline"), { level: "bad" });
    return null;
  }
  const onward = answer.headers.get("HX-Redirect") ?? (answer.redirected && answer.url.includes("/login/") ? answer.url : null);
  if (onward) { location.assign(onward); return null; }
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const said = isJson ? await answer.json() : {};
  if (answer.status === 401 && said.login) { location.assign(said.login); return null; }
  if (!answer.ok || !isJson) {
    toast(said.message || say("failed"), { level: "bad" });
    return null;
  }
  return said;
}

// ---------- switches ----------
function show(button, value) {
  button.setAttribute("aria-checked", String(value));
  button.value = String(!value);
  const glyph = button.querySelector("span");
  if (glyph) glyph.textContent = value ? "✓" : "✕";
  const state = button.parentElement.querySelector("[data-state-on]");
  if (!state) return;
  state.textContent = value ? state.dataset.stateOn : state.dataset.stateOff;
  state.classList.toggle("is-off", !value);
}

async function flip(button, url, value, { takesBack = false } = {}) {
  if (button.getAttribute("aria-busy") === "true") return;
  const before = button.getAttribute("aria-checked") === "true";
  button.setAttribute("aria-busy", "true");
  show(button, value === "true");
  const said = await post(url, { value });
  button.removeAttribute("aria-busy");
  if (!said) { show(button, before); return; }
  show(button, said.value);
  const back = said.undo;
  toast(said.message, {
    level: said.level ?? "good",
    about: url,
    hint: takesBack ? "" : said.hint,
    more: takesBack ? null : said.more,
    undo: back ? () => flip(button.isConnected ? button : findSwitch(url) ?? button, back.url, String(back.value), { takesBack: true }) : null,
  });
}
const findSwitch = (url) => document.querySelector(`button.switch[formaction="${CSS.escape(url)}"]`);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.switch");
  if (!button || !button.hasAttribute("formaction")) return;
  event.preventDefault();
  flip(button, button.getAttribute("formaction"), button.value);
});

// ---------- menus ----------
const openMenus = () => document.querySelectorAll("details.menu[open]");

function closeMenus(except) {
  for (const menu of openMenus()) if (!except || !menu.contains(except)) menu.open = false;
}

/** A menu inside the list would be cut off at the list's edge, so it floats over the page. */
function place(menu) {
  const sheet = menu.querySelector(".menu-list");
  if (!sheet || !menu.closest(".list")) return;
  sheet.classList.add("is-floating");
  const at = menu.getBoundingClientRect();
  const height = sheet.offsetHeight;
  const below = at.bottom + 4 + height < innerHeight;
  sheet.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - height)}px`;
  if (root.dir === "rtl") sheet.style.left = `${at.left}px`;
  else sheet.style.right = `${root.clientWidth - at.right}px`;
}

/** An explanation that would reach over the edge of the window moves back. */
function keepInside(menu) {
  const sheet = menu?.matches(".explained") && menu.querySelector(".menu-list");
  if (!sheet) return;
  sheet.style.translate = "none";
  const over = sheet.getBoundingClientRect().right - root.clientWidth + 12;
  if (over > 0) sheet.style.translate = `${-over}px`;
}
document.addEventListener("htmx:afterSettle", ({ target }) => keepInside(target.closest?.(".explained")));

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.matches(".menu") || !menu.open) return;
  closeMenus(menu);
  place(menu);
  keepInside(menu);
  menu.querySelector(".paging-form input")?.focus();
}, true);
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", ({ target }) => {
  for (const menu of openMenus()) if (!menu.contains(target) && !target.contains(menu)) menu.open = false;
});
document.addEventListener("scroll", () => openMenus().forEach(place), { passive: true, capture: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of openMenus()) {
      event.preventDefault();
      menu.open = false;
      menu.querySelector("summary").focus({ preventScroll: true });
    }
    return;
  }
  const menu = event.target.closest?.("details.menu");
  if (!menu) return;
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  menu.open = true;
  const items = [...menu.querySelectorAll(".menu-list :is(a, button)")];
  const here = items.indexOf(document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here < 0 ? items.length - 1 : here - 1, Home: 0, End: items.length - 1 }[event.key];
  items[(next + items.length) % items.length]?.focus();
});

// ---------- theme ----------
document.querySelector("[data-theme-form]")?.addEventListener("submit", async (event) => {
  const choice = event.submitter?.value;
  if (!choice) return;
  event.preventDefault();
  root.dataset.theme = choice;
  for (const button of event.target.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.value === choice));
  closeMenus();
  await fetch(event.target.action, { method: "POST", body: new FormData(event.target, event.submitter), credentials: "same-origin", redirect: "manual", headers: { "X-Requested-With": "XMLHttpRequest" } });
});

// ---------- rail ----------
const rail = document.getElementById("rail");
/** In a menu that is higher than the screen, the entry of the page one is on is in sight. */
function showCurrent() {
  const current = rail?.querySelector("[aria-current]");
  if (current) rail.scrollTop = current.offsetTop + current.offsetHeight + 8 - rail.clientHeight;
}
showCurrent();
rail?.addEventListener("toggle", showCurrent); // on a phone it is opened
// Who opens a list by the menu begins at its top.
rail?.addEventListener("click", (event) => {
  if (event.target.closest("a")) try { sessionStorage.removeItem("place"); } catch { /* closed: nothing is kept */ }
});
document.querySelector("[data-rail-toggle]")?.addEventListener("click", () => {
  const narrow = rail.offsetWidth < 120;
  root.dataset.rail = narrow ? "wide" : "icons";
  storage.set("rail", root.dataset.rail);
});

// ---------- folds ----------
for (const fold of document.querySelectorAll("details[data-fold]")) {
  fold.addEventListener("toggle", () => storage.set(`fold:${fold.dataset.fold}`, fold.open ? "open" : "shut"));
}
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && (target.querySelector(":scope > details") ?? target.closest("details:not(.menu)"));
  if (fold) fold.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();

// ---------- copying ----------
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(`${say("copied")}: ${button.dataset.copy}`);
  } catch { toast(say("failed"), { level: "bad" }); }
});
document.addEventListener("copy", (event) => {
  const cut = document.activeElement?.closest(".cut[title]");
  if (!cut || String(getSelection())) return;
  event.clipboardData.setData("text/plain", cut.title);
  event.preventDefault();
});

// ---------- printing ----------
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });

// ---------- keys ----------
const keys = document.getElementById("keys");
/** Whether this key is a single letter or sign, and the reader wants none of those to act (profile, WCAG 2.1.4). */
const isSilent = (event) => event.key.length === 1 && root.dataset.letters === "off";
document.querySelector("[data-keys-open]")?.addEventListener("click", () => keys.showModal());
document.addEventListener("keydown", (event) => {
  if (event.key === "F6" && latest()) {
    event.preventDefault();
    if (toasts.contains(document.activeElement)) cameFrom?.focus({ preventScroll: true });
    else latest().querySelector("a, button").focus();
    return;
  }
  const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], dialog[open]");
  const undo = latest()?.querySelector("button:not([data-close])");
  if (undo && !isTyping && !event.altKey && !event.shiftKey && event.key === "z" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    undo.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping || isSilent(event)) return;
  if (event.key === "u") {
    event.preventDefault();
    if (undo) undo.click();
    else location.assign(document.body.dataset.undoUrl);
  } else if (event.key === "/") {
    const search = document.querySelector('main input[type="search"][name="q"]') ?? document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === "?") {
    event.preventDefault();
    keys?.showModal();
  } else if (!event.defaultPrevented) document.querySelector(`main [data-key="${CSS.escape(event.key)}"]`)?.click();
});

// ---------- drafts: what was sent when the sign-in had run out stands in the form again ----------
// Kept when a form is sent, dropped by the next page; neither by sign-in nor by an error page.
const KEEP = 30 * 60 * 1000; // milliseconds
const isTyped = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !field.disabled && !field.matches("button, fieldset, [type=submit], [type=password], [autocomplete=new-password], [type=file]");

/** Which of a page's forms it is: where it is sent. */
const boxOf = (form) => form.getAttribute("action") || location.pathname;

function typedIn(form) {
  const names = new Set([...form.elements].filter(isTyped).map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => names.has(name) && typeof value === "string");
}

function keepDraft(form) {
  const { draftPath: path = location.pathname, draftMark: mark } = form.dataset;
  const fields = typedIn(form).map(([name, value]) => [name, name === mark ? form.elements.opened.value : value]);
  const { who } = document.body.dataset;
  const box = form.dataset.draftPath ? "" : boxOf(form);
  try { sessionStorage.setItem("draft", JSON.stringify({ path, sent: location.pathname, box, who, at: Date.now(), fields })); } catch { /* full or closed */ }
}

function takeDraft() {
  if (document.querySelector("[data-keep-draft]")) return null;
  try {
    const kept = JSON.parse(sessionStorage.getItem("draft"));
    sessionStorage.removeItem("draft");
    const from = document.referrer && new URL(document.referrer).pathname;
    const isLost = from === "/login/" || (from !== kept.sent && Date.now() - kept.at < KEEP);
    return isLost && kept.path === location.pathname && kept.who === document.body.dataset.who ? kept : null;
  } catch { return null; }
}

function refill(form, fields) {
  for (const field of [...form.elements].filter(isTyped)) {
    const at = fields.findIndex(([name]) => name === field.name);
    const isGiven = (value) => fields.some((pair) => pair[0] === field.name && pair[1] === value);
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = isGiven(field.value);
    else if (field.options) for (const option of field.options) option.selected = isGiven(option.value);
    else if (at >= 0) [[, field.value]] = fields.splice(at, 1);
  }
}
const draft = takeDraft();
for (const form of document.querySelectorAll("form[data-draft-path]")) form.addEventListener("submit", () => keepDraft(form));

// ---------- boxes: what is half written stands there again when something else on the page was sent ----------
// By page and box; dropped when it stands there again, when the reader signs out, and for anybody else.
const boxes = {
  all() {
    try {
      const { who, pages } = JSON.parse(sessionStorage.getItem("boxes"));
      return who === document.body.dataset.who ? pages : {};
    } catch { return {}; }
  },
  /** Whether they are kept: storage may be full or closed. */
  keep(path, page) {
    const pages = { ...this.all(), [path]: page };
    try { sessionStorage.setItem("boxes", JSON.stringify({ who: document.body.dataset.who, pages })); return true; } catch { return false; }
  },
  take(path) {
    const page = this.all()[path] ?? {};
    if (Object.keys(page).length) this.keep(path, undefined);
    return page;
  },
  drop() { try { sessionStorage.removeItem("boxes"); } catch { /* closed: nothing was kept */ } },
};
const halfWritten = document.querySelector("form[data-guard]") ? boxes.take(location.pathname) : {}; // no error page takes them

// ---------- forms: unsaved changes, summary of errors, select all ----------
// Who came to a field by its link in the summary and sends the form again is told the next summary, and not led there once more.
function forgetPlace() {
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
}
/** An empty box hides nothing that was saved meanwhile: its version is the page's own. */
function stillMeant(form, fields) {
  const own = [...form.elements].filter(isTyped);
  const isEmpty = own.every((field) => field.type === "hidden" || !field.value);
  return fields?.filter(([name]) => !isEmpty || own.some((field) => field.name === name && field.type !== "hidden"));
}
const isSent = (form) => form?.hasAttribute("data-sent"); // until its answer comes, or the reader stays (early.js)
let keptFor = null; // the form for which all that is half written was kept
const guarded = [...document.querySelectorAll("form[data-guard]")].map((form) => {
  const state = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
  const saved = form.dataset.guard === "changed" ? null : state();
  form.addEventListener("submit", () => { forgetPlace(); keepDraft(form); });
  const word = form.querySelector("[data-unsaved]");
  if (word) form.addEventListener("input", () => { word.hidden = state() === saved; });
  const ofDraft = draft && (draft.box || boxOf(form)) === boxOf(form) ? draft.fields : null;
  const fields = ofDraft ?? stillMeant(form, halfWritten[boxOf(form)]);
  if (fields && saved !== null) {
    refill(form, fields);
    form.dispatchEvent(new Event("input"));
    const fold = form.closest("details:not(.menu)");
    if (fold) fold.open = true;
    if (ofDraft) toast(say("draft"));
  }
  return { form, isUnsaved: () => !isSent(form) && state() !== saved };
});
addEventListener("submit", ({ target: form }) => {
  if (!isSent(form)) return;
  if ("signsOut" in form.dataset) { boxes.drop(); return; }
  const others = guarded.filter((one) => one.isUnsaved());
  const page = Object.fromEntries(others.map((one) => [boxOf(one.form), typedIn(one.form)]));
  if (!others.length || boxes.keep(location.pathname, page)) keptFor = form;
});
addEventListener("beforeunload", (event) => {
  if (isSent(keptFor) || !guarded.some((one) => one.isUnsaved())) return;
  event.preventDefault();
  event.returnValue = say("unsaved");
});
document.querySelector("[data-errors]")?.focus();

// Who opens a form by keys begins at its first field; of a record that is there, where no arrow changes what it holds.
// Not on a phone, whose keyboard would cover half of the form.
function begin(form) {
  const fields = [...form.elements].filter((one) => isTyped(one) && one.type !== "hidden" && one.checkVisibility());
  const isText = (field) => !field.matches("select, [type=radio], [type=checkbox], [type=number]");
  fields.find((field) => form.dataset.begins === "new" || isText(field))?.focus({ preventScroll: true });
}
const opened = document.querySelector("form[data-begins]");
if (opened && !location.hash && document.activeElement === document.body && matchMedia("(hover: hover)").matches) begin(opened);

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const table = box.closest("table:not(.list)");
  if (!table) return;
  const all = table.querySelector("[data-check-all]");
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
  if (box === all) for (const one of boxes) one.checked = all.checked;
  else if (all) tellAll(all, boxes);
});
function tellAll(all, boxes) {
  const on = boxes.filter((one) => one.checked).length;
  all.checked = on > 0 && on === boxes.length;
  all.indeterminate = on > 0 && on < boxes.length;
}
for (const all of document.querySelectorAll("[data-check-all]")) tellAll(all, [...all.closest("table").querySelectorAll("tbody input[type=checkbox]:not(:disabled)")]);

// ---------- tables wider than their panel can be scrolled by keys ----------
const scrollers = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll(".table-scroll").forEach((table) => scrollers.observe(table));

// ---------- minutes: how much that is, while it is typed ----------
const unit = (count, name) => new Intl.NumberFormat(root.lang, { style: "unit", unit: name, unitDisplay: "long", useGrouping: false }).format(count);
for (const output of document.querySelectorAll("output[data-minutes]")) {
  const field = document.getElementById(output.dataset.minutes);
  field.addEventListener("input", () => {
    const minutes = /^\s*\d{1,9}\s*$/.test(field.value) ? Number(field.value) : 0;
    const parts = [["day", Math.floor(minutes / 1440)], ["hour", Math.floor(minutes / 60) % 24], ["minute", minutes % 60]];
    const said = parts.filter(([, count]) => count).map(([name, count]) => unit(count, name)).join(" ");
    output.textContent = minutes < 60 ? "" : `= ${said}`;
  });
}

// ---------- a part of the page that cannot be had any more ----------
// Its record is gone: the page to which the link or the form leads says so.
document.addEventListener("htmx:responseError", ({ target, detail }) => {
  if (![403, 404].includes(detail.xhr.status)) return;
  if (target.matches("a[href]")) location.assign(target.href);
  else if (target.matches("input") && target.form?.matches("[method=get]")) target.form.submit();
});
