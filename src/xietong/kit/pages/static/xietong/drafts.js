// Drafts of <form data-draft="key">: kept on this device under the account, so that they survive a log-out,
// a lost net and a closed window; gone once the form has been accepted.
import { forget, keys, recall, remember } from "./storage.js";
import { make, word } from "./words.js";

const KEPT_DAYS = 30;
const SKIPPED = new Set(["password", "file", "submit", "button", "hidden"]);
const PENDING = "draft.sent";
const timers = new WeakMap();

const account = () => document.body.dataset.account;
const keyOf = (form) => `draft.${account()}.${form.dataset.draft}`;
const forms = (root) => [...root.querySelectorAll("form[data-draft]")];
const fields = (form) => [...form.elements].filter((one) => one.name && !SKIPPED.has(one.type));

function values(form) {
  const found = {};
  for (const field of fields(form)) {
    found[field.name] ??= [];
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) found[field.name].push(field.value);
    } else if (field.multiple) {
      found[field.name].push(...[...field.selectedOptions].map((one) => one.value));
    } else {
      found[field.name].push(field.value);
    }
  }
  return found;
}

function fill(form, kept) {
  const left = Object.fromEntries(Object.entries(kept).map(([name, all]) => [name, [...all]]));
  for (const field of fields(form)) {
    const wanted = left[field.name];
    if (!wanted) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = wanted.includes(field.value);
    else if (field.multiple) for (const one of field.options) one.selected = wanted.includes(one.value);
    else if (wanted.length) field.value = wanted.shift();
  }
}

function uploads(form) {
  return [...form.querySelectorAll("[data-upload] [data-state=done]")].map((item) => JSON.parse(item.dataset.file ?? "null")).filter(Boolean);
}

function save(form) {
  remember(keyOf(form), { at: Date.now(), values: values(form), uploads: uploads(form) });
}

function restore(form) {
  const draft = recall(keyOf(form));
  // A form that comes back with errors already holds what was typed.
  if (!draft || form.querySelector("[data-focus], .draft")) return;
  const fresh = values(form);
  if (JSON.stringify(fresh) === JSON.stringify(draft.values) && !draft.uploads.length) return;
  fill(form, draft.values);
  form.dispatchEvent(new CustomEvent("draft:files", { bubbles: true, detail: draft.uploads }));
  announce(form);
}

function announce(form) {
  const note = make("div", "draft");
  const drop = make("button", "btn btn-link", word("draft-drop"));
  drop.type = "button";
  drop.dataset.dropDraft = "";
  note.setAttribute("role", "status");
  note.append(make("span", "", word("draft")), drop);
  form.prepend(note);
}

/** A form has been sent: its draft goes once the answer shows that it was accepted. */
export function sent(form) {
  if (!form.matches("[data-draft]") || !account()) return;
  clearTimeout(timers.get(form));
  save(form);
  remember(PENDING, { key: keyOf(form), from: location.href.split("#")[0] });
}

const isRefused = (key) => forms(document).some((form) => keyOf(form) === key && form.querySelector("[data-focus]"));

/** The answer to a form sent by htmx is in the page. */
export function accepted(form) {
  if (form.matches("[data-draft]") && account() && !isRefused(keyOf(form))) forget(keyOf(form));
}

/**
 * A page has been loaded. It is the answer to the form if it was reached from there; it tells of success
 * if it belongs to somebody signed in (not the sign-in page, not a refusal) and does not show the form with errors.
 */
export function answered() {
  const pending = recall(PENDING);
  if (!pending || !account()) return;
  if (document.referrer === pending.from && !isRefused(pending.key)) forget(pending.key);
  forget(PENDING);
}

function dropOld() {
  const limit = Date.now() - KEPT_DAYS * 86_400_000;
  for (const key of keys("draft.")) {
    if (key !== PENDING && !((recall(key)?.at ?? 0) > limit)) forget(key);
  }
}

export function restoreDrafts(root = document) {
  if (!account()) return;
  dropOld();
  for (const form of forms(root)) restore(form);
}

function later(form) {
  if (!form?.matches?.("[data-draft]") || !account()) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), 400));
}

document.addEventListener("input", (event) => later(event.target.form));
document.addEventListener("upload:changed", (event) => later(event.target.closest("form")));

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  sent(event.target);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-drop-draft]")?.form;
  if (!form) return;
  forget(keyOf(form));
  form.querySelector(".draft").remove();
  form.reset();
  form.dispatchEvent(new CustomEvent("draft:dropped", { bubbles: true }));
  fields(form)[0]?.focus();
});
