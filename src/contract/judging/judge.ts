import {
  type Description,
  isNode,
  type Operation,
  type Problem,
  responseFor,
  step,
  validateResponse,
} from "../../description/index.ts";
import type { Finding } from "../findings/finding.ts";
import type { Ledger } from "../findings/ledger.ts";
import type { Model } from "../instance/model.ts";
import { answerProperty, answers, asked } from "../instance/statements.ts";
import { lookAt } from "../instance/walk.ts";
import type { Exchange, Expectation, Outcome } from "../wire/exchange.ts";
import { isCertain } from "../wire/outage.ts";
import { type Complaint, findingOf } from "./complaint.ts";
import { accepted } from "./expectation.ts";
import { excerpt, shown } from "./present.ts";
import { noteDrop, outageFinding } from "./whole-answers.ts";

type Answer = Extract<Outcome, { kind: "answer" }>;

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Whether an operation names a status itself. Its default answer is that of all other errors, and of no success. */
function isNamed(operation: Operation, status: number): boolean {
  return [String(status), `${Math.floor(status / 100)}XX`].some((it) => operation.responses.has(it));
}

/**
 * Judges an answer as such, and says whether conclusions may be drawn from it. One cause gives findings of one check: an HTML
 * page is a wrong content type, and not also a missing property.
 */
export function judge(model: Model, ledger: Ledger, exchange: Exchange): void {
  const { call, outcome } = exchange;
  const { operation } = call;
  const findings: Finding[] = [];
  const complain = (check: string, complaint: Omit<Complaint, "exchange">, subject?: string) => {
    findings.push(findingOf(model, { check, operation, subject }, { ...complaint, exchange }));
  };
  const held = (check: string, statements: string[] = [], subject?: string) => {
    ledger.pass({ check, operation, subject }, statements);
  };

  examine();
  exchange.findings = findings;
  exchange.sound = findings.every((it) => it.level === "note");
  for (const finding of findings) ledger.add(finding);

  function examine(): void {
    if (exchange.again !== undefined) noteDrop(model, ledger, exchange);
    if (exchange.sign !== undefined && isCertain(exchange.sign)) {
      findings.push(outageFinding(model, exchange, exchange.sign));
      return;
    }
    if (outcome.kind === "failure") {
      const pointer = step(operation.pointer, "responses");
      const level = outcome.reason === "unreachable" ? { level: "unprovable" as const } : {};
      complain("answers_in_full", {
        message: `${sentenceOf(exchange)} has no whole answer.`,
        got: outcome.message,
        pointer,
        ...level,
      });
      return;
    }
    held("answers_in_full");
    if (!examineStatus(outcome)) return;
    // What comes for a method of no operation is described nowhere.
    if (call.method === undefined) examineBody(outcome);
    concludeFrom(outcome);
  }

  /** What was expected has come: a refusal shows in the status, what is accepted only in an answer that can be read. */
  function concludeFrom({ status, unreadable }: Answer): void {
    const expect = call.expect ?? accepted(model, operation);
    const { check, subject, statements = [] } = expect;
    const isRead =
      unreadable === undefined && findings.every((it) => it.check !== "content_type_conformance");
    const isSound = findings.every((it) => it.level === "note");
    if (status === 200 && !(check === "positive_data_acceptance" ? isRead : isSound)) {
      ledger.cannot({ check, operation, subject }, "the answer can't be read");
      return;
    }
    // What is found where it should be was asked for as the contract allows.
    if (check === "ensure_resource_availability") held("positive_data_acceptance");
    const taken =
      status === 200 && call.id !== undefined ? operation.parameters.filter((it) => it.in === "path") : [];
    held(check, [...statements, ...taken.map((it) => asked(operation, it.name))], subject);
  }

  function examineStatus(answer: Answer): boolean {
    const { status } = answer;
    const expect = call.expect ?? accepted(model, operation);
    const got = shown(answer);
    if (status === 429) {
      const message = "The rate limit holds on, however long one waits.";
      complain("rate_limit", { message, got, pointer: model.status(operation, 429), level: "unprovable" });
      return false;
    }
    if (status >= 500) {
      const message = `${sentenceOf(exchange)} is a fault of the server.`;
      complain("not_a_server_error", { message, got, pointer: model.status(operation, 500) });
      return false;
    }
    held("not_a_server_error");
    // A delete that goes out again may find that the first has done it.
    const isDone = exchange.again !== undefined && exchange.method === "DELETE" && status === 404;
    if (!isDone && !expect.statuses.includes(status)) {
      const accountSays = (status === 403 || status === 401) && (call.credential ?? "valid") === "valid";
      if (accountSays && (operation === model.operations.create || expect.accountDecides)) {
        const message = expect.accountDecides
          ? "The instance refuses this key."
          : "The account may not create handlers: its plan or its key does not allow it.";
        complain(
          expect.check,
          { message, got, pointer: expect.pointer, level: "unprovable" },
          expect.subject,
        );
      } else {
        const isStray = call.method === undefined && !isNamed(operation, status);
        const message = isStray
          ? `${sentenceOf(exchange)} is answered with ${status}, which the operation does not name.`
          : `${sentenceOf(exchange)} ${negated(expect.sentence)}.`;
        const { assumption, subject } = expect;
        const pointer = brokenBy(status, expect);
        complain(
          isStray ? "status_code_conformance" : expect.check,
          {
            message,
            got,
            pointer,
            ...(assumption !== undefined && { assumption }),
            ...(isStray && isSuccess(status) && { cause: `status ${status}` }),
          },
          isStray ? undefined : subject,
        );
      }
      return false;
    }
    held("status_code_conformance", [answers(operation, status)]);
    return true;
  }

  /** Which success an operation answers with may be inferred, as that of a delete is; that it succeeds is not. */
  function brokenBy(status: number, expect: Expectation): string {
    const isSuccess = expect.pointer === model.status(operation, 200);
    return isSuccess && status >= 300 ? step(operation.pointer, "responses") : expect.pointer;
  }

  function examineBody(answer: Answer): void {
    const { status, json, unreadable } = answer;
    const type = answer.headers.get("content-type");
    const response = responseFor(operation, status);
    if (response === undefined) return;
    if (response.contents.length === 0) {
      examineFreeBody(answer, response.pointer);
      return;
    }
    const problems = validateResponse(operation, status, type, unreadable === undefined ? json : null);
    const header = problems.find((it) => it.location === "header");
    if (header !== undefined) {
      complain("content_type_conformance", { ...header, got: shown(answer) });
      return;
    }
    const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type ?? "")?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
      const message = `Content-Type names the charset ${charset}; JSON is UTF-8.`;
      complain("content_type_conformance", {
        message,
        got: shown(answer),
        pointer: step(response.pointer, "content"),
      });
      return;
    }
    held("content_type_conformance");
    if (unreadable !== undefined) {
      const message = `The body is not JSON: ${unreadable}.`;
      complain("response_schema_conformance", {
        message,
        got: shown(answer),
        pointer: step(response.pointer, "content"),
      });
      return;
    }
    let broken = false;
    for (const problem of problems) broken = examineProblem(problem, json, answer) || broken;
    if (broken) return;
    const sighting = sightingOf(model.description, operation, status, json);
    held(
      "response_schema_conformance",
      [...sighting.known].map((path) => answerProperty(operation, status, path)),
    );
    if (status >= 400) examineErrorStatus(answer);
    noteDrift(answer, sighting);
  }

  function examineFreeBody(answer: Answer, pointer: string): void {
    if (answer.unreadable !== undefined) {
      const message = `The body is neither empty nor JSON: ${answer.unreadable}.`;
      complain("content_type_conformance", { message, got: shown(answer), pointer });
      return;
    }
    held("content_type_conformance");
    held("response_schema_conformance");
  }

  /** Whether the problem says that the body is not as the contract has it. */
  function examineProblem(problem: Problem, json: unknown, answer: Answer): boolean {
    const value = valueAt(json, problem.field);
    const got = problem.field === "" ? shown(answer) : `${problem.field}: ${excerpt(value)}`;
    if (problem.pointer.endsWith("/oneOf") && typeof value === "string") return false;
    const { pointer, trail } = problem;
    complain("response_schema_conformance", { message: generic(problem.message), got, pointer, trail });
    return true;
  }

  function examineErrorStatus(answer: Answer): void {
    const errors = isNode(answer.json) ? Object.values(answer.json).find(Array.isArray) : undefined;
    const stated = (errors ?? [])
      .filter(isNode)
      .flatMap((error) => Object.values(error).filter(Number.isInteger));
    const pointer = model.body(operation, answer.status);
    if (stated.every((status) => status === answer.status)) {
      held("error_status_agreement");
      return;
    }
    const message = `The body of the error names another status than the answer has.`;
    complain("error_status_agreement", { message, got: shown(answer), pointer });
  }

  function noteDrift(answer: Answer, { undocumented, unknownTypes }: ReturnType<typeof lookAt>): void {
    const pointer = model.body(operation, answer.status);
    const note = (message: string, got: string, cause: string) =>
      complain("undocumented_data", { message, got, pointer, level: "note", cause });
    for (const path of undocumented)
      note(
        `The answer has ${path.replaceAll(/\([^)]*\)/g, "")}, which the contract does not know.`,
        path,
        `property ${path.split(".").at(-1)}`,
      );
    for (const type of unknownTypes)
      note(`A handler has a type that the contract does not know: ${excerpt(type)}.`, type, `type ${type}`);
    for (const [name, value] of answer.headers) {
      if (telling.test(name))
        note(
          `The header ${name} comes with the answer; the contract does not know it.`,
          `${name}: ${value}`,
          `header ${name}`,
        );
    }
    held("undocumented_data");
  }
}

/** Headers that say something about the API, and that a client could use. */
const telling = /^(x-)?rate-?limit|^retry-after$|^deprecation$|^sunset$|^x-api-version$/;

function sightingOf(description: Description, operation: Operation, status: number, json: unknown) {
  const schema = responseFor(operation, status)?.contents[0]?.schema;
  if (schema === undefined)
    return { known: new Set<string>(), undocumented: new Set<string>(), unknownTypes: new Set<string>() };
  return lookAt(description.document, schema, json);
}

function sentenceOf({ call }: Exchange): string {
  return `${call.purpose.charAt(0).toUpperCase()}${call.purpose.slice(1)}`;
}

/** `is refused with 401` as `is not refused with 401`. */
function negated(sentence: string): string {
  return sentence.replace(/^(is|has|finds)\b/, (verb) =>
    verb === "finds" ? "does not find" : `${verb} not`,
  );
}

/** `data[3].id` and `data[4].id` are one thing to say. */
function generic(text: string): string {
  return text.replaceAll(/\[\d+\]/g, "[]");
}

/** The value at a path like `data[0].settings.email`. */
function valueAt(json: unknown, field: string): unknown {
  let value = json;
  for (const part of field.split(/[.[\]]/).filter((it) => it !== "")) {
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return value;
}
