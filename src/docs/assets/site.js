// What the pages of the site can do besides being read: colours, copying, and choosing a pair of instances.
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

  const form = document.getElementById("pair");
  if (form instanceof HTMLFormElement) {
    const pairs = [...document.querySelectorAll(".pair")].filter((each) => each instanceof HTMLElement);
    const names = [...new Set(pairs.map((each) => each.dataset.from ?? ""))];
    const selects = [...form.querySelectorAll("select")];
    for (const select of selects) select.append(...names.map((name) => new Option(name, name)));
    const [from, to] = selects;
    if (!from || !to) return;
    const show = () => {
      for (const each of pairs)
        each.hidden = each.dataset.from !== from.value || each.dataset.to !== to.value;
    };
    const read = () => {
      // Without a pair in the address, or with one that does not exist, the first pair there is.
      const [first, second] = decodeURIComponent(location.hash.slice(1)).split("..");
      from.value = names.find((name) => name === first) ?? names[0] ?? "";
      const others = names.filter((name) => name !== from.value);
      to.value = others.find((name) => name === second) ?? others[0] ?? "";
      show();
    };
    form.addEventListener("change", (event) => {
      // Both selects hold every instance; the other one gives way, so that a pair is always shown.
      if (from.value === to.value) {
        const other = event.target === from ? to : from;
        other.value = names.find((name) => name !== from.value) ?? "";
      }
      history.replaceState(null, "", `#${from.value}..${to.value}`);
      show();
    });
    addEventListener("hashchange", read);
    form.hidden = false;
    read();
  }
})();
