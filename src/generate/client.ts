import type { InstanceEntry, Registry } from "../description/index.ts";
import type { OpenApiDocument } from "./document.ts";
import { operationById, resolveSchema } from "./document.ts";
import { generatedBy } from "./generated-by.ts";

/** What the client needs from a contract at run time. */
interface ClientContract {
  baseUrl: string;
  listPath: string;
  largestPageSize: number;
  filterDatetimeFormat: string;
}

/**
 * The text of generated/client.ts: what the client needs from the contract at run time, and nothing else, since every byte is shipped. Of
 * an instance it has only what differs from the family.
 *
 * @param source the family's contract, with its internal annotations
 */
export function renderClientConstants(source: OpenApiDocument, { family, instances }: Registry): string {
  const json = (value: unknown) => JSON.stringify(value);
  const collectionPath = pathOf(source, "createNotificationHandler");
  const handlerPath = pathOf(source, "getNotificationHandler");
  const page = parameterWithRole(source, "page").name;
  const size = parameterWithRole(source, "page-size").name;
  const common = contractOf(family, family, size);
  const others = Object.entries(instances).flatMap(([name, entry]) => {
    const own = Object.entries(contractOf(entry, family, size)).filter(
      ([key, value]) => value !== (key === "baseUrl" ? usualUrl(name) : common[key as keyof ClientContract]),
    );
    return own.length === 0 ? [] : [`  ${json(name)}: ${json(Object.fromEntries(own))},\n`];
  });
  const datetimes = Object.values(source.components.parameters)
    .filter((parameter) => resolveSchema(source, parameter.schema)["x-datetime-format"] !== undefined)
    .map((parameter) => json(parameter.name));
  return `// ${generatedBy()}

/** Where handlers are created, and where one of them is, below the base URL. */
export const collectionPath = ${json(collectionPath)};
export const handlerPath = ${json(handlerPath)};

/** The parameter of the path to one handler. */
export const idParameter = ${json(/\{([^{}]+)\}/.exec(handlerPath)?.[1])};

/** The query parameters that choose the page and its size. */
export const pageParameter = ${json(page)};
export const pageSizeParameter = ${json(size)};

/** How answers write datetimes, in PHP's notation; in UTC. */
export const responseDatetimeFormat = ${json(family.responseDatetimeFormat)};

/** The instances. */
export const instanceNames = ${json(Object.keys(instances))} as const;

/** What the client needs to know of a contract at run time. */
export interface ClientContract {
  /** Without a slash at the end; of the family it is an example. */
  baseUrl: string;
  /** Where the list is, below the base URL. */
  listPath: string;
  /** The largest page that may be asked for. */
  largestPageSize: number;
  /** How queries write datetimes, in PHP's notation; in UTC. */
  filterDatetimeFormat: string;
}

/** What differs from the family, by instance. */
const others: Record<string, Partial<ClientContract>> = {
${others.join("")}};

/** The contract of an instance; of the family where none is named. */
export const contractOf = (instance: string | undefined): ClientContract => ({
  baseUrl: instance ? \`${usualUrl("$" + "{instance}")}\` : ${json(common.baseUrl)},
  listPath: ${json(common.listPath)},
  largestPageSize: ${json(common.largestPageSize)},
  filterDatetimeFormat: ${json(common.filterDatetimeFormat)},
  ...others[instance ?? ""],
});

/** The query parameters that are datetimes, where an instance has any. */
export type DatetimeParameter = ${datetimes.join(" | ") || "never"};
`;
}

/** The base URL that most instances have. */
function usualUrl(host: string): string {
  return `https://${host}/api`;
}

function contractOf(entry: InstanceEntry, family: InstanceEntry, size: string): ClientContract {
  return {
    baseUrl: entry.baseUrl,
    listPath: entry.listPath,
    largestPageSize: Math.max(...(entry.parameters[size]?.values ?? []).map(Number)),
    filterDatetimeFormat: writable(entry.filterDatetimeFormat ?? family.filterDatetimeFormat ?? ""),
  };
}

/** A format in PHP's notation, if the client can write all its letters. */
function writable(format: string): string {
  const [part] = format.match(/(?![YmdHis])[a-z]/i) ?? [];
  if (part === undefined) return format;
  throw new Error(`The datetime format ${format} has a part that the client cannot write: ${part}.`);
}

function pathOf(document: OpenApiDocument, operationId: string): string {
  const found = operationById(document, operationId);
  if (found === undefined) throw new Error(`The contract has no operation ${operationId}.`);
  return found.path;
}

function parameterWithRole(document: OpenApiDocument, role: string) {
  const parameter = Object.values(document.components.parameters).find((each) => each["x-role"] === role);
  if (!parameter) throw new Error(`No parameter of the contract has the role ${role}.`);
  return parameter;
}
