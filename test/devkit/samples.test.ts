import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as devkit from "../../src/devkit/index.ts";

const read = (page: string) => readFileSync(new URL(`../../${page}`, import.meta.url), "utf8");

const samples = ["README.md", "docs/workbench.md"].flatMap((page) =>
  [...read(page).matchAll(/```js\n([\s\S]*?)```/g)]
    .map(([, code = ""]) => ({ page, code, names: /import \{ (.*) \}/.exec(code)?.[1] }))
    .filter(({ code }) => !code.includes("@playwright/test")),
);

test.each(samples)("the sample of $page for $names runs", async ({ page, code }) => {
  const said: string[] = [];
  const body = code
    .replace(/import (\{.*\}) from "notification-handlers-devkit";/, "const $1 = devkit;")
    .concat(code.includes("close()") ? "" : "\nawait close();");
  const run = new Function("devkit", "console", `return (async () => {\n${body}\n})();`);
  await run(devkit, { log: (...words: unknown[]) => said.push(words.map(shown).join(" ")) });
  // What a line prints stands behind it.
  const told = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, words]) => words);
  expect(said, page).toEqual(told);
});

const shown = (value: unknown) => (typeof value === "string" ? JSON.stringify(value) : String(value));
