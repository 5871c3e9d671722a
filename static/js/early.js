// On every page, before the first paint: that scripts work, how the reader left the menu and what folds, and that
// nothing is sent twice.
document.documentElement.classList.add("js");
try {
  const rail = localStorage.getItem("rail");
  if (rail === "icons" || rail === "wide") document.documentElement.dataset.rail = rail;
} catch { /* storage may be closed: the menu keeps its usual width */ }

// What folds stands as it was left before anybody sees it, so that nothing moves under the pointer.
function refold() {
  for (const fold of document.querySelectorAll("details[data-fold]:not([data-is-set])")) {
    fold.dataset.isSet = "";
    try {
      const kept = localStorage.getItem(`fold:${fold.dataset.fold}`);
      if (kept && location.hash !== `#${fold.parentElement?.id}`) fold.open = kept === "open";
    } catch { /* storage is closed: as the page has it */ }
  }
}
const parsing = new MutationObserver(refold);
parsing.observe(document, { childList: true, subtree: true });
addEventListener("DOMContentLoaded", () => { refold(); parsing.disconnect(); });

// A form that was sent is busy until its answer replaces the page: pressed again, it is not sent again.
// After ten seconds it may be: the reader may have stopped it.
function release(button) {
  button.form?.removeAttribute("data-sent");
  button.removeAttribute("aria-busy");
}
addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  const method = button?.getAttribute("formmethod") ?? form.getAttribute("method");
  if (event.defaultPrevented || !button || method?.toLowerCase() !== "post") return;
  if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
  form.setAttribute("data-sent", "");
  button.setAttribute("aria-busy", "true");
  setTimeout(release, 10000, button);
});
const releaseAll = () => document.querySelectorAll("button[aria-busy]").forEach(release);
addEventListener("pageshow", releaseAll);
// Asked whether to leave, the reader may stay: no event tells, but no time passes while the question stands.
addEventListener("beforeunload", (event) => setTimeout(() => { if (event.defaultPrevented) releaseAll(); }, 300));
