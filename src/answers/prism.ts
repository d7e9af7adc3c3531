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

/** An answer from the contract. */
interface Answer {
  readonly status: number;
  /** Undefined if there is no body. */
  readonly body: unknown;
  readonly contentType: string | undefined;
}

/** How answers are made for requests that ask for nothing special. */
export interface AnswerOptions {
  /** Generate data instead of answering with the contract's examples. */
  readonly dynamic: boolean;
  /** The same seed gives the same data. */
  readonly seed: string | undefined;
}

/**
 * Makes the answer of an operation to a request that has been checked. `base`: replaces the instance's base URL in the answer's own URLs.
 * Throws if Prism can't make one.
 */
export type Answers = (operation: Operation, preferences: Preferences, base: string) => Promise<Answer>;

/**
 * Prism as a source of answers, without its server, router and validation: the requests have been checked, and their operation is known.
 */
export async function createAnswers(description: Description, options: AnswerOptions): Promise<Answers> {
  // Prism changes the document that it is given, and keeps parts of it.
  const operations = await getHttpOperationsFromSpec(plausible(description.document));
  // Prism's log would contain the headers of requests, and so the keys.
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
    // A new configuration for each request: Prism writes into it, and one client's Accept header would affect the next.
    const config = {
      ...checks,
      isProxy: false,
      mock: {
        // Generated errors would be meaningless, so errors are always examples. So is an answer for which the client named an example.
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

/** The errors body of an answer for many statuses, adapted to the actual status. */
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
