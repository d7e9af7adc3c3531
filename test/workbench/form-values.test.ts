import { expect, test } from "vitest";
import { familyName, instanceEntry, instanceNames, loadDescription } from "../../src/description/index.ts";
import { allLanguages, english } from "../../src/docs/index.ts";
import type { InstanceModel } from "../../src/workbench/page/boot.ts";
import {
  createForm,
  examplesOf,
  formsOf,
  updateForm,
  valuesOf,
} from "../../src/workbench/page/browser/data/form-values.ts";
import { readInstance } from "../../src/workbench/page/model.ts";

const language = allLanguages().get(english);
if (language === undefined) throw new Error("there is no English");
const [name = ""] = instanceNames;
const model: InstanceModel = readInstance(loadDescription(name), language);
const family: InstanceModel = readInstance(loadDescription(familyName), language);
const [type = "", other = ""] = instanceEntry(name).types;
const [field = ""] = instanceEntry(name).fields[type] ?? [];
const [otherField = ""] = instanceEntry(name).fields[other] ?? [];
const names = model.properties;
const sent = (form: ReadonlyMap<string, string>) => Object.fromEntries(form);

const handler = {
  [names.id]: 1,
  [names.type]: type,
  [names.name]: "Ops",
  [names.enabled]: true,
  [names.settings]: { [field]: "before" },
};
const before = { type, values: valuesOf(model, handler) };

test("a create sends the type, what must be there, and what has a value", () => {
  const forms = formsOf(model, type, undefined);
  expect(sent(createForm(model, forms, new Map([[field, ""]])))).toEqual({
    [names.type]: type,
    [names.name]: "",
  });
  const examples = examplesOf(forms.create);
  expect(sent(createForm(model, forms, examples))).toEqual({ [names.type]: type, ...sent(examples) });
});

test("an update sends what has changed, a value that was emptied, too", () => {
  const forms = formsOf(model, type, handler);
  expect(sent(updateForm(model, forms, before.values, before))).toEqual({});
  const values = new Map([...before.values, [names.enabled, "0"], [field, ""]]);
  expect(sent(updateForm(model, forms, values, before))).toEqual({ [names.enabled]: "0", [field]: "" });
});

test("an update to another type sends the type and all fields, and none of the type before", () => {
  const forms = formsOf(model, other, handler);
  const values = new Map([...before.values, [otherField, "after"]]);
  expect(sent(updateForm(model, forms, values, before))).toEqual({
    [names.type]: other,
    [names.name]: "Ops",
    [names.enabled]: "1",
    [otherField]: "after",
  });
});

test("a type that the contract does not list has the fields of all, and those of its handler", () => {
  expect([model.isOpen, family.isOpen]).toEqual([false, true]);
  expect(formsOf(family, "pigeon", undefined).create.map((it) => it.name)).toEqual([names.name]);
  const pigeon = { ...handler, [names.type]: "pigeon", [names.settings]: { loft: "3", ring: null } };
  const forms = formsOf(family, "pigeon", pigeon);
  expect(forms.update.map((it) => it.name)).toEqual(
    expect.arrayContaining([names.name, names.enabled, "loft", "ring"]),
  );
  const values = new Map([...valuesOf(family, pigeon), ["loft", "4"]]);
  const was = { type: "pigeon", values: valuesOf(family, pigeon) };
  expect(sent(updateForm(family, forms, values, was))).toEqual({ loft: "4" });
});
