// Short notices at the edge of the window, and the closing of notices in the page.
import { drawing, make, word } from "./words.js";

const LOOKS = { success: "circle-check", error: "circle-x", warning: "alert-triangle", info: "info-circle" };
const STAYS = 6000;

/** Shows a notice; errors stay until they are closed. */
export function toast(text, level = "info") {
  const known = LOOKS[level] ? level : "info";
  const note = make("div", `note note-${known}`);
  const close = make("button", "icon-button note-close");
  close.type = "button";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", word("close"));
  close.append(drawing("x"));
  note.append(drawing(LOOKS[known]), make("span", "", text), close);
  region().append(note);
  if (known !== "error") setTimeout(() => note.remove(), STAYS);
}

// An open dialog covers everything outside it, so the notices move inside.
function region() {
  const toasts = document.getElementById("toasts");
  const dialogs = document.querySelectorAll("dialog[open]");
  const home = dialogs[dialogs.length - 1] ?? document.body;
  if (toasts.parentNode !== home) home.append(toasts);
  return toasts;
}

document.addEventListener("close", region, true);

document.addEventListener("click", (event) => {
  const note = event.target.closest("[data-dismiss]")?.closest(".note");
  const list = note?.parentNode;
  note?.remove();
  if (list?.matches(".notes") && !list.children.length) list.remove();
});
