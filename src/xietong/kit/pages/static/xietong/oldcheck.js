/* Sends browsers without the needed features to a plain page that says how to switch. Written for the oldest engines. */
(function (script) {
  var page = script && script.getAttribute("data-outdated");
  var element = window.Element && window.Element.prototype;
  var able = "noModule" in document.createElement("script") && window.HTMLDialogElement && window.ResizeObserver &&
    window.Promise && window.Promise.allSettled && String.prototype.replaceAll && element && element.replaceChildren &&
    window.CSS && window.CSS.supports && window.CSS.supports("color", "var(--a)");
  if (!able && page) {
    window.location.replace(page);
  }
})(document.currentScript || document.getElementsByTagName("script")[0]);
