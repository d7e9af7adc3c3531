import {
  type Branch,
  branchesOf,
  type Description,
  follow,
  isNode,
  type Node,
  type Operation,
  rolesOf,
  step,
  type Union,
} from "../../description/index.ts";
import { callsOf } from "../samples/calls.ts";
import { writtenIn } from "../samples/index.ts";
import { chain, readField, readProperties } from "./fields.ts";
import { type Mark, marksOf } from "./marks.ts";
import {
  type AnswerView,
  type BodyView,
  type ErrorsView,
  type ExampleView,
  type OperationView,
  otherType,
  type ParametersView,
  type Reference,
  type Shape,
  type TypeView,
} from "./views.ts";

const read = new WeakMap<Description, Reference>();

/** Builds the reference of a description. */
export function referenceOf(description: Description): Reference {
  const known = read.get(description);
  if (known !== undefined) return known;
  const reference = readReference(description);
  read.set(description, reference);
  return reference;
}

function readReference(description: Description): Reference {
  const { resource } = rolesOf(description);
  const types = [...resource.byValue.keys(), ...(resource.open === undefined ? [] : [otherType])];
  const slugs = slugsOf(description);
  const operations = description.operations.map((operation) => readOperation(description, operation, slugs));
  return {
    types,
    operations,
    handler: readHandler(description),
    errors: readErrors(description),
  };
}

/** The slug of each operation: its kind, or for a second one of the same kind the rest of its id. */
function slugsOf(description: Description): Map<string, string> {
  const roles = rolesOf(description);
  return new Map(
    description.operations.map((operation) => {
      const kind = roles.kindOf(operation);
      const [first = operation] = roles.operations(kind);
      if (operation === first) return [operation.id, kind];
      const rest = operation.id.startsWith(first.id) ? operation.id.slice(first.id.length) : operation.id;
      return [operation.id, `${kind}${rest.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`];
    }),
  );
}

function readOperation(
  description: Description,
  operation: Operation,
  slugs: ReadonlyMap<string, string>,
): OperationView {
  const { document } = description;
  const roles = rolesOf(description);
  const kind = roles.kindOf(operation);
  const slug = slugs.get(operation.id) ?? operation.id;
  const { node } = follow(document, { $ref: operation.pointer }, operation.pointer);
  const [first] = roles.operations(kind);
  const isLike = first !== undefined && first !== operation && signature(first) === signature(operation);
  return {
    operation,
    kind,
    slug,
    summary: operation.summary,
    description: textOf(node.description),
    marks: marksOf([node]),
    assumptions: [...operation.assumptions.values()].filter(
      (text) => !isLike || ![...first.assumptions.values()].includes(text),
    ),
    like: isLike ? slugs.get(first.id) : undefined,
    parameters: isLike ? [] : readParameters(document, operation, slug),
    body: readBody(description, operation, slug),
    answers: isLike ? [] : readAnswers(description, operation, slug, slugs),
    samples: callsOf(description, operation).map((call) => ({
      summary: call.summary,
      isDocumented: call.isDocumented,
      type: addressOf(description, call.type),
      samples: writtenIn(description, call),
    })),
  };
}

/** What two operations must have in common so that one can be described by a link to the other. */
function signature({ parameters, responses, body }: Operation): string {
  return JSON.stringify([
    parameters.map(({ pointer }) => pointer),
    [...responses].map(([status, { pointer }]) => [status, pointer]),
    body?.pointer,
  ]);
}

function addressOf({ about }: Description, type: string | undefined): string | undefined {
  return type === undefined || about.types.includes(type) ? type : otherType;
}

function readParameters(document: Node, operation: Operation, slug: string): ParametersView[] {
  return (["path", "query"] as const)
    .map((location) => ({
      location,
      fields: operation.parameters
        .filter((it) => it.in === location)
        .map(({ name, pointer, required }) => {
          const { node } = follow(document, { $ref: pointer }, pointer);
          const spot = { name, id: `${slug}.${name}`, isRequired: required };
          const schema = readField(document, step(pointer, "schema"), spot);
          const marks = [...marksOf([node]), ...schema.marks];
          return { ...schema, description: textOf(node.description) ?? schema.description, marks };
        }),
    }))
    .filter(({ fields }) => fields.length > 0);
}

function readBody(description: Description, operation: Operation, slug: string): BodyView | undefined {
  const { document } = description;
  const content = operation.body?.contents[0];
  if (operation.body === undefined || content?.schema === undefined) return undefined;
  const { node } = follow(document, { $ref: operation.body.pointer }, operation.body.pointer);
  const { union } = content;
  const rest = {
    mediaType: content.mediaType,
    property: union?.property ?? "",
    description: textOf(node.description),
    marks: marksOf([node]),
  };
  if (union === undefined) {
    return { ...rest, shared: readProperties(document, content.schema.pointer, slug), byType: [] };
  }
  return { ...rest, ...readUnion(description, union, slug) };
}

/** The fields of a union: those that all types share, and each type's own. */
function readUnion(description: Description, union: Union, slug: string): Pick<Shape, "shared" | "byType"> {
  const { document } = description;
  const roles = rolesOf(description);
  const fieldsOf = (type: string | undefined) => new Set(roles.fields.get(type ?? "") ?? []);
  const branches = [...union.byValue.values()];
  const [first] = branches;
  if (first === undefined) return { shared: [], byType: [] };
  const isShared = (name: string) =>
    branches.every(({ value, properties }) => {
      const here = properties.get(name)?.pointer;
      return here === first.properties.get(name)?.pointer && !fieldsOf(value).has(name);
    });
  const shared = [...first.properties.keys()].filter((name) => name === union.property || isShared(name));
  const all = readProperties(document, first.pointer, slug).filter(({ name }) => shared.includes(name));
  const keeping = union.otherwise === undefined ? undefined : chain(document, union.otherwise.pointer).nodes;
  return {
    shared: all.map((field) => {
      if (field.name !== union.property) return field;
      const values = [...union.byValue.keys()];
      // A form may leave the type out if there is a shape without it.
      const marks = keeping === undefined ? field.marks : marksOf(keeping);
      return { ...field, values, isRequired: field.isRequired && keeping === undefined, marks };
    }),
    byType: branchesOf(union)
      .filter((branch) => branch !== union.otherwise)
      .map((branch) => readBranch(description, branch, slug, new Set(shared))),
  };
}

function readBranch(
  { document }: Description,
  branch: Branch,
  slug: string,
  shared: ReadonlySet<string>,
): TypeView {
  const { nodes } = chain(document, branch.pointer);
  const marks = marksOf(nodes);
  const type = branch.value ?? otherType;
  const isInferred = nodes.some((node) => node["x-evidence"] === "inferred");
  return {
    type,
    description: textOf(branch.node.description),
    marks,
    fields: readProperties(document, branch.pointer, `${slug}.${type}`, isInferred, shared),
  };
}

function readHandler(description: Description): Reference["handler"] {
  const { resource } = rolesOf(description);
  const { node } = follow(description.document, { $ref: resource.pointer }, resource.pointer);
  return {
    pointer: resource.pointer,
    property: resource.property,
    description: textOf(node.description),
    marks: marksOf([node]),
    ...readUnion(description, resource, "handler"),
  };
}

function readErrors({ document, operations }: Description): ErrorsView | undefined {
  const pointer = errorsPointer(operations);
  if (pointer === undefined) return undefined;
  const { nodes } = chain(document, pointer);
  return {
    description: textOf(nodes.at(-1)?.description),
    marks: marksOf(nodes),
    fields: readProperties(document, pointer, "errors"),
  };
}

function errorsPointer(operations: readonly Operation[]): string | undefined {
  for (const { responses } of operations) {
    const pointer = responses.get("401")?.contents[0]?.schema?.pointer;
    if (pointer !== undefined) return pointer;
  }
  return undefined;
}

function readAnswers(
  description: Description,
  operation: Operation,
  slug: string,
  slugs: ReadonlyMap<string, string>,
): AnswerView[] {
  const { document } = description;
  const errors = errorsPointer(description.operations);
  return [...operation.responses].map(([status, { pointer, contents }]) => {
    const { node } = follow(document, { $ref: pointer }, pointer);
    const id = `${slug}.${status}`;
    const schema = contents[0]?.schema;
    const isError = schema !== undefined && schema.pointer === errors;
    const place = step(step(operation.pointer, "responses"), status);
    const evidence = description.evidence(place);
    const stated: Mark[] = evidence.level === "documented" ? [] : [evidence];
    const fields = schema === undefined || isError ? [] : readProperties(document, schema.pointer, id);
    return {
      status,
      id,
      description: textOf(node.description),
      marks: marksOf([node]).length > 0 ? marksOf([node]) : stated,
      headers: Object.keys(isNode(node.headers) ? node.headers : {}).map((name) => {
        const header = chain(document, step(step(pointer, "headers"), name));
        const field = readField(document, step(header.pointer, "schema"), {
          name,
          id: `${id}.${name}`,
          isRequired: false,
        });
        const description = textOf(header.nodes.at(-1)?.description);
        return { ...field, description, marks: marksOf(header.nodes) };
      }),
      fields,
      isError,
      examples: readExamples(description, contents[0]?.pointer),
      links: Object.values(isNode(node.links) ? node.links : {}).flatMap((link) => {
        const to = isNode(link) ? slugs.get(String(link.operationId)) : undefined;
        return to === undefined || !isNode(link) ? [] : [{ text: String(link.description), slug: to }];
      }),
    };
  });
}

function readExamples({ document, about }: Description, pointer: string | undefined): ExampleView[] {
  if (pointer === undefined) return [];
  const { node } = follow(document, { $ref: pointer }, pointer);
  return Object.keys(isNode(node.examples) ? node.examples : {}).map((key) => {
    const { nodes } = chain(document, step(step(pointer, "examples"), key));
    const example = nodes.at(-1) ?? {};
    const data = isNode(example.value) ? example.value.data : undefined;
    const type = isNode(data) ? data.type : undefined;
    return {
      summary: textOf(example.summary),
      isDocumented: nodes.some((each) => each["x-evidence"] === "documented"),
      type: typeof type === "string" ? (about.types.includes(type) ? type : otherType) : undefined,
      value: example.value,
    };
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
