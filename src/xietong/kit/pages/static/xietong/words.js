// The sentences that scripts show come from the page, in the language of the page.

const source = () => document.getElementById("words");

/** The sentence of that name, with {places} filled; empty if the page has none. */
export function word(name, values = {}) {
  const text = source()?.getAttribute(`data-${name}`) ?? "";
  return text.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
}

const ICONS = ["circle-check", "circle-x", "alert-triangle", "info-circle", "x", "file"];

/** A fresh copy of one of the drawings that the page carries for scripts. */
export function drawing(name) {
  const icons = document.getElementById("words-icons").content.children;
  return icons[ICONS.indexOf(name)].cloneNode(true);
}

/** A new element with a class and, if given, a text. */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
