// What the pages of the site can do besides being read: colours and copying.
import { offerColours } from "./colours.js";
import { offerCopies } from "./copy.js";

offerColours();
offerCopies();

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
