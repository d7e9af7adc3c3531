import { isNode, type Problem, responseFor, step, validateResponse } from "../../description/index.ts";
import type { CheckName } from "../findings/index.ts";
import { answerProperty, type SeenProperties, seenProperties } from "../instance/index.ts";
import { driftRemarks } from "./drift.ts";
import { excerpt, shown } from "./present.ts";
import { type Answer, broken, held, type Judged, type Remark } from "./remark.ts";

/** Judges the body of an answer: content type, JSON, schema. */
export function bodyRemarks(judged: Judged): Remark[] {
  const { operation, answer } = judged;
  const response = responseFor(operation, answer.status);
  if (response === undefined) return [];
  if (response.contents.length === 0) return freeBodyRemarks(judged, response.pointer);
  const content = step(response.pointer, "content");
  const { json, unreadable } = answer;
  const type = answer.headers.get("content-type");
  const wrong = (check: CheckName, message: string, pointer = content) => [
    broken(judged, check, { message, got: shown(answer), pointer, cause: message }),
  ];
  const problems = validateResponse(operation, answer.status, type, unreadable === undefined ? json : null);
  const header = problems.find((it) => it.location === "header");
  if (header !== undefined) return wrong("content_type_conformance", header.message, header.pointer);
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type ?? "")?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    return wrong("content_type_conformance", `Content-Type names the charset ${charset}; JSON is UTF-8.`);
  const typed = held("content_type_conformance");
  if (unreadable !== undefined)
    return [typed, ...wrong("response_schema_conformance", `The body ${unreadable}.`)];
  const breaches = problems.filter((it) => !isUnknownType(it, json));
  if (breaches.length > 0) return [typed, ...breaches.map((it) => schemaRemark(judged, it))];
  return [typed, ...soundBodyRemarks(judged)];
}

function freeBodyRemarks(judged: Judged, pointer: string): Remark[] {
  const { answer } = judged;
  if (answer.unreadable === undefined)
    return [held("content_type_conformance"), held("response_schema_conformance")];
  const message = `The body is not empty, and ${answer.unreadable}.`;
  return [broken(judged, "content_type_conformance", { message, got: shown(answer), pointer })];
}

/** An unknown type gets only a note. */
function isUnknownType({ pointer, field }: Problem, json: unknown): boolean {
  return pointer.endsWith("/oneOf") && typeof valueAt(json, field) === "string";
}

function schemaRemark(judged: Judged, { field, message, pointer, trail }: Problem): Remark {
  const { answer } = judged;
  const got = field === "" ? shown(answer) : `${field}: ${excerpt(valueAt(answer.json, field))}`;
  return broken(judged, "response_schema_conformance", { message: generic(message), got, pointer, trail });
}

function soundBodyRemarks(judged: Judged): Remark[] {
  const { operation, answer } = judged;
  const sighting = sightingOf(judged);
  const proven = [...sighting.known].map((path) => answerProperty(operation, answer.status, path));
  return [
    held("response_schema_conformance", proven),
    ...(answer.status >= 400 ? [errorStatusRemark(judged)] : []),
    ...driftRemarks(judged, sighting),
  ];
}

function errorStatusRemark(judged: Judged): Remark {
  const { model, operation, answer } = judged;
  if (statedStatuses(answer).every((status) => status === answer.status))
    return held("error_status_agreement");
  const message = "The status in the body of the error is not the status code of the answer.";
  const pointer = model.body(operation, answer.status);
  return broken(judged, "error_status_agreement", { message, got: shown(answer), pointer });
}

function statedStatuses({ json }: Answer): unknown[] {
  const errors: unknown[] = (isNode(json) ? Object.values(json).find(Array.isArray) : undefined) ?? [];
  return errors.filter(isNode).flatMap((error) => Object.values(error).filter(Number.isInteger));
}

function sightingOf({ model, operation, answer }: Judged): SeenProperties {
  const schema = responseFor(operation, answer.status)?.contents[0]?.schema;
  return schema === undefined
    ? { known: new Set(), undocumented: new Set(), unknownTypes: new Set() }
    : seenProperties(model.description.document, schema, answer.json);
}

/** Removes indexes, so that `data[3].id` and `data[4].id` are reported as one. */
function generic(text: string): string {
  return text.replaceAll(/\[\d+\]/g, "[]");
}

/** The value at a path such as `data[0].settings.email`. */
function valueAt(json: unknown, field: string): unknown {
  let value = json;
  for (const part of field.split(/[.[\]]/).filter((it) => it !== "")) {
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return value;
}
