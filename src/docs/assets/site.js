// What the pages of the site can do besides being read: colours and copying.
import { offerColours } from "./colours.js";
import { say } from "./words.js";

offerColours();

// What opens above the page closes when the reader goes on: elsewhere, to a place that it leads to, or back with Escape.
const menus = document.querySelectorAll("header details, #contents details");
/** @param {(menu: Element) => boolean} isLeft */
const close = (isLeft) => {
  for (const menu of menus) if (menu.hasAttribute("open") && isLeft(menu)) menu.removeAttribute("open");
};
addEventListener("click", ({ target }) => {
  const place = target instanceof Element ? target : document.documentElement;
  close((menu) => !menu.contains(place) || place.closest("a") !== null);
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of menus) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
  }
  close(() => true);
});

if (navigator.clipboard) {
  for (const block of document.querySelectorAll("pre[data-label]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    const label = say("copyWhat", { what: block.getAttribute("data-label") ?? "" });
    button.setAttribute("aria-label", label);
    button.title = say("copy");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code")?.textContent ?? "");
      button.classList.add("done");
      button.setAttribute("aria-label", say("copied"));
      setTimeout(() => {
        button.classList.remove("done");
        button.setAttribute("aria-label", label);
      }, 1500);
    });
    const holder = document.createElement("div");
    holder.className = "copyable";
    block.replaceWith(holder);
    holder.append(block, button);
  }
}
