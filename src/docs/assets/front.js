// Filters the instances by what the reader types: a name, a handler type, a language.
const field = document.getElementById("filter");
const label = field?.closest("label");
if (field instanceof HTMLInputElement && label) {
  label.hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const card of document.querySelectorAll(".cards > li")) {
      card.toggleAttribute("hidden", !(card.textContent ?? "").toLowerCase().includes(wanted));
    }
  });
}
