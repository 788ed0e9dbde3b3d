// 常用语: a button with data-phrase puts its words into the field that data-into names, behind what stands there.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-phrase]");
  if (!button) return;
  const field = document.getElementById(button.dataset.into);
  if (!field) return;
  const before = field.value.trimEnd();
  const text = before ? `${before}\n${button.dataset.phrase}` : button.dataset.phrase;
  field.value = field.maxLength > 0 ? text.slice(0, field.maxLength) : text;
  button.closest("details").open = false;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
