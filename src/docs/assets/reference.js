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
  // Redoc's search knows English only: its words give way to the reader's wherever they stand alone.
  const words = new Map(Object.entries(Reflect.get(globalThis, "searchWords") ?? {}));
  if (words.size > 0) {
    /** @param {Element} dialog */
    const translate = (dialog) => {
      const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const word = words.get(texts.currentNode.nodeValue ?? "");
        if (word !== undefined) texts.currentNode.nodeValue = word;
      }
      for (const field of dialog.querySelectorAll("[placeholder]")) {
        const word = words.get(field.getAttribute("placeholder") ?? "");
        if (word !== undefined) field.setAttribute("placeholder", word);
      }
    };
    new MutationObserver(() => {
      const dialog = document.querySelector('[data-testid="search-dialog"]');
      if (dialog) translate(dialog);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }
})();
