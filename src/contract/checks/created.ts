import { type Model, type Operation, objectOf } from "../../description/index.ts";
import { assumes, hardTexts, takesField } from "../instance/index.ts";
import { excerpt } from "../judging/index.ts";
import type { Created, Run } from "../run/index.ts";
import type { Check, Verdict } from "./check.ts";
import { at, propertyPointer, settingsPointer } from "./places.ts";

/** Checks that a read shows a handler as it was created. */
export const createdChecks: readonly Check[] = [
  {
    name: "created_as_sent",
    proves: "A new handler has the type, the name and the settings that were sent.",
    write: true,
    stages: ["create"],
    targets: (model) =>
      model.types.flatMap((subject) =>
        at(model.operations.create, () => settingsPointer(model, subject), subject),
      ),
    judge: createdAsSent,
  },
  {
    name: "text_round_trip",
    proves: "Names come back unchanged: other scripts, quotes, markup, long ones.",
    write: true,
    stages: ["create"],
    targets: (model) =>
      [...hardTexts.keys()].flatMap((subject) =>
        at(model.operations.create, () => propertyPointer(model, "name"), subject),
      ),
    judge: textRoundTrip,
  },
  {
    name: "enabled_at_first",
    proves: "A new handler is enabled.",
    write: true,
    stages: ["create"],
    targets: (model) => at(model.operations.create, (it) => model.assumption(it, "enabled-at-first")),
    judge: enabledAtFirst,
  },
  {
    name: "creation_time",
    proves: "A new handler has the time of its create, in UTC, and no time of a change.",
    write: true,
    stages: ["create"],
    targets: (model) => at(model.operations.create, () => propertyPointer(model, "created")),
    judge: creationTime,
  },
];

function createdAsSent(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { names, operations } = model;
  if (operations.create === undefined) return;
  for (const created of run.created) {
    const place = { operation: operations.create, subject: created.type };
    const { resource } = created;
    if (resource === undefined) {
      verdict.cannot(place, "the handler could not be read");
      continue;
    }
    const exchange = created.read;
    const settings = objectOf(resource[names.settings]) ?? {};
    const wrong = (message: string, got: unknown, pointer: string) =>
      verdict.breaks(place, { message, got: excerpt(got), pointer, exchange });
    let fine = true;
    if (resource[names.type] !== created.type) {
      wrong(
        `A handler was created with type ${created.type}, but has another type.`,
        resource[names.type],
        model.roles.resource.pointer,
      );
      continue;
    }
    if (created.text === undefined && resource[names.name] !== created.name) {
      fine = false;
      wrong("The name is not the one that was sent.", resource[names.name], propertyPointer(model, "name"));
    }
    for (const [field, value] of created.fields) {
      if (settings[field] === value) continue;
      fine = false;
      wrong(
        `The settings do not have ${field} as it was sent.`,
        settings[field],
        settingsPointer(model, created.type),
      );
    }
    if (fine) verdict.holds(place, sentFields(model, operations.create, created));
  }
}

function sentFields({ names }: Model, create: Operation, { type, fields }: Created): string[] {
  return [names.type, names.name, ...fields.map(([field]) => field)].map((name) =>
    takesField(create, type, name),
  );
}

function textRoundTrip(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const created of run.created) {
    if (created.text === undefined) continue;
    const place = { operation, subject: created.text };
    const { resource } = created;
    if (resource === undefined) verdict.cannot(place, "the handler could not be read");
    else if (resource[model.names.name] === created.name) verdict.holds(place);
    else {
      verdict.breaks(place, {
        message: "The name does not come back unchanged.",
        got: `sent ${excerpt(created.name)}, received ${excerpt(resource[model.names.name])}`,
        pointer: propertyPointer(model, "name"),
        exchange: created.read,
      });
    }
  }
}

function enabledAtFirst(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const { read, resource } of run.created) {
    if (resource === undefined) continue;
    if (resource[model.names.enabled] === true)
      verdict.holds({ operation }, [assumes(operation, "enabled-at-first")]);
    else {
      const pointer = model.assumption(operation, "enabled-at-first");
      const got = `${model.names.enabled}: ${excerpt(resource[model.names.enabled])}`;
      verdict.breaks(
        { operation },
        { message: "A new handler is not enabled.", got, pointer, exchange: read },
      );
    }
  }
}

/** How far the clocks of the instance and of this machine may differ, in seconds. */
export const clockTolerance = 300;

function creationTime(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { names } = model;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const { read, between, resource } of run.created) {
    if (resource === undefined) continue;
    const moment = model.datetime.read(String(resource[names.created]));
    const near =
      moment !== undefined && moment >= between[0] - clockTolerance && moment <= between[1] + clockTolerance;
    const unchanged = resource[names.changed] === null;
    if (near && unchanged) {
      verdict.holds({ operation });
      continue;
    }
    const role = near ? "changed" : "created";
    verdict.breaks(
      { operation },
      {
        message: near
          ? "A new handler already has the time of a change."
          : `${names.created} is not the time of the create, in UTC.`,
        got: `${names[role]}: ${excerpt(resource[names[role]])}${near ? "" : `, created at ${model.datetime.write(between[0])} UTC`}`,
        pointer: propertyPointer(model, role),
        exchange: read,
      },
    );
  }
}
