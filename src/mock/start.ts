import {
  type Description,
  instanceNames,
  loadDescription,
  shortList,
  strayOption,
} from "../description/index.ts";
import { closeSoon, createApp, listen } from "../http/index.ts";
import {
  mountRequestLog,
  problemOfStart,
  type StartServerOptions,
  startServerOptionNames,
} from "../workbench/index.ts";
import { mountPage } from "../workbench/page/index.ts";
import { mockPath, mountMocks } from "./mock.ts";

/** Options of a mock for a test. */
export interface StartMockOptions extends StartServerOptions {
  /** The name of the instance, or `family`. Default: that of `description`. */
  readonly instance?: string | undefined;
  /** An instance that is not registered, or that replaces a registered one. */
  readonly description?: Description | undefined;
  /** Answer with generated data instead of examples. */
  readonly dynamic?: boolean | undefined;
  /** The seed of generated data: the same seed, the same answers. */
  readonly seed?: string | undefined;
}

/** All option names, to find misspelled ones in programs without types. */
const optionNames = Object.keys({
  instance: true,
  description: true,
  dynamic: true,
  seed: true,
} satisfies Record<Exclude<keyof StartMockOptions, keyof StartServerOptions>, true>).concat(
  startServerOptionNames,
);

/** A running mock of one instance. */
export interface StartedMock {
  /** `http://127.0.0.1:<port>/mock/<instance>/api` */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/**
 * Starts the mock of one instance, on a free port by default. It takes any text as the API key.
 *
 *     const mock = await startMock({ instance: "bitpeak.ru" });
 *     await fetch(`${mock.baseUrl}/notification-handlers`, { headers: { authorization: "Bearer any-key" } });
 *     await mock.close();
 *
 * Throws TypeError if no instance is named, an option is unknown or the number of requests is wrong; UnknownInstanceError, BundleError and
 * ListenError.
 */
export async function startMock(given: StartMockOptions): Promise<StartedMock> {
  const { instance, description, dynamic, seed, ...where }: StartMockOptions = given ?? {};
  const stray = strayOption(given ?? {}, optionNames);
  if (stray !== undefined) throw new TypeError(stray);
  if (typeof instance !== "string" && description === undefined)
    throw new TypeError(`instance must be one of ${shortList(instanceNames)}, or family.`);
  const served = description ?? loadDescription(String(instance));
  const { host = "127.0.0.1", port = 0, allowHosts = [], requests, logger } = where;
  const problem = problemOfStart(where);
  if (problem !== undefined) throw new TypeError(problem);
  const app = createApp({ logger, hosts: [host, ...allowHosts] });
  try {
    await mountRequestLog(app, { requests });
    await mountMocks(app, { descriptions: [served], dynamic, seed });
    mountPage(app, {
      instances: () => [{ name: served.name, mock: mockPath(served.name) }],
      descriptionOf: () => served,
    });
    const origin = await listen(app, host, port);
    return { baseUrl: origin + mockPath(served.name), close: () => closeSoon(app) };
  } catch (error) {
    await app.close();
    throw error;
  }
}
