// Which columns, in what order: by dragging, keys and buttons instead of numbers; over the list as a dialog.
// Without it the page of the columns does the same by its numbers.

const grips = (list) => [...list.querySelectorAll(".grip")];

/** Makes a form of columns live: what moves is the row at hand, with all that are picked where it is one of them. */
function arrange(form) {
  const list = form.querySelector("[data-arrange]");
  const preview = form.querySelector(".columns-preview");
  const said = form.querySelector("[data-said]");
  const rows = () => [...list.children];
  const isPicked = (row) => row.querySelector(".grip").ariaPressed === "true";
  const nameOf = (row) => row.querySelector("[data-name]").textContent;
  const movedWith = (row) => (isPicked(row) ? rows().filter(isPicked) : [row]);
  list.classList.add("is-live");

  function show(moved = []) {
    rows().forEach((row, at) => { row.querySelector("input[type=number]").value = at + 1; });
    const shown = rows().filter((row) => row.querySelector("input[type=checkbox]").checked);
    preview.replaceChildren(...shown.map((row) => {
      const title = document.createElement("li");
      title.textContent = nameOf(row);
      title.classList.toggle("is-moved", moved.includes(row));
      return title;
    }));
    const first = preview.querySelector(".is-moved");
    if (first) preview.scrollLeft = first.offsetLeft - preview.clientWidth / 2;
  }

  function tell(row) {
    const facts = { column: nameOf(row), place: rows().indexOf(row) + 1, all: rows().length };
    said.textContent = form.dataset.sayPlace.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  }

  const MOVES = {
    first: (moved) => list.prepend(...moved),
    last: (moved) => list.append(...moved),
    up: (moved) => { const next = moved[0].previousElementSibling; if (next) next.before(...moved); else list.prepend(...moved); },
    down: (moved) => { const next = moved.at(-1).nextElementSibling; if (next) next.after(...moved); else list.append(...moved); },
  };
  function move(row, where, focus) {
    const moved = movedWith(row);
    MOVES[where](moved);
    focus.focus();
    row.scrollIntoView({ block: "nearest" });
    show(moved);
    tell(row);
  }

  let dragged = null;
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    const grip = event.target.closest(".grip");
    if (button) move(button.closest("li"), button.dataset.move, button);
    else if (grip && !dragged?.hasMoved) grip.ariaPressed = String(grip.ariaPressed !== "true");
    dragged = null;
  });
  list.addEventListener("keydown", (event) => {
    const where = { ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" }[event.key];
    const grip = event.target.closest(".grip");
    if (!where || !grip) return;
    event.preventDefault();
    move(grip.closest("li"), where, grip);
  });
  list.addEventListener("change", () => show());

  // ---------- dragging: the rows follow the pointer, the list scrolls at its edges ----------
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || event.button) return;
    dragged = { row: grip.closest("li"), hasMoved: false };
    list.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!dragged || !list.hasPointerCapture(event.pointerId)) return;
    const moved = movedWith(dragged.row);
    const frame = list.getBoundingClientRect();
    if (event.clientY < frame.top + 24) list.scrollTop -= 12;
    if (event.clientY > frame.bottom - 24) list.scrollTop += 12;
    const over = rows().find((row) => {
      const box = row.getBoundingClientRect();
      return !moved.includes(row) && event.clientY >= box.top && event.clientY < box.bottom;
    });
    if (!over) return;
    list.classList.add("is-dragging");
    dragged.hasMoved = true;
    const isBelow = Boolean(dragged.row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (isBelow) over.after(...moved);
    else over.before(...moved);
    show(moved);
  });
  const drop = (event) => {
    if (!dragged || !list.hasPointerCapture(event.pointerId)) return;
    list.releasePointerCapture(event.pointerId);
    list.classList.remove("is-dragging");
    const grip = dragged.row.querySelector(".grip");
    grip.focus();
    if (dragged.hasMoved) tell(dragged.row);
    else grip.ariaPressed = String(grip.ariaPressed !== "true");
    dragged = { ...dragged, hasMoved: true }; // the click that follows picks nothing
    setTimeout(() => { dragged = null; });
  };
  list.addEventListener("pointerup", drop);
  list.addEventListener("pointercancel", drop);
  show();
}

/** Opens the form of the columns over the list; where it cannot be had, its page. */
export async function openColumns(link) {
  let form = null;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (answer.ok) form = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".columns-form");
  } catch { /* offline: the browser says so */ }
  if (!form) { location.assign(link.href); return; }
  const dialog = document.createElement("dialog");
  dialog.className = "sheet columns";
  dialog.setAttribute("aria-labelledby", "columns-title");
  const head = document.createElement("div");
  head.className = "sheet-head";
  const title = document.createElement("h2");
  title.id = "columns-title";
  title.textContent = form.dataset.title;
  head.append(title);
  dialog.append(head, document.adoptNode(form));
  document.body.append(dialog);
  arrange(form);
  form.querySelector(".save-bar a")?.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.closest("details")?.querySelector("summary").focus();
  });
  dialog.showModal();
  grips(form)[0]?.focus();
}

document.querySelectorAll("main .columns-form").forEach(arrange);
