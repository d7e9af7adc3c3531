import type { Answers } from "../answers/index.ts";
import { type Description, type StrayFields, validateForm, validateQuery } from "../description/index.ts";
import { appliedHeader, headersOf, type Preferences } from "../preferences/index.ts";
import { type Answer, empty, json, notFound, refusal } from "./answer.ts";
import type { Call } from "./service.ts";

/** Answers a request from the contract: with an example, or generated data. Nothing is stored, and no stored data is shown. */
export type AnswerFromContract = (call: Call, wanted: Partial<Preferences>) => Promise<Answer>;

/** `strayFields`: what to do with fields that a handler of the type does not have. Prism is loaded at the first request. */
export function createContractAnswers(
  description: Description,
  strayFields: StrayFields,
): AnswerFromContract {
  let loaded: Promise<Answers> | undefined;
  const load = async (): Promise<Answers> => {
    const { createAnswers } = await import("../answers/index.ts");
    return createAnswers(description, { dynamic: false, seed: undefined });
  };
  return async (call, { code, example, dynamic, seed, delay }) => {
    // A requested error is given whatever the request is like.
    const refused = code !== undefined && code >= 400 ? undefined : check(call, strayFields);
    if (refused !== undefined) return refused;
    loaded ??= load();
    // After a failure it is loaded again at the next request.
    loaded.catch(() => {
      loaded = undefined;
    });
    const answers = await loaded;
    const wanted = { code, example, dynamic, seed, delay };
    const { status, body } = await answers(call.operation, wanted, call.base);
    const headers = { ...headersOf(status), ...appliedHeader(wanted) };
    return body === undefined ? { ...empty(status), headers } : json(status, JSON.stringify(body), headers);
  };
}

/** The errors of a request, apart from its key. */
function check({ operation, id, query, form }: Call, strayFields: StrayFields): Answer | undefined {
  if (id === undefined && operation.parameters.some((it) => it.in === "path")) return notFound();
  const { problems } =
    operation.body === undefined
      ? validateQuery(operation, query)
      : validateForm(operation, form, strayFields);
  return problems.length > 0 ? refusal(problems) : undefined;
}
