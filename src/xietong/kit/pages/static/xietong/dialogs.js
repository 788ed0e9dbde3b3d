// The drawer and the question before something grave. Both are native dialogs: the browser keeps the
// focus inside and closes them with Escape; on closing, the focus goes back to where it came from.

const drawer = () => document.getElementById("drawer");
let opener = null;

/** Notes which link asks for the drawer; the drawer opens once its content is there. */
export function askDrawer(element) {
  const link = element?.closest?.("[data-drawer]");
  if (link && !drawer()?.contains(link)) opener = link;
}

export function openDrawer() {
  const dialog = drawer();
  const title = dialog.querySelector("#drawer-title");
  if (title) dialog.setAttribute("aria-label", title.textContent.trim());
  if (!dialog.open) dialog.showModal();
  title?.focus();
}

export function closeDrawer() {
  if (drawer()?.open) drawer().close();
}

/** Asks; resolves to true if the person goes on. */
export function ask(text) {
  const dialog = document.getElementById("confirm");
  const before = document.activeElement;
  document.getElementById("confirm-text").textContent = text;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      before?.focus?.();
      resolve(dialog.returnValue === "yes");
    }, { once: true });
  });
}

document.addEventListener("close", (event) => {
  if (event.target !== drawer()) return;
  document.getElementById("drawer-body").replaceChildren();
  // The list may have been refreshed meanwhile: then the link with the same address takes its place.
  const again = opener?.isConnected ? opener : document.querySelector(`[data-drawer][href="${CSS.escape(opener?.getAttribute("href") ?? "")}"]`);
  (again ?? document.getElementById("main"))?.focus();
  opener = null;
}, true);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
  else if (event.target.matches?.("dialog.drawer")) outside(event);
});

function outside(event) {
  const box = event.target.getBoundingClientRect();
  if (event.clientX < box.left) event.target.close();
}

// A form or button with data-confirm goes on only after a yes. {n} stands for the number of chosen rows.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const text = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!text || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(text.replaceAll("{n}", form.dataset.chosen ?? "")).then((yes) => {
    if (!yes) return;
    form.dataset.confirmed = "1";
    form.requestSubmit(submitter ?? undefined);
    delete form.dataset.confirmed;
  });
}, true);
