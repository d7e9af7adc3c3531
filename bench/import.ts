import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { contractKnowledge, importPage, openContract, readRegister } from "../src/import/index.ts";
import { facts } from "../test/generate/facts.ts";
import { pageOf } from "../test/import/facts-pages.ts";
import { languages } from "../test/import/page-languages.ts";
import { forms, partsOf, write } from "../test/import/pages.ts";
import type { Figure } from "./figures/figure.ts";

const count = 1000;
/** Milliseconds of processor time for a page, on the mean. */
const maxTime = 20;
/** How much the heap may grow in the second half of the run, in MiB. */
const maxGrowth = 10;

/** Reads 1,000 pages of all forms and languages in one run: time of each, and whether memory grows. There is no peer: no other tool reads them. */
export async function bench(): Promise<Figure[]> {
  const contract = openContract(contractKnowledge(), readRegister());
  const endings = { html: "html", markdown: "md" } as Record<string, string>;
  const pages = Object.keys(facts).flatMap((name) =>
    forms.flatMap((form) =>
      Object.values(languages).map((words) => ({
        name: `page.${endings[form] ?? "txt"}`,
        text: write(partsOf(pageOf(name), words), form),
      })),
    ),
  );
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  let half = 0;
  const before = process.cpuUsage();
  for (let index = 0; index < count; index++) {
    const { name, text } = pages[index % pages.length]!;
    await importPage(name, text, contract, { name });
    if (index === count / 2) half = heap();
  }
  const { user, system } = process.cpuUsage(before);
  const time = (user + system) / 1000 / count;
  const growth = heap() - half;
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  console.log(`import ${version}, ${count} pages, ${pages.length} of them different`);
  console.log(`  processor time of each  ${time.toFixed(1).padStart(6)} ms   (at most ${maxTime})`);
  console.log(`  heap, second half       ${growth.toFixed(1).padStart(6)} MiB  (at most ${maxGrowth})`);
  return [
    { what: "processor time of a page", value: time, unit: "ms", most: maxTime },
    { what: "growth of the heap over 500 pages", value: growth, unit: "MiB", most: maxGrowth },
  ];
}
