/* The heat table opens a requirement below its row; a second press closes it. Without a script the link is a page. */
(() => {
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[data-opens]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const place = document.getElementById(link.getAttribute("aria-controls"));
      if (link.getAttribute("aria-expanded") !== "true") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      place.replaceChildren();
      link.setAttribute("aria-expanded", "false");
    },
    true, // before htmx sees it
  );

  document.addEventListener("htmx:afterSwap", (event) => {
    const place = event.detail.target;
    const link = document.querySelector(`a[data-opens][aria-controls="${place.id}"]`);
    if (!link) return;
    link.setAttribute("aria-expanded", "true");
    place.querySelector("h2").focus();
  });
})();
