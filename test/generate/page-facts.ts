import { existsSync } from "node:fs";
import { fieldsByType } from "../../src/import/entry.ts";
import { parameterOf } from "../../src/import/facts.ts";
import { contractKnowledge } from "../../src/import/index.ts";
import { keptPath, readKept } from "../../src/import/register.ts";
import { facts, type InstanceFacts } from "./facts.ts";

/** What the page of an instance states: as transcribed by hand, else as `npm run import` kept it. */
export function pageFacts(name: string): InstanceFacts | undefined {
  return facts[name] ?? (existsSync(keptPath(name)) ? keptFacts(name) : undefined);
}

function keptFacts(name: string): InstanceFacts | undefined {
  const kept = readKept(name);
  if (kept?.baseUrl == null) return undefined;
  const { pageParameter, sizeParameter, resource } = contractKnowledge();
  const form = kept.create ?? kept.update;
  const types = [...(form?.types?.value ?? [])];
  const all = Object.entries(fieldsByType(form?.fields ?? []));
  const isListed = (type: string) => types.length === 0 || types.includes(type);
  const size = parameterOf(kept, sizeParameter);
  const page = parameterOf(kept, pageParameter);
  const sizes = size?.enum?.filter((each) => typeof each === "number").sort((a, b) => a - b);
  const baseUrl = kept.baseUrl.value;
  return {
    baseUrl,
    language: kept.language ?? "",
    page: kept.url ?? undefined,
    datetime: kept.example.datetime?.value ?? "",
    types,
    fields: Object.fromEntries(all.filter(([type]) => isListed(type))),
    inertFields: Object.fromEntries(all.filter(([type]) => !isListed(type))),
    pages: {
      ...(sizes?.length && { sizes }),
      ...(typeof size?.default === "number" && { size: size.default }),
      ...(typeof page?.default === "number" && { page: page.default }),
    },
    listParameters: [...new Set(kept.parameters.map((each) => each.name))],
    firstPageUrl: `${baseUrl}/${resource}${kept.pageQueries[0]?.value}1`,
  };
}
