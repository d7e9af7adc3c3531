// The chosen handler type and the chosen language of the samples, for the whole page.

const root = document.documentElement;

/** The handler types to choose from. */
const types = document.querySelector('meta[name="handler-types"]')?.getAttribute("content")?.split(" ") ?? [];

/** Replaces the rules of early.js by attributes, so that the browser's search finds hidden text and shows it. */
export function startChoices() {
  showType(root.dataset.type ?? "");
  showTool(root.dataset.tool ?? "");
  document.adoptedStyleSheets = [];
  for (const element of document.querySelectorAll("main [data-type]")) {
    element.addEventListener("beforematch", () => chooseType(element.getAttribute("data-type") ?? ""));
  }
  for (const link of document.querySelectorAll("a[data-choose]")) {
    link.addEventListener("click", (event) => {
      if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
      event.preventDefault();
      // The page does not scroll; the URL names the choice, and Back returns to the previous one.
      history.pushState(null, "", link.getAttribute("href"));
      chooseType(link.getAttribute("data-choose") ?? "");
    });
  }
  for (const button of document.querySelectorAll("button[data-tool]")) {
    button.addEventListener("click", () => {
      const { top } = button.getBoundingClientRect();
      chooseTool(button.getAttribute("data-tool") ?? "");
      scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
    });
  }
}

/**
 * Chooses a handler type, if the page has it.
 *
 * @param {string} type
 */
export function chooseType(type) {
  if (!types.includes(type)) return;
  save("type", type);
  if (root.dataset.type !== type) showType(type);
}

/**
 * Chooses what the samples are written in.
 *
 * @param {string} tool
 */
export function chooseTool(tool) {
  save("tool", tool);
  if (root.dataset.tool !== tool) showTool(tool);
}

/** @param {string} type */
function showType(type) {
  root.dataset.type = type;
  for (const element of document.querySelectorAll("main [data-type]")) {
    if (element.getAttribute("data-type") === type) element.removeAttribute("hidden");
    else element.setAttribute("hidden", "until-found");
  }
  for (const link of document.querySelectorAll("a[data-choose]")) {
    if (link.getAttribute("data-choose") === type) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  dispatchEvent(new Event("typechosen"));
}

/** @param {string} tool */
function showTool(tool) {
  root.dataset.tool = tool;
  for (const sample of document.querySelectorAll("details.sample")) {
    const isChosen = sample.getAttribute("data-tool") === tool;
    sample.toggleAttribute("open", isChosen);
    sample.toggleAttribute("hidden", !isChosen);
  }
  for (const button of document.querySelectorAll("button[data-tool]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-tool") === tool));
  }
}

/** @type {(name: string, value: string) => void} */
function save(name, value) {
  try {
    localStorage.setItem(`docs.${name}`, value);
  } catch {
    // Without storage a choice lasts as long as the page.
  }
}
