// What the pages of the site can do besides being read: colours and copying.
import { offerColours } from "./colours.js";
import { say } from "./words.js";

offerColours();

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
