import { say } from "./words.js";

/**
 * Offers to copy blocks of code, each once the reader comes near: a reference has some two hundred, most of which are never looked at, and
 * a slow phone would lay out the page a second time for as many buttons.
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
 * Puts a button beside a block of code that copies it.
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
