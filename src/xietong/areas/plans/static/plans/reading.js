// The text of a draft: words that are selected can be marked or begin a clause; a clause is dragged below another.
const source = document.querySelector("[data-source]");
const bar = document.querySelector("[data-select-bar]");
const mark = bar.querySelector("[data-select-mark]");
const at = bar.querySelector("[data-select-at]");

/** Where a point of the selection stands in the source text, counted in characters; null outside of it. */
function place(node, offset) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!holder || !source.contains(holder)) return null;
  const before = document.createRange();
  before.selectNodeContents(holder);
  before.setEnd(node, offset);
  return Number(holder.dataset.at) + [...before.toString()].length;
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

document.addEventListener("selectionchange", () => {
  const words = selected();
  bar.hidden = !words;
  if (!words) return;
  mark.href = `${source.dataset.markUrl}?start=${words.start}&end=${words.end}`;
  at.value = words.start;
});

const outline = document.querySelector("[data-outline]");
const nest = document.querySelector("[data-nest]");
let dragged = null;

outline.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-clause]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.clause);
});

outline.addEventListener("dragover", (event) => {
  const over = event.target.closest("[data-clause]");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  outline.querySelector(".outline-over")?.classList.remove("outline-over");
  over.classList.add("outline-over");
});

outline.addEventListener("dragend", () => {
  outline.querySelector(".outline-over")?.classList.remove("outline-over");
  dragged = null;
});

outline.addEventListener("drop", (event) => {
  const over = event.target.closest("[data-clause]");
  if (!dragged || !over) return;
  event.preventDefault();
  nest.action = outline.dataset.nestUrl.replace("/0/", `/${dragged.dataset.clause}/`);
  nest.elements.under.value = over.dataset.clause;
  nest.submit();
});
