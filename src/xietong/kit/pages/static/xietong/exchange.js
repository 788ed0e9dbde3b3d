// Everything between htmx and the rest of the page: the token, the buttons in flight, the drawer, the notices.
import { askDrawer, closeDrawer, openDrawer } from "./dialogs.js";
import { accepted, restoreDrafts, sent } from "./drafts.js";
import { focusProblem, hold, settled } from "./forms.js";
import { refreshTable } from "./tables.js";
import { toast } from "./toast.js";
import { readyUploads } from "./upload.js";
import { word } from "./words.js";

const SHOWN = [409, 422];
const formOf = (element) => (element?.matches?.("form") ? element : null);

function on(name, act) {
  document.addEventListener(`htmx:${name}`, (event) => act(event.detail.ctx ?? {}, event));
}

on("config:request", ({ request, sourceElement }) => {
  request.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  askDrawer(sourceElement);
  if (sourceElement.matches("form.filters")) dropEmpty(request.body);
});

// An address that is kept or passed on names only the filters in force.
function dropEmpty(values) {
  for (const [name, value] of [...values]) if (value === "") values.delete(name);
}

// An answer that is not shown does not become the address either.
document.addEventListener("htmx:before:history:update", (event) => {
  if (event.detail.response?.status >= 400) event.preventDefault();
});

// A form that saves itself while it is written in, and is on its way now: what it would still save comes too late.
const leaving = new Set();
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("[hx-trigger]")) leaving.add(event.target);
});
window.addEventListener("pageshow", () => leaving.clear());

on("before:request", ({ sourceElement }, event) => {
  const form = formOf(sourceElement);
  if (leaving.has(form)) {
    event.preventDefault();
  } else if (form?.method === "post") {
    hold(form, true);
    sent(form);
  }
});

// A whole page where a part was asked for: the session is over (this is the sign-in page), or the
// work was done and the server leads elsewhere. The window goes there. Whoever selects from the page has asked for it.
on("after:request", ({ text, response, sourceElement }, event) => {
  if (response.status >= 400 || !/^\s*<!doctype html/i.test(text)) return;
  if (sourceElement.matches("[hx-select]") && !response.raw.redirected) return;
  event.preventDefault();
  location.assign(response.raw.url);
});

on("after:swap", ({ target, response, sourceElement }) => {
  const form = formOf(sourceElement);
  const done = response.status < 400;
  if (form && done) {
    settled(form);
    accepted(form);
  }
  if (target.id === "drawer-body" && target.children.length && done) openDrawer();
  const root = target.isConnected ? target : document;
  readyUploads(root);
  restoreDrafts(root);
  if (SHOWN.includes(response.status)) focusProblem(root);
  refreshTable();
});

on("response:error", ({ response, hx }) => {
  if (SHOWN.includes(response.status) || hx?.trigger?.includes("toast")) return;
  toast(word(`status-${response.status}`) || word("failed"), "error");
});

on("error", ({ request }) => {
  toast(word(request?.signal?.reason === "timeout" ? "timeout" : "offline"), "error");
});

on("finally:request", ({ sourceElement }) => {
  const form = formOf(sourceElement);
  if (form) hold(form, false);
});

// The server's own events: HX-Trigger: {"toast": {"text": "已保存", "level": "success"}, "drawer:close": true}
document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail.level));
document.addEventListener("drawer:close", closeDrawer);
