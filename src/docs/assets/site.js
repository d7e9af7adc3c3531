// Colours and copy buttons, on all pages of the site.
import { offerColours } from "./colours.js";
import { offerCopies } from "./copy.js";

offerColours();
offerCopies();

// An open menu closes when the reader clicks elsewhere, follows one of its links, or presses Escape.
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
