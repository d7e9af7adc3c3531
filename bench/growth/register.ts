import { parse, stringify } from "yaml";
import { descriptionNames, instanceEntry } from "../../src/description/index.ts";
import { decoratorId } from "../../src/redocly-plugin/instance.js";

/** Languages of made-up pages: with translations here and without. */
const languages = ["en", "fr", "de", "es", "pt-BR", "ru", "tr", "ja", "fa", "id"];
const pageSizes = [undefined, [10, 25, 50, 100, 250], [25, 50, 100]];

/**
 * A register of this many instances: the real ones, and made-up ones, which differ in every way that an entry can express. The same
 * count gives the same register.
 *
 * @param text redocly.yaml
 */
export function registerOf(text: string, count: number): string {
  const register = parse(text) as { apis: Record<string, unknown> };
  const root = "openapi/openapi.yaml";
  const family = instanceEntry("family");
  const filters = Object.keys(family.parameters).slice(2);
  const generations = [undefined, filters.filter((name) => !name.startsWith("datetime")), filters];
  const random = generator(count);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = <T>(list: readonly T[], least: number): T[] => {
    const chosen = list.filter(() => random() < 0.7);
    return chosen.length >= least ? chosen : list.slice(0, least);
  };
  for (let index = descriptionNames.length - 1; index < count; index += 1) {
    const name = `instance-${index}.example`;
    const wanted = one(generations);
    const sizes = one(pageSizes);
    const entry = {
      base_url: `https://${name}${one(["/api", "/api", "/push/api"])}`,
      source: {
        url: `https://${name}/docs`,
        language: one(languages),
        seen: "2026-01-31",
        example: { name: "Work email", datetime: `2026-01-${10 + (index % 20)} 10:00:00` },
      },
      // All have the first type in common: without it, there would be no handler that every client can create.
      types: random() < 0.05 ? "unknown" : family.types.slice(0, 1).concat(some(family.types.slice(1), 2)),
      links: one(["plain", "leading-ampersand"]),
      ...(wanted !== undefined && { filters: wanted }),
      ...(sizes !== undefined && { page_sizes: sizes }),
      ...(random() < 0.1 && { custom_types: { [`custom_${index}`]: [`custom_${index}_url`] } }),
      ...(random() < 0.05 && { trailing_slash: false }),
      ...(random() < 0.05 && { without_operations: ["updateNotificationHandler"] }),
    };
    register.apis[name] = { root, decorators: { [decoratorId]: entry } };
  }
  return stringify(register, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Pseudo-random numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
