// A box where somebody chooses a password: how strong it is while it is typed, and a button that shows it.
// Nothing leaves the page. Without scripts the box is a plain one.

const PAUSE = 900; // milliseconds without a key, then a screen reader is told
const [TOO_SHORT, WEAK, FAIR, STRONG] = [1, 2, 3, 4];

/** The words of a text by which somebody is known: "john.doe@shop.example" has john, doe, shop and example. */
const wordsOf = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);

/** How many characters nobody guesses from the one before: neither the same nor the next one (aaa, abc, 321). */
function surprises(text) {
  const codes = [...text].map((sign) => sign.codePointAt(0));
  const fresh = codes.filter((code, place) => place === 0 || Math.abs(code - codes[place - 1]) > 1).length;
  return Math.min(fresh, 2 * new Set(codes).size);
}

/** From too short to strong; `known` are words that say nothing new: the person's names and address. */
export function strengthOf(password, { atLeast, known = [] }) {
  if ([...password].length < atLeast) return TOO_SHORT;
  const left = known.reduce((text, word) => text.replaceAll(word, ""), password.toLowerCase());
  const number = surprises(left);
  if (number < 8) return WEAK;
  return number < 12 ? FAIR : STRONG;
}

function bring(box) {
  const field = box.querySelector("input");
  const button = box.querySelector("[data-show-password]");
  const strength = box.querySelector("[data-strength]");
  const [meter, word, told] = strength.children;
  const others = (field.dataset.unlike ?? "").split(" ").map((name) => field.form.elements[name]).filter(Boolean);
  let waiting = 0;

  function judge() {
    const known = others.flatMap((other) => wordsOf(other.value ?? ""));
    const level = strengthOf(field.value, { atLeast: Math.max(field.minLength, 1), known });
    strength.hidden = field.value === "";
    meter.value = level;
    word.textContent = strength.dataset[`level${level}`];
    clearTimeout(waiting);
    waiting = setTimeout(() => { told.textContent = strength.hidden ? "" : `${told.dataset.title}: ${word.textContent}`; }, PAUSE);
  }
  function show(on) {
    field.type = on ? "text" : "password";
    button.setAttribute("aria-pressed", String(on));
  }

  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") === "false"));
  // What is sent was a password: the browser keeps it as one, and not among what was typed before.
  field.form.addEventListener("submit", () => show(false));
  for (const one of [field, ...others]) one.addEventListener("input", judge);
  judge();
}
document.querySelectorAll("[data-new-password]").forEach(bring);
