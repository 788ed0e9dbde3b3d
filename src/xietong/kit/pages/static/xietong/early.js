/* Runs before the first paint, so that nothing jumps: tells the style sheets that scripts run, and whether the menu is folded. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    root.classList.toggle("rail", localStorage.getItem("menu.rail") === "1");
  } catch { /* storage may be forbidden: the menu is then simply open */ }
})();
