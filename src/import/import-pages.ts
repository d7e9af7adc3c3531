import { decode } from "./decode.ts";
import { ImportError } from "./error.ts";
import { fetchPage } from "./fetch-page.ts";
import type { Format } from "./format.ts";
import { type Contract, checkKept, importPage, openContract } from "./import-page.ts";
import { contractKnowledge } from "./knowledge.ts";
import type { Outcome } from "./outcome.ts";
import { readFile, readStandardInput } from "./read-bytes.ts";
import { keptFile, readRegister } from "./register.ts";
import { registerPages } from "./register-pages.ts";

export interface ImportPagesOptions {
  /** The name of the instance, if there is one page. */
  readonly instance?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly allowPrivate: boolean;
  /** Whether to register instances and update registered ones. */
  readonly write: boolean;
  /** Reports progress, one line at a time. */
  onStep(text: string): void;
  /** Called with a warning if the outcomes may be wrong: `generated/` is stale. */
  onWarning(text: string): void;
  /** Whether `generated/`, where the contract is read, has what `openapi/` says. */
  isFresh(): Promise<boolean>;
}

/**
 * Reads pages (files, standard input as `-`, or URLs) and compares each with the contract. Without pages, it compares all kept facts with
 * their entries.
 *
 * @throws {ImportError} when nothing could be read or written at all
 */
export async function importPages(pages: readonly string[], options: ImportPagesOptions): Promise<Outcome[]> {
  const contract = openContract(contractKnowledge(), readRegister());
  const outcomes = pages.length === 0 ? keptOutcomes(contract) : [];
  for (const page of pages) outcomes.push(await outcomeOf(page, contract, options));
  // What generated/ lacks may be in openapi/, such as a type or a filter that was just added.
  if (outcomes.some(needsWhatIsMissing) && !(await options.isFresh())) options.onWarning(stale);
  if (!options.write) return outcomes;
  const today = new Date().toISOString().slice(0, 10);
  return await registerPages(outcomes, contract.register, { ...options, today });
}

const stale =
  "openapi/, redocly.yaml or the generator has changed since `npm run generate`: run it, then import again, or what was added there is missing here.";

/** Whether a page has what the contract lacks. A list parameter that compares a property is then a filter of the instance alone. */
function needsWhatIsMissing(outcome: Outcome): boolean {
  if (!("imported" in outcome)) return false;
  const { findings, entry } = outcome.imported.result;
  return entry?.custom_filters !== undefined || findings.some(({ level }) => level === "unknown");
}

/** The comparison of what was kept of each page with its entry. Kept facts without an entry are named, too. */
export function keptOutcomes(contract: Contract): Outcome[] {
  return [...contract.register.keys(), ...contract.unregistered()].map((name): Outcome => {
    const page = keptFile(name);
    try {
      const imported = checkKept(name, contract);
      return imported
        ? { page, imported }
        : { page, error: `It is not there: import the page of ${name} with --write.` };
    } catch (error) {
      if (error instanceof ImportError) return { page, error: error.message };
      throw error;
    }
  });
}

async function outcomeOf(page: string, contract: Contract, options: ImportPagesOptions): Promise<Outcome> {
  const shown = page === "-" ? "standard input" : page;
  options.onStep(`${shown} ...`);
  try {
    const { text, format, url } = await textOf(page, options);
    if (text.trim() === "") throw new ImportError("It is empty.");
    const { instance, language } = options;
    const imported = await importPage(shown, text, contract, {
      name: page,
      ...(format !== undefined && { format }),
      ...(url !== undefined && { url }),
      ...(instance !== undefined && { instance }),
      ...(language !== undefined && { language }),
    });
    return { page: shown, imported };
  } catch (error) {
    if (error instanceof ImportError) return { page: shown, error: error.message };
    throw error;
  }
}

async function textOf(
  page: string,
  { allowPrivate }: ImportPagesOptions,
): Promise<{ text: string; format?: Format; url?: string }> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(page)) {
    const { bytes, encoding, type, url } = await fetchPage(page, { allowPrivate });
    const format = type === "text/html" ? "html" : type === "text/markdown" ? "markdown" : undefined;
    return { text: decode(bytes, encoding), url, ...(format !== undefined && { format }) };
  }
  return { text: decode(page === "-" ? await readStandardInput() : readFile(page)) };
}
