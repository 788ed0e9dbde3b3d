// A button with data-copy puts that text (or that of the element it names with #) on the clipboard.
import { toast } from "./toast.js";
import { word } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const wanted = button.dataset.copy;
  const text = wanted.startsWith("#") ? document.querySelector(wanted).textContent.trim() : wanted;
  const done = await put(text);
  toast(word(done ? "copied" : "copy-failed"), done ? "success" : "warning");
});

// The clipboard is closed to plain http, which a county's own network may use: then the old command.
async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return putByCommand(text);
  }
}

function putByCommand(text) {
  const area = document.createElement("textarea");
  const home = document.querySelector("dialog[open]") ?? document.body;
  const before = document.activeElement;
  area.value = text;
  area.className = "visually-hidden";
  home.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}
