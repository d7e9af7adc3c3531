/** `npm run bench -- <name>` runs bench/<name>.ts, whose `bench` prints figures and gives a line for each bar that was missed. */
import { readdirSync } from "node:fs";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "index.ts")
  .map((file) => file.slice(0, -3));
const name = process.argv[2] ?? "";
if (!names.includes(name)) {
  console.error(`There is no bench "${name}": use npm run bench -- ${names.join(" | ")}.`);
  process.exit(2);
}
const { bench } = (await import(`./${name}.ts`)) as { bench: () => Promise<string[]> };
const missed = await bench();
for (const each of missed) console.error(`Missed: ${each}`);
process.exit(missed.length > 0 ? 1 : 0);
