// Lists: choosing rows, on this page or all of them; the number of filters in force on the folded filter button.

const bulk = () => document.querySelector("[data-bulk]");
const picks = () => [...document.querySelectorAll("[data-pick]")];
// One stands in the head of the table, one above the cards of a phone; only one of them is shown.
const pagePicks = () => [...document.querySelectorAll("[data-pick-page]")];

function chooseAll(on) {
  const form = bulk();
  form.querySelector("[data-pick-all-value]").disabled = !on;
  form.classList.toggle("bulk-all", on);
  show();
}

function show() {
  const form = bulk();
  if (!form) return;
  const rows = picks();
  const chosen = rows.filter((row) => row.checked).length;
  const all = !form.querySelector("[data-pick-all-value]").disabled;
  for (const row of rows) row.closest("tr").classList.toggle("picked", row.checked);
  form.classList.toggle("bulk-on", chosen > 0);
  form.closest(".table-card").classList.toggle("picking", chosen > 0);
  form.dataset.chosen = all ? document.getElementById("table").dataset.total : chosen;
  form.querySelector("[data-picked]").textContent = chosen;
  form.querySelector("[data-picked-some]").hidden = all;
  form.querySelector("[data-picked-all]").hidden = !all;
  const more = form.querySelector("[data-pick-all]");
  if (more) more.hidden = all || chosen < rows.length;
  for (const page of pagePicks()) {
    page.checked = chosen > 0 && chosen === rows.length;
    page.indeterminate = chosen > 0 && chosen < rows.length;
  }
}

/** Brings everything that depends on the list in line with it, after the page or the list has arrived. */
export function refreshTable() {
  const table = document.getElementById("table");
  const count = document.querySelector("[data-filter-count]");
  if (count && table) {
    count.textContent = table.dataset.active;
    count.hidden = table.dataset.active === "0";
  }
  const scroll = table?.querySelector(".ledger-scroll");
  scroll?.firstElementChild.classList.toggle("ledger-wide", scroll.scrollWidth > scroll.clientWidth);
  show();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-page]")) {
    for (const row of picks()) row.checked = event.target.checked;
  } else if (!event.target.matches("[data-pick]")) {
    return;
  }
  chooseAll(false);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-pick-all]")) chooseAll(true);
  if (!event.target.closest("[data-pick-none]")) return;
  for (const row of picks()) row.checked = false;
  chooseAll(false);
  pagePicks().find((page) => page.offsetParent)?.focus();
});
