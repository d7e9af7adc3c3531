// Runs before the first paint: applies the reader's colours, handler type and language of samples.
(() => {
  const root = document.documentElement;
  const saved = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(`docs.${name}`);
    } catch {
      return null;
    }
  };
  const mode = saved("mode");
  if (mode === "light" || mode === "dark") root.classList.add(mode);
  root.classList.add("js");
  const types =
    document.querySelector('meta[name="handler-types"]')?.getAttribute("content")?.split(" ") ?? [];
  const asked = location.hash.split("/")[1] ?? "";
  const type =
    types.find((each) => encodeURIComponent(each) === asked) ??
    types.find((each) => each === saved("type")) ??
    types[0];
  const tool = saved("tool") ?? "curl";
  root.dataset.type = type ?? "";
  root.dataset.tool = /^\w+$/.test(tool) ? tool : "curl";
  if (type === undefined) return;
  // Rules for elements that are not parsed yet. reference.js replaces them by attributes, which the browser's search can look through.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `@media screen { [data-type]:not(html, [data-type="${CSS.escape(type)}"]) { display: none } .sample:not([data-tool="${root.dataset.tool}"]) { display: none } }`,
  );
  document.adoptedStyleSheets = [sheet];
})();
