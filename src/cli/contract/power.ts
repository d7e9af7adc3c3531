import { measurePower, powerTable } from "../../contract-lab/power.ts";

/** Tries the checks on every fault of the sandbox, and prints which check catches it. */
export async function showPower(instances: readonly string[] | undefined): Promise<void> {
  const { stderr } = process;
  const say = (text: string) => {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
  };
  const power = await measurePower(instances, ({ fault, instance }) => say(`${fault} on ${instance}`));
  say("");
  process.stdout.write(powerTable());
  const bad = power.filter((it) => !it.caught || it.others.length > 0);
  for (const { fault, instance, caught, others } of bad) {
    const what = caught ? `also fails ${others.join(", ")}` : "is not caught";
    console.error(`${fault} on ${instance} ${what}.`);
  }
  console.error(
    `${power.filter((it) => it.caught).length} of ${power.length} caught, ${bad.length} with something wrong.`,
  );
  process.exitCode = bad.length > 0 ? 1 : 0;
}
