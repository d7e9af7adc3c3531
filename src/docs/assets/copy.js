import { say } from "./words.js";

/**
 * Adds copy buttons to blocks of code, each when the reader scrolls near it. A reference has some two hundred blocks, and adding all
 * buttons at once would make a slow phone lay out the page twice.
 */
export function offerCopies() {
  if (!navigator.clipboard) return;
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        offerCopy(target);
      }
    },
    { rootMargin: "50%" },
  );
  for (const block of document.querySelectorAll("pre[data-label]")) near.observe(block);
}

/**
 * Adds a button that copies a block of code.
 *
 * @param {Element} block
 */
function offerCopy(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  const label = say("copyWhat", { what: block.getAttribute("data-label") ?? "" });
  button.setAttribute("aria-label", label);
  button.title = say("copy");
  button.addEventListener("click", async () => {
    const code = block.querySelector("code") ?? block;
    const isCopied = await navigator.clipboard.writeText(code.textContent ?? "").then(
      () => true,
      () => false,
    );
    // The browser may refuse, or the reader may: the keyboard still copies what is selected.
    if (!isCopied) getSelection()?.selectAllChildren(code);
    button.classList.add(isCopied ? "done" : "refused");
    button.setAttribute("aria-label", say(isCopied ? "copied" : "notCopied"));
    button.title = say(isCopied ? "copied" : "notCopied");
    setTimeout(() => {
      button.classList.remove("done", "refused");
      button.setAttribute("aria-label", label);
      button.title = say("copy");
    }, 1500);
  });
  const holder = document.createElement("div");
  holder.className = "copyable";
  block.replaceWith(holder);
  holder.append(block, button);
}
