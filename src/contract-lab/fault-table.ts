import { listFaults } from "../sandbox/index.ts";
import { consequencesOf } from "./consequences.ts";
import { checkFor } from "./fault-checks.ts";
import { needsOfFaults } from "./fault-needs.ts";

/** Which check catches which fault, as a page in Markdown. */
export function faultTable(): string {
  const needed = needsOfFaults();
  const rows = listFaults().map((fault) => {
    const also = consequencesOf(fault.name).join(", ");
    const needs = needed.get(fault.name)?.join(", ") ?? "";
    return `| \`${fault.name}\` | ${fault.description} | ${needs} | ${checkFor(fault.name) ?? "-"} | ${also} |`;
  });
  return [
    "<!-- Written by `npm run -s contract -- --list-faults > docs/faults.md`. Do not edit. -->",
    "",
    "# What the contract checks catch",
    "",
    "The sandbox can deviate from the contract in these ways, one at a time (`npm run sandbox -- --fault NAME`), where the instance has",
    "what the fault is about. Every night each is tried on all instances that can have it, by all checks: the check that is named here catches",
    "it, and no other check finds anything but those that may follow from the fault. `npm test` tries two faults of each check, on one instance.",
    "",
    "| fault | what the instance does | needs | caught by | may follow from it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
