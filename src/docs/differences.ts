import { stringify } from "yaml";
import { at, type Description, isNode, rolesOf, stepsOf } from "../description/index.ts";
import { pageFrame } from "./frame.ts";
import { type Html, html } from "./html.ts";
import type { Language } from "./languages.ts";
import { runRedocly } from "./redocly.ts";

/** How much a change matters to a client, as `redocly diff` rates it: by the version that it would ask for. */
export type Impact = "major" | "minor" | "patch";

/** One difference, wherever it shows. */
export interface Difference {
  readonly impact: Impact;
  readonly kind: "added" | "removed" | "modified";
  /** What differs, with the contract's names between backticks. */
  readonly subject: string;
  /** Where: operations, or the schemas of the contract. */
  readonly places: readonly string[];
}

/** What a client of one instance meets at another. */
export interface Differences {
  readonly from: string;
  readonly to: string;
  readonly differences: readonly Difference[];
}

interface Side {
  readonly pointer: string;
  readonly value?: unknown;
}

interface Change {
  readonly path: string;
  readonly typeName: string;
  readonly kind: Difference["kind"];
  readonly impact: Impact;
  readonly property?: string;
  readonly verdicts: readonly { readonly message: string }[];
  readonly base?: Side;
  readonly revision?: Side;
}

/** The heaviest first. */
export const impacts: readonly Impact[] = ["major", "minor", "patch"];

/**
 * The differences from one instance to another, as `redocly diff` finds and rates them. Names, base URLs and examples differ by nature
 * and are left out, and so are components, which show where they are used.
 *
 * @throws {DocsError} when Redocly fails
 */
export async function findDifferences(from: Description, to: Description): Promise<Differences> {
  const output = await runRedocly(
    {
      "from.yaml": stringify(comparable(from)),
      "to.yaml": stringify(comparable(to)),
      "redocly.yaml": "extends: [diff-recommended]\n",
    },
    ["diff", "from.yaml", "to.yaml", "--format", "json", "--fail-on", "none"],
  );
  const { changes } = JSON.parse(output) as { changes: readonly Change[] };
  const merged = new Map<string, Difference>();
  for (const change of unpaired(changes.filter(isShown))) {
    const { impact, kind } = change;
    for (const subject of subjectsOf(change, from, to)) {
      const key = [impact, kind, subject].join(" ");
      const places = [...(merged.get(key)?.places ?? []), placeOf(change)];
      merged.set(key, { impact, kind, subject, places: [...new Set(places)] });
    }
  }
  const differences = [...merged.values()].sort(
    (a, b) => impacts.indexOf(a.impact) - impacts.indexOf(b.impact),
  );
  return { from: from.name, to: to.name, differences };
}

/** The heaviest of the differences; undefined where there are none. */
export function heaviest({ differences }: Differences): Impact | undefined {
  return impacts.find((impact) => differences.some((each) => each.impact === impact));
}

/** What differs by nature is made the same before the comparison. */
function comparable({ document }: Description): unknown {
  return {
    ...document,
    info: { title: "API", version: "1" },
    servers: [{ url: "https://instance.example" }],
  };
}

function isShown({ path, typeName, kind, impact, verdicts }: Change): boolean {
  if (!path.startsWith("#/paths/") || typeName === "Example") return false;
  return kind !== "modified" || impact !== "patch" || verdicts.length > 0;
}

/**
 * Where both instances have branches that the other lacks, Redocly takes the one for the other, changed in all it has. A reader meets
 * one handler type less and one more; they are rated as Redocly rates a branch that it finds alone.
 */
function unpaired(changes: readonly Change[]): Change[] {
  const isType = ({ path, property }: Change) => property === "const" && /\/oneOf\/\d+\//.test(path);
  const branchOf = ({ path }: Change) => path.replace(/^(.*\/oneOf\/\d+)\/.*$/, "$1");
  const branches = new Set(changes.filter(isType).map(branchOf));
  return changes.flatMap((change): Change[] => {
    const branch = branchOf(change);
    if (!branches.has(branch)) return [change];
    if (!isType(change)) return [];
    const isSent = stepsOf(branch).includes("requestBody");
    const lone = (side: Side | undefined): Side => {
      const schema = (side?.pointer ?? "").replace(/\/properties\/.*$/, "");
      return { pointer: schema, value: { title: side?.value } };
    };
    const shared = { path: branch, typeName: "Schema", verdicts: [] };
    return [
      { ...shared, kind: "removed", impact: isSent ? "major" : "patch", base: lone(change.base) },
      { ...shared, kind: "added", impact: isSent ? "minor" : "major", revision: lone(change.revision) },
    ];
  });
}

function subjectsOf(change: Change, from: Description, to: Description): string[] {
  const { path, typeName, kind, property, verdicts, base, revision } = change;
  const value = (kind === "removed" ? base : revision)?.value;
  const steps = stepsOf(path);
  if (kind !== "modified") {
    if (typeName === "Parameter" && isNode(value))
      return [`${String(value.in)} parameter \`${String(value.name)}\``];
    if (typeName === "SchemaProperties" && isNode(value))
      return Object.keys(value).map((name) => `field \`${name}\``);
    if (steps.at(-2) === "properties") return [`field \`${steps.at(-1)}\``];
    if (isNode(value) && typeof value.title === "string") return [`type \`${value.title}\``];
  }
  const [before, after] = [from, to].map((each) => `${rolesOf(each).pageQuery}1`);
  if (property === "pattern" && before !== after && isPageUrl(change, from)) {
    return [`links of page 1 end in \`${after}\`, no longer in \`${before}\``];
  }
  return [verdicts[0]?.message ?? `${typeName} \`${property ?? steps.at(-1)}\``];
}

/** Whether a change is about the URLs of pages, whose forms are patterns that nobody wants to read. */
function isPageUrl({ base }: Change, { document }: Description): boolean {
  const node = at(document, `#${(base?.pointer ?? "").replace(/^#/, "").replace(/\/pattern$/, "")}`);
  return isNode(node) && "x-page-query" in node;
}

/** The operation of a parameter; the schema of what stands in one. */
function placeOf({ path, kind, base, revision }: Change): string {
  const pointer = (kind === "removed" ? base : revision)?.pointer ?? path;
  const [components, schemas, name] = stepsOf(pointer);
  if (components === "components" && schemas === "schemas") return `\`${name}\``;
  const [, template, method = ""] = stepsOf(path);
  return `\`${method.toUpperCase()} ${template}\``;
}

/** The page with the differences of all pairs, each under the address `#from..to`. */
export function renderDifferences(all: readonly Differences[], language: Language): string {
  return pageFrame({
    language,
    title: "Differences between the instances",
    description: "What a client of one instance meets at another, rated by redocly diff.",
    root: "",
    styles: ["site.css"],
    body: html`<a class="skip" href="#content">Skip to the content</a>
<header class="bar"><a class="brand" href="index.html">notification-handlers API</a>
<nav aria-label="Site"><a href="index.html#differences">All pairs</a></nav><button type="button" id="mode" hidden>Dark</button></header>
<main id="content" class="narrow">
<h1>Differences between the instances</h1>
<p>Read each list as the way of a client from one instance to another. <code>redocly diff</code> rates what it meets:
${impactName("major")} breaks it, ${impactName("minor")} is more than it knows, ${impactName("patch")} changes nothing for it.
Base URLs, names and examples differ by nature and are left out.</p>
<form id="pair" hidden><label>From <select name="from"></select></label> <label>to <select name="to"></select></label></form>
${all.map(renderPair)}
</main>
<script src="assets/site.js"></script>`,
  });
}

function renderPair(pair: Differences): Html {
  const id = `${pair.from}..${pair.to}`;
  return html`<section class="pair" id="${id}" data-from="${pair.from}" data-to="${pair.to}" aria-labelledby="title-${id}">
<h2 id="title-${id}">${pair.from} → ${pair.to}</h2>
${
  pair.differences.length === 0
    ? html`<p>No difference in the contract: a client of one works with the other.</p>`
    : html`<ul class="differences">${pair.differences.map(renderDifference)}</ul>`
}
</section>`;
}

function renderDifference({ impact, kind, subject, places }: Difference): Html {
  const verb = kind === "modified" ? "" : html` <span class="kind">${kind}</span>`;
  return html`<li>${impactName(impact)} <span>${inlineCode(subject)}${verb} <span class="places">${places.map(
    (place, index) => html`${index > 0 ? ", " : "in "}${inlineCode(place)}`,
  )}</span></span></li>`;
}

/** The badge of a rating. */
export function impactName(impact: Impact): Html {
  return html`<span class="impact ${impact}">${impact}</span>`;
}

/** Text in which backticks mark what is code; long names break between their words. */
function inlineCode(text: string): Html[] {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html`<code>${breakable(part)}</code>` : html`${part}`));
}

function breakable(name: string): Html[] {
  return name
    .split(/(?<=[a-z/])(?=[A-Z{])/)
    .map((word, index) => (index > 0 ? html`<wbr>${word}` : html`${word}`));
}
