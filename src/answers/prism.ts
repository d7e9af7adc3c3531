import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  type PrismHttpComponents,
} from "@stoplight/prism-http";
import { pino } from "pino";
import { type Description, isNode, type Operation } from "../description/index.ts";
import { errorsBody } from "../http/index.ts";
import { type Preferences, successOf } from "../preferences/index.ts";
import { moveUrls } from "./links.ts";
import { plausible } from "./plausible.ts";

/** An answer of the contract. */
interface Answer {
  readonly status: number;
  /** Undefined where there is no body. */
  readonly body: unknown;
  readonly contentType: string | undefined;
}

export interface AnswerOptions {
  /** Generate data instead of answering with the contract's examples. */
  readonly dynamic: boolean;
  /** The same seed, the same data. */
  readonly seed: string | undefined;
}

/**
 * Gives the answer of an operation; the request was checked before. `base`: what the answer's own URLs begin with, where the contract has the
 * instance's base URL. Throws when Prism can't make one.
 */
export type Answers = (operation: Operation, preferences: Preferences, base: string) => Promise<Answer>;

/**
 * Prism as a source of answers, without its server, its router and its checks: the requests that reach it are checked already,
 * and by then it is known which operation they are for.
 */
export async function createAnswers(description: Description, options: AnswerOptions): Promise<Answers> {
  // Prism works on the document that it is given, and keeps parts of it.
  const operations = await getHttpOperationsFromSpec(plausible(description.document));
  // Prism's log has the headers of requests in it, and so the keys.
  const silent: unknown = pino({ level: "silent", customLevels: { success: 32 } });
  const logger = silent as PrismHttpComponents["logger"];
  const checks = { checkSecurity: false, validateRequest: false, validateResponse: false, errors: false };
  const prism = createInstance({ ...checks, isProxy: false, mock: { dynamic: false } } as IHttpConfig, {
    logger,
  });

  return async (operation, { code, example, dynamic, seed }, base) => {
    const resource = operations.find((it) => it.iid === operation.id);
    if (resource === undefined) throw new Error(`Prism does not know ${operation.id}`);
    const request = {
      method: resource.method as IHttpRequest["method"],
      url: { path: operation.path.replaceAll(/\{[^}]*\}/g, "1") },
      headers: {},
    };
    const chosenSeed = seed ?? options.seed;
    // A configuration for each request: Prism writes into it, and what one client accepts would stick to the next.
    const config = {
      ...checks,
      isProxy: false,
      mock: {
        // Generated errors would tell nothing: errors are examples always. An example that was asked for goes before, too.
        dynamic:
          (dynamic ?? options.dynamic) && example === undefined && (code ?? successOf(operation)) < 400,
        ...(code === undefined ? {} : { code }),
        ...(example === undefined ? {} : { exampleKey: example }),
        ...(chosenSeed === undefined ? {} : { seed: chosenSeed }),
      },
    } as IHttpConfig;
    const result = await prism.request(request, [resource], config)();
    if (result._tag === "Left") throw result.left;
    const { statusCode, headers, body: made } = result.right.output;
    const body =
      statusCode >= 400 && !operation.responses.has(String(statusCode)) ? saying(statusCode, made) : made;
    const contentType = body === undefined ? undefined : headers?.["Content-type"];
    return { status: statusCode, body: moveUrls(body, description.baseUrl, base), contentType };
  };
}

/** The errors of an answer that is described for many statuses, with the one that it has. */
function saying(status: number, body: unknown): unknown {
  const { errors } = isNode(body) ? body : {};
  if (!Array.isArray(errors)) return body;
  return JSON.parse(
    errorsBody(
      status,
      errors.map((error) => String(isNode(error) ? error.title : error)),
    ),
  );
}
