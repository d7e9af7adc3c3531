// What the reference pages can do besides what Redoc does.
(() => {
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    // Redoc would take the hash of the link for one of its routes.
    event.preventDefault();
    const content = document.getElementById("api-content");
    content?.setAttribute("tabindex", "-1");
    content?.focus();
  });
  // The same place in the other language: the routes are the same in each.
  for (const link of document.querySelectorAll("a[hreflang]")) {
    link.addEventListener("click", () => {
      if (link instanceof HTMLAnchorElement) link.hash = location.hash;
    });
  }
})();
