import { expect, test } from "vitest";
import { instanceNames, loadDescription, rolesOf } from "../../src/description/index.ts";
import { findDifferences, heaviest } from "../../src/docs/differences.ts";

const find = (from: string, to: string) => findDifferences(loadDescription(from), loadDescription(to));

test("instances that agree have no difference", async () => {
  expect((await find("tistos.com", "dmpilot.ru")).differences).toEqual([]);
});

test("what one has and the other lacks is removed one way, and breaks; added the other way", async () => {
  const there = await find("k.aws.bj", "tistos.com");
  const back = await find("tistos.com", "k.aws.bj");
  expect(heaviest(there)).toBe("major");
  const subjects = (pair: typeof there, kind: string) =>
    new Set(pair.differences.filter((each) => each.kind === kind).map(({ subject }) => subject));
  const filters = rolesOf(loadDescription("k.aws.bj"))
    .operations("list")[0]
    ?.parameters.slice(2)
    .map(({ name }) => `query parameter \`${name}\``);
  for (const subject of [...(filters ?? []), "type `twilio`", "field `microsoft_teams`"]) {
    expect(subjects(there, "removed")).toContain(subject);
    expect(subjects(back, "added")).toContain(subject);
  }
  const filter = there.differences.find(({ subject }) => subject === filters?.[0]);
  expect(filter).toMatchObject({
    impact: "major",
    places: ["`GET /notification-handlers`", "`GET /notification-handlers/`"],
  });
});

test("names and base URLs, which differ by nature, are left out", async () => {
  const { differences } = await find("bitpeak.ru", "app.conecto.ir");
  for (const { subject } of differences) {
    for (const name of instanceNames) expect(subject).not.toContain(name);
  }
});

test("types that take each other's place are told one by one, and links by what they look like", async () => {
  const { differences } = await find("tistos.com", "app.conecto.ir");
  const types = (kind: string, impact: string) =>
    differences
      .filter((each) => each.kind === kind && each.impact === impact && each.subject.startsWith("type "))
      .map(({ subject }) => subject);
  for (const [kind, impact, names] of [
    ["removed", "major", ["discord", "telegram"]],
    ["added", "major", ["google_chat", "internal_notification"]],
    ["added", "minor", ["google_chat", "internal_notification"]],
  ] as const) {
    expect(types(kind, impact).sort()).toEqual(names.map((name) => `type \`${name}\``));
  }
  expect(differences.filter(({ kind }) => kind === "modified")).toEqual([
    {
      impact: "major",
      kind: "modified",
      subject: "links of page 1 end in `?page=1`, no longer in `?&page=1`",
      places: ["`PageUrl`"],
    },
  ]);
});

test("no pattern and no keyword of a schema is left for readers to make sense of", async () => {
  for (const from of instanceNames) {
    for (const to of instanceNames.filter((name) => name !== from)) {
      for (const { subject } of (await find(from, to)).differences) {
        expect(subject, `${from} → ${to}`).toMatch(/^(type|field|query parameter|links of page 1) /);
      }
    }
  }
});
