// What the pages of the site can do besides being read: colours and copying.
(() => {
  const root = document.documentElement;
  const mode = document.getElementById("mode");
  if (mode) {
    const name = () => {
      mode.textContent = root.classList.contains("dark") ? "Light" : "Dark";
      mode.setAttribute("aria-label", `Switch to ${mode.textContent.toLowerCase()} colours`);
    };
    mode.addEventListener("click", () => {
      const next = root.classList.contains("dark") ? "light" : "dark";
      root.classList.remove("light", "dark");
      root.classList.add(next);
      try {
        localStorage.setItem("redoc.colorMode", next);
      } catch {
        // Without storage the choice lasts as long as the page.
      }
      name();
    });
    name();
    mode.hidden = false;
  }

  if (navigator.clipboard) {
    for (const block of document.querySelectorAll("pre")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy: ${block.getAttribute("aria-label") ?? "code"}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.querySelector("code")?.textContent ?? "");
        button.textContent = "Copied";
        setTimeout(() => {
          button.textContent = "Copy";
        }, 1500);
      });
      const row = document.createElement("div");
      row.className = "copyable";
      block.replaceWith(row);
      row.append(block, button);
    }
  }
})();
