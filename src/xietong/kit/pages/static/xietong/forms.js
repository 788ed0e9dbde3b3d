// Forms: no double sending, a warning before unsaved work is left, the focus on what went wrong.
import { toast } from "./toast.js";
import { word } from "./words.js";

const WATCHED = "form[data-draft], form[data-guard]";
const HELD = 10_000;
const changed = new WeakSet();
// Only what was held here is let go again: a button that the server has closed stays closed.
const held = new WeakSet();

const buttons = (form) => [...form.elements].filter((one) => one.type === "submit");

/** Holds the buttons of a form while it is on its way. */
export function hold(form, on) {
  for (const button of buttons(form)) {
    if (on ? button.disabled : !held.delete(button)) continue;
    if (on) held.add(button);
    button.disabled = on;
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

// An answer that is a download leaves the page standing: the buttons come back.
function holdAWhile(form) {
  hold(form, true);
  setTimeout(() => hold(form, false), HELD);
}

export function settled(form) {
  changed.delete(form);
}

export function focusProblem(root = document) {
  root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.querySelector("[data-upload] [data-state=sending]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    toast(word("sending"), "warning");
    return;
  }
  changed.delete(form);
  // Only after the form's values have been collected: a disabled button is not sent.
  if (form.method === "post") setTimeout(() => event.defaultPrevented || holdAWhile(form));
}, true);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches(WATCHED)) changed.add(form);
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(WATCHED)].some((form) => changed.has(form))) event.preventDefault();
});

// Coming back by the browser's arrow shows the page as it was left, with held buttons.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) hold(form, false);
});

document.addEventListener("click", (event) => {
  const back = event.target.closest("[data-back]");
  if (!back || history.length < 2) return;
  event.preventDefault();
  history.back();
});
