import { lackingType, type Pair, requires, unknownType } from "../instance/index.ts";
import { nameOf } from "../journal/index.ts";
import { refused } from "../judging/index.ts";
import { ask, type Run } from "../run/index.ts";
import { isRefusal, listIsThere, numberOf } from "./create.ts";

/** Creates that must be refused: without required fields, and of types that the instance does not have. */
export async function refuseCreates(run: Run): Promise<void> {
  const { names, types, open } = run.model;
  const lacking = lackingType(run.model);
  const type = types[0] ?? "";
  if (!listIsThere(run)) return;
  await refuseCreate(run, `without ${names.name}`, `${names.name} missing`, [[names.type, type]]);
  await refuseCreate(run, `without ${names.type}`, `${names.type} missing`, "name");
  if (open) return;
  await refuseCreate(run, "of an unknown type", `${names.type} unknown`, "name", unknownType);
  if (lacking !== undefined) {
    const subject = `${names.type} of another instance`;
    await refuseCreate(run, "of a type that the instance lacks", subject, "name", lacking);
  }
}

async function refuseCreate(
  run: Run,
  what: string,
  subject: string,
  form: readonly Pair[] | "name",
  type?: string,
): Promise<void> {
  const { names, operations } = run.model;
  const operation = operations.create;
  if (operation === undefined) return;
  const name = nameOf(run.id, numberOf(run));
  const named: Pair[] = [...(type === undefined ? [] : [[names.type, type] as const]), [names.name, name]];
  if (form === "name") run.journal.intend(name);
  const missing = [names.name, names.type].filter((it) => subject === `${it} missing`);
  const exchange = await ask(run, {
    purpose: `a create ${what}`,
    operation,
    form: form === "name" ? named : form,
    expect: {
      ...refused(run.model, operation, 400, "negative_data_rejection", subject),
      statements: missing.map((it) => requires(operation, it)),
    },
  });
  if (isRefusal(exchange)) run.journal.void(name);
}
