// The side menu: folds to a rail, remembers which groups are open; and the small pop-up menus.
import { recall, remember } from "./storage.js";
import { word } from "./words.js";

const RAIL = "menu.rail";
const GROUPS = "menu.groups";
const root = document.documentElement;

function showRail(folded) {
  root.classList.toggle("rail", folded);
  const button = document.querySelector("[data-fold-menu]");
  if (!button) return;
  button.setAttribute("aria-expanded", String(!folded));
  button.setAttribute("aria-label", word(folded ? "unfold" : "fold"));
  button.title = word(folded ? "unfold" : "fold");
}

function setRail(folded) {
  remember(RAIL, folded ? 1 : 0);
  showRail(folded);
}

export function restoreMenu() {
  showRail(root.classList.contains("rail"));
  const open = recall(GROUPS) ?? {};
  for (const group of document.querySelectorAll("[data-group]")) {
    const wanted = open[group.dataset.group];
    if (wanted !== undefined && !group.matches(".group-active")) group.open = wanted;
  }
}

document.addEventListener("toggle", (event) => {
  const group = event.target.dataset?.group;
  if (group !== undefined) remember(GROUPS, { ...recall(GROUPS), [group]: event.target.open });
}, true);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-fold-menu]")) setRail(!root.classList.contains("rail"));
  const summary = event.target.closest(".side-nav summary");
  if (summary && root.classList.contains("rail") && matchMedia("(min-width: 992px)").matches) {
    setRail(false);
    if (summary.parentNode.open) event.preventDefault();
  }
});

// Pop-up menus are <details>: they close when something else is clicked, on Escape, and when the focus leaves.
function closePops(except) {
  for (const pop of document.querySelectorAll("details.pop[open]")) {
    if (!except || !pop.contains(except)) pop.open = false;
  }
}

document.addEventListener("click", (event) => closePops(event.target));
document.addEventListener("focusin", (event) => closePops(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const pop = document.activeElement?.closest?.("details.pop[open]");
  if (!pop) return;
  pop.open = false;
  pop.querySelector("summary").focus();
});

// A button that unfolds a part of the page.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const name = button.dataset.toggleClass ?? `${button.dataset.toggle}-open`;
  const open = document.getElementById(button.dataset.toggle).classList.toggle(name);
  button.setAttribute("aria-expanded", String(open));
});
