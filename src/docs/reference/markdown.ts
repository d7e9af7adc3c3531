import { isNode } from "../../description/index.ts";
import { type Reading, readingOf } from "../reading.ts";
import { type Tool, tools } from "../samples/index.ts";
import type { Field } from "./fields.ts";
import { inferredOf } from "./inferred.ts";
import type { Mark } from "./marks.ts";
import { referenceOf } from "./model.ts";
import type { ReferencePage } from "./reference-page.ts";
import { titleOf } from "./title.ts";
import { type AnswerView, type OperationView, otherType, type Reference } from "./views.ts";

/** The reference as Markdown: the content of the page, with curl samples. */
export function renderMarkdown({ description, language, downloads, folder }: ReferencePage): string {
  const reference = referenceOf(description);
  const reading = readingOf(description, language);
  const { info, externalDocs } = description.document;
  const intro = isNode(info) ? String(info.description ?? "") : "";
  const source = isNode(externalDocs)
    ? [`${reading.text(String(externalDocs.description))} <${externalDocs.url}>`]
    : [];
  return `${[
    `# ${titleOf(description, reading)}`,
    reading.text(intro).trim(),
    ...source,
    `${reading.say("baseUrl")}: \`${description.baseUrl}\``,
    `${reading.say("downloads")}: ${downloads.map(({ file, name }) => `[${name}](${folder}${file})`).join(", ")}`,
    ...reference.operations.flatMap((view) => operation(view, reference, reading)),
    `## ${reading.say("handler")}`,
    fields(reference.handler.shared, reading),
    ...types(reference.handler.byType, reading),
    ...(reference.errors === undefined
      ? []
      : [
          `## ${reading.say("errors")}${badges(reference.errors.marks, reading)}`,
          reading.say("errorsIntro"),
          fields(reference.errors.fields, reading),
        ]),
    `## ${reading.say("inferredTitle")}`,
    inferredOf(reference)
      .map(
        ({ assumption, places }) =>
          `- ${reading.text(assumption)} (${places.map((id) => `\`${id}\``).join(", ")})`,
      )
      .join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

function operation(view: OperationView, reference: Reference, reading: Reading): string[] {
  const { operation, summary, description, marks, assumptions, like, parameters, body, answers, samples } =
    view;
  const alike = reference.operations.find(({ slug }) => slug === like);
  return [
    `## ${reading.text(summary)}${badges(marks, reading)}`,
    `\`${operation.method} ${operation.path}\``,
    description === undefined ? "" : reading.text(description),
    ...notes(marks, reading),
    ...assumptions.map((assumption) => note(assumption, reading)),
    alike === undefined ? "" : `${reading.say("alike")} ${reading.text(alike.summary)}`,
    ...parameters.flatMap((each) => [
      `### ${reading.say(`${each.location}Parameters`)}`,
      fields(each.fields, reading),
    ]),
    ...(body === undefined
      ? []
      : [
          `### ${reading.say("body")} \`${body.mediaType}\``,
          ...notes(body.marks, reading),
          fields(body.shared, reading),
          ...types(body.byType, reading),
        ]),
    ...(answers.length === 0 ? [] : [`### ${reading.say("answers")}`]),
    ...answers.flatMap((each) => answer(each, reading)),
    `### ${reading.say("request")}`,
    ...samples.flatMap(({ summary, samples }) => [
      summary === undefined ? "" : `${reading.text(summary)}:`,
      block(samples.find(({ tool }) => tool === ("curl" satisfies Tool))?.source ?? "", tools.curl.language),
    ]),
  ];
}

function answer(
  { status, description, marks, headers, fields: all, examples, isError }: AnswerView,
  reading: Reading,
): string[] {
  const name = status === "default" ? reading.say("anyStatus") : status;
  const [example] = examples;
  return [
    `**${name}**${badges(marks, reading)} ${description === undefined ? "" : reading.text(description)}`,
    ...notes(marks, reading),
    fields([...headers, ...all], reading),
    example === undefined || isError ? "" : block(JSON.stringify(example.value, null, 2), "json"),
  ];
}

function types(
  byType: readonly {
    type: string;
    description: string | undefined;
    marks: readonly Mark[];
    fields: readonly Field[];
  }[],
  reading: Reading,
): string[] {
  return byType.flatMap(({ type, description, marks, fields: own }) => [
    `#### ${type === otherType ? reading.say("otherType") : `\`${type}\``}`,
    description === undefined ? "" : reading.text(description),
    own.length === 0 ? reading.say("noFields") : fields(own, reading),
    ...notes(marks, reading),
  ]);
}

function fields(all: readonly Field[], reading: Reading, depth = 0): string {
  return all.map((field) => item(field, reading, depth)).join("\n");
}

function item(field: Field, reading: Reading, depth: number): string {
  const { name, type, isRequired, description, values, preset, marks, children, forms } = field;
  const required = isRequired ? `, ${reading.say("required")}` : "";
  const code = (value: unknown) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
  const words = [
    description === undefined ? "" : reading.text(description),
    ...forms.map((form) => reading.text(form)),
    values.length === 0
      ? ""
      : `${reading.say("values", { count: values.length })} ${values.map(code).join(", ")}.`,
    preset === undefined ? "" : `${reading.say("preset", { value: String(preset) })}.`,
    ...notes(marks, reading),
  ].filter((text) => text !== "");
  const line = `${"  ".repeat(depth)}- \`${name}\` (\`${type}\`${required})${badges(marks, reading)} ${words.join(" ")}`;
  return [line.trimEnd(), fields(children, reading, depth + 1)].filter((text) => text !== "").join("\n");
}

function badges(marks: readonly Mark[], reading: Reading): string {
  return [...new Set(marks.map(({ level }) => level))].map((level) => ` [${reading.say(level)}]`).join("");
}

function notes(marks: readonly Mark[], reading: Reading): string[] {
  return marks.flatMap((mark) =>
    mark.level === "inferred" && mark.assumption ? [note(mark.assumption, reading)] : [],
  );
}

function note(assumption: string, reading: Reading): string {
  return `*${reading.say("inferredNote", { assumption: reading.text(assumption) })}*`;
}

function block(code: string, language: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
