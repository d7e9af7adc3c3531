import { type Located, readObject } from "../description/index.ts";
import type { Model } from "./model.ts";
import { handlerRecord } from "./service.ts";
import type { HandlerRecord } from "./store/index.ts";

/** The creation time of the first seeded handler. It is fixed, so that the same seed gives the same handlers on any day. */
const start = Date.UTC(2024, 0, 1) / 1000;
const longestGap = 60;

/**
 * Plausible handlers of all known types of the instance in turn. Settings are the contract's own examples. Names are numbered, so that each
 * handler can be found by its number. The same value gives the same handlers.
 */
export function* seedRecords(model: Model, count: number, value: number): Generator<HandlerRecord> {
  const random = generator(value);
  const { document } = model.description;
  const types = [...model.roles.resource.byValue].map(([type, branch]) => {
    const schema = branch.properties.get(model.names.settings);
    const fields = schema === undefined ? [] : [...readObject(document, schema).properties];
    const settings = Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field) ?? name]));
    return { type, settings };
  });
  let created = start;
  for (let index = 0; index < count; index += 1) {
    const { type, settings } = types[index % types.length] ?? {};
    if (type === undefined || settings === undefined) return;
    created += 1 + Math.floor(random() * longestGap);
    const changed = random() < 0.3 ? created + Math.floor(random() * longestGap) : null;
    const name = `${words[Math.floor(random() * words.length)]} ${index + 1}`;
    yield handlerRecord(model, { type, name, settings, enabled: random() < 0.8, created, changed });
  }
}

const words = [
  "Work",
  "Team",
  "Support",
  "Sales",
  "Operations",
  "Alerts",
  "On call",
  "Büro",
  "Équipe",
  "Tim",
  "알림",
  "گروه",
];

function exampleOf(schema: Located): unknown {
  const { examples } = schema.node;
  return Array.isArray(examples) ? examples[0] : undefined;
}

/** Pseudo-random numbers in [0, 1) (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
