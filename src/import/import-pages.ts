import { readFileSync, statSync } from "node:fs";
import { decode, maxBytes } from "./decode.ts";
import { ImportError } from "./error.ts";
import { fetchPage } from "./fetch-page.ts";
import type { Format } from "./format.ts";
import { type Contract, checkKept, importPage, openContract } from "./import-page.ts";
import { contractKnowledge } from "./knowledge.ts";
import type { Outcome } from "./outcome.ts";
import { readRegister } from "./register.ts";
import { writePages } from "./write.ts";

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
  /** Reports what makes the outcomes doubtful. */
  onWarning(text: string): void;
  /** Whether `generated/`, where the contract is read, has what `openapi/` says. */
  isFresh(): Promise<boolean>;
}

/**
 * Reads pages (files, standard input as `-`, or URLs) and compares each with the contract. Without pages, it compares the kept facts of
 * every registered instance with its entry.
 *
 * @throws {ImportError} when nothing could be read or written at all
 */
export async function importPages(pages: readonly string[], options: ImportPagesOptions): Promise<Outcome[]> {
  const contract = openContract(contractKnowledge(), readRegister());
  const outcomes = pages.length === 0 ? keptOutcomes(contract) : [];
  for (const page of pages) outcomes.push(await outcomeOf(page, contract, options));
  // What is unknown may stand in openapi/ since a moment ago: a type that was just added, for example.
  if (outcomes.some(hasUnknown) && !(await options.isFresh())) options.onWarning(stale);
  if (!options.write) return outcomes;
  const today = new Date().toISOString().slice(0, 10);
  return await writePages(outcomes, contract.register, { ...options, today });
}

const stale =
  "openapi/, redocly.yaml or the generator has changed since `npm run generate`: run it, then import again, or what was added there is called unknown.";

function hasUnknown(outcome: Outcome): boolean {
  return "imported" in outcome && outcome.imported.result.findings.some(({ level }) => level === "unknown");
}

function keptOutcomes(contract: Contract): Outcome[] {
  return [...contract.register.keys()].map((name): Outcome => {
    const page = `pages/${name}.json`;
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
  return { text: decode(page === "-" ? readInput() : readFile(page)) };
}

function readFile(path: string): Uint8Array {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new ImportError("It is not a file.");
    // A file that is too large is not even read.
    if (stats.size > maxBytes) decode(new Uint8Array(maxBytes + 1));
    return readFileSync(path);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ImportError(code === "ENOENT" ? "There is no such file." : `It can't be read (${code}).`, {
      cause: error,
    });
  }
}

function readInput(): Uint8Array {
  try {
    return readFileSync(0);
  } catch (error) {
    throw new ImportError(`It can't be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
}
