/** Shows the button that switches between light and dark colours. The choice applies to all pages of this origin. */
export function offerColours() {
  const root = document.documentElement;
  const mode = document.getElementById("mode");
  if (!mode) return;
  mode.addEventListener("click", () => {
    const isDark = root.classList.contains("dark")
      ? true
      : !root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches;
    const next = isDark ? "light" : "dark";
    root.classList.remove("light", "dark");
    root.classList.add(next);
    try {
      localStorage.setItem("docs.mode", next);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
  mode.hidden = false;
}
