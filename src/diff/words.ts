import { isNode, stepsOf } from "../description/nodes.ts";
import type { RatedChange } from "./redocly.ts";

/** The longest value that is shown in full, in characters. */
const longest = 60;

/** A change as one sentence: the message of the rule that it breaks, or a description of the place. */
export function messageOf(change: RatedChange): string {
  const [verdict] = change.verdicts;
  if (verdict !== undefined)
    return `${verdict.message.replace(/\.$/, "")}${within(change, verdict.message)}.`;
  const place = placeOf(change);
  if (change.property === undefined) return `${sentence(place)} is ${change.kind}.`;
  if (change.property === "x-evidence") return `The evidence of ${place} is changed${values(change)}.`;
  return `\`${change.property}\` of ${place} is ${verb(change)}${values(change)}.`;
}

/** The component that the place is in, if the message does not name it. */
function within({ base, revision }: RatedChange, message: string): string {
  const [part, , component] = stepsOf((revision ?? base)?.pointer ?? "#");
  return part !== "components" || message.includes(`\`${component}\``) ? "" : ` (in \`${component}\`)`;
}

/** Redocly also says `modified` of a keyword that was added or removed. */
function verb({ base, revision }: RatedChange): string {
  if (base?.value === undefined) return "added";
  return revision?.value === undefined ? "removed" : "changed";
}

function values({ base, revision }: RatedChange): string {
  const [before, after] = [base?.value, revision?.value].map(shown);
  return before === undefined || after === undefined ? "" : `, from ${before} to ${after}`;
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text.length > longest ? undefined : text;
}

/** The nearest named thing around a place. */
function placeOf({ path, property, base, revision }: RatedChange): string {
  const value = (revision ?? base)?.value;
  const [, kind, component, ...rest] = stepsOf((revision ?? base)?.pointer ?? "#");
  const isWhole = rest.length === (property === undefined ? 0 : 1);
  if ((revision ?? base)?.pointer.startsWith("#/components/") && isWhole && kind !== undefined)
    return `${nouns[kind] ?? kind} \`${component}\``;
  const steps = stepsOf(path);
  const last = steps.at(-1) ?? "";
  const group = steps.at(-2) ?? "";
  const named = isNode(value) && property === undefined ? (value.name ?? value.title) : undefined;
  if (group in nouns) return `${nouns[group]} \`${named ?? last}\``;
  if (steps[0] === "paths" && steps.length <= 3) return "the operation";
  return last === "" || steps.length === 1
    ? `the contract's ${last || "root"}`
    : `\`${steps.slice(-2).join("/")}\``;
}

/** The singular of each of these collections. */
const nouns: Readonly<Record<string, string>> = {
  paths: "path",
  parameters: "parameter",
  responses: "answer",
  properties: "property",
  examples: "example",
  headers: "header",
  content: "media type",
  oneOf: "form",
  anyOf: "form",
  schemas: "schema",
  requestBodies: "request body",
  servers: "server",
  tags: "tag",
};

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
