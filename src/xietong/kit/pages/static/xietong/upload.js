// <div data-upload>: shows the chosen files, sends them at once, and hands their ids to the form as hidden fields.
import { shrink } from "./shrink.js";
import { begin, drop, Refusal, send } from "./transfer.js";
import { drawing, make, word } from "./words.js";

const work = new WeakMap();
let queue = Promise.resolve();

const endpoint = (widget) => widget.dataset.uploadUrl;
const listOf = (widget) => widget.querySelector("[data-upload-list]");

export function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// With scripts the files travel by themselves: the input must not post them a second time.
export function readyUploads(root = document) {
  for (const input of root.querySelectorAll("[data-upload] input[type=file]")) input.removeAttribute("name");
}

function itemFor(name) {
  const item = make("li", "upload-item");
  const thumb = make("span", "upload-thumb");
  const bar = make("progress", "");
  const remove = make("button", "icon-button");
  thumb.append(drawing("file"));
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", word("upload-progress", { name }));
  remove.type = "button";
  remove.dataset.uploadRemove = "";
  remove.setAttribute("aria-label", word("upload-remove", { name }));
  remove.append(drawing("x"));
  item.append(thumb, make("span", "upload-name", name), make("span", "upload-state", ""), remove, bar);
  return item;
}

const say = (item, text) => { item.querySelector(".upload-state").textContent = text; };

function fail(item, text, again) {
  item.dataset.state = "failed";
  say(item, text || word("upload-failed"));
  if (!again || item.querySelector("[data-upload-retry]")) return;
  const retry = make("button", "btn btn-link", word("upload-retry"));
  retry.type = "button";
  retry.dataset.uploadRetry = "";
  item.querySelector("[data-upload-remove]").before(retry);
}

function finish(item, file) {
  item.dataset.state = "done";
  item.dataset.file = JSON.stringify(file);
  say(item, `${word("upload-done")} ${size(file.size)}`);
  const field = make("input", "");
  Object.assign(field, { type: "hidden", name: item.closest("[data-upload]").dataset.uploadName ?? "uploads", value: file.id });
  item.append(field);
  item.dispatchEvent(new CustomEvent("upload:changed", { bubbles: true }));
}

function objection(widget, file) {
  const many = Number(widget.dataset.maxFiles || 0);
  const large = Number(widget.dataset.maxBytes || 0);
  if (many && listOf(widget).children.length > many) return word("upload-many", { limit: many });
  if (!file.size) return word("upload-empty");
  if (large && file.size > large) return word("upload-large", { limit: size(large) });
  return "";
}

async function add(widget, item, original) {
  if (!item.isConnected) return;
  say(item, word("upload-shrinking"));
  const { file, thumb } = await shrink(original);
  if (thumb) item.querySelector(".upload-thumb").replaceChildren(thumb);
  const problem = objection(widget, file);
  if (problem) {
    fail(item, problem, false);
    return;
  }
  work.set(item, { widget, file, stop: new AbortController() });
  await run(item);
}

async function run(item) {
  const task = work.get(item);
  const steps = {
    signal: task.stop.signal,
    onWait: () => say(item, word("upload-waiting")),
    onProgress: (share) => {
      item.querySelector("progress").value = share;
      say(item, `${Math.floor(share * 100)}%`);
    },
  };
  item.dataset.state = "sending";
  item.querySelector("[data-upload-retry]")?.remove();
  try {
    task.begun ??= await begin(endpoint(task.widget), task.file, steps);
    const done = await send(address(task), task.file, task.begun, steps);
    finish(item, { id: task.begun.id, name: done.name, size: done.size, kind: done.kind });
  } catch (error) {
    const refused = error instanceof Refusal;
    if (!task.stop.signal.aborted) fail(item, refused ? error.message : "", !refused || error.again);
  }
}

const address = (task) => `${endpoint(task.widget)}${encodeURIComponent(task.begun.id)}/`;

function remove(item) {
  const task = work.get(item);
  const widget = item.closest("[data-upload]");
  task?.stop.abort();
  if (task?.begun) drop(address(task));
  item.remove();
  widget.dispatchEvent(new CustomEvent("upload:changed", { bubbles: true }));
  widget.querySelector("input[type=file]").focus();
}

// One file after the other: a phone has neither the memory nor the net for nine pictures at once.
function take(widget, files) {
  for (const file of files) {
    const item = itemFor(file.name);
    item.dataset.state = "sending";
    listOf(widget).append(item);
    queue = queue.then(() => add(widget, item, file));
  }
}

document.addEventListener("change", (event) => {
  const widget = event.target.matches("input[type=file]") && event.target.closest("[data-upload]");
  if (!widget) return;
  take(widget, [...event.target.files]);
  event.target.value = "";
});

document.addEventListener("click", (event) => {
  const item = event.target.closest(".upload-item");
  if (event.target.closest("[data-upload-remove]")) remove(item);
  if (event.target.closest("[data-upload-retry]")) queue = queue.then(() => run(item));
});

for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const place = event.target.closest?.("[data-upload-drop]");
    if (!place) return;
    event.preventDefault();
    place.classList.toggle("upload-over", type === "dragover");
    if (type === "drop") take(place.closest("[data-upload]"), [...event.dataTransfer.files]);
  });
}

document.addEventListener("paste", (event) => {
  const widget = document.querySelector("dialog[open] [data-upload], main [data-upload]");
  if (widget && event.clipboardData.files.length) take(widget, [...event.clipboardData.files]);
});

document.addEventListener("draft:files", (event) => {
  const widget = event.target.querySelector("[data-upload]");
  for (const file of widget ? event.detail : []) {
    const item = itemFor(file.name);
    listOf(widget).append(item);
    work.set(item, { widget, begun: { id: file.id }, stop: new AbortController() });
    finish(item, file);
  }
});

document.addEventListener("draft:dropped", (event) => {
  for (const item of event.target.querySelectorAll(".upload-item[data-file]")) remove(item);
});
