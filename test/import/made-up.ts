import type { PageOf } from "./pages.ts";

/**
 * An instance that nobody runs: two types that the contract lacks, page sizes of its own, filters that take dates alone, and a
 * filter that compares a field which only it has.
 */
export const madeUp: PageOf = {
  baseUrl: "https://panel.made-up.example/api",
  types: ["email", "webhook", "owl", "pager"],
  fields: {
    email: ["email"],
    webhook: ["webhook"],
    owl: ["owl_topic", "owl_token"],
    pager: ["pager_code"],
  },
  list: [
    { name: "page", type: "integer", default: 1 },
    { name: "results_per_page", type: "integer", values: [20, 40, 80], default: 40 },
    { name: "search", type: "string" },
    { name: "is_enabled", type: "boolean" },
    { name: "type", type: "string", values: ["email", "webhook", "owl", "pager"] },
    { name: "datetime_field", type: "string", values: ["datetime", "last_datetime"] },
    { name: "datetime_start", type: "string", format: "Y-m-d" },
    { name: "datetime_end", type: "string", format: "Y-m-d" },
    { name: "owl_topic", type: "string" },
  ],
  pageQuery: "?page=",
  datetime: "2026-02-03 04:05:06",
  hasTrailingComma: true,
};

/** Made-up words, the same every time. */
export function madeUpWords(): () => string {
  const parts = ["ka", "lo", "mi", "nu", "re", "su", "ta", "vo", "zi", "pe", "du", "go"];
  let count = 0;
  return () => {
    count += 1;
    return parts[(count * 5) % 12]! + parts[(count * 7 + 3) % 11]! + parts[Math.floor(count / 12) % 12]!;
  };
}
