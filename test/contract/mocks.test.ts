import { afterAll, beforeAll, expect, test } from "vitest";
import { type CheckOptions, checkContract, checks, findingsOf } from "../../src/contract/index.ts";
import { mostRequests } from "../../src/contract/plan/requests.ts";
import { repeatsAtMost } from "../../src/contract/wire/index.ts";
import { instanceNames, loadDescription, modelOf } from "../../src/description/index.ts";
import { listen } from "../../src/http/index.ts";
import { mockPath } from "../../src/mock/index.ts";
import { createServer, type Server } from "../../src/server/index.ts";

/** What holds for a server that remembers nothing: its answers are the contract's, whatever was asked for. */
const only = [
  "answers_in_full",
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
  "error_status_agreement",
  "undocumented_data",
  "ensure_resource_availability",
  "pagination_defaults",
  "reference_is_own",
  "read_as_listed",
];

let app: Server["app"];
let origin: string;
beforeAll(async () => {
  ({ app } = await createServer({ descriptions: instanceNames.map(loadDescription) }));
  origin = await listen(app, "127.0.0.1", 0);
});
afterAll(() => app.close());

test.each(instanceNames)("the mock of %s honours what a stateless server can", async (instance) => {
  const options: CheckOptions = {
    instance,
    baseUrl: origin + mockPath(instance),
    keys: { valid: "any" },
    only,
  };
  const { report } = await checkContract(options);
  expect(findingsOf(report)).toEqual([]);
  expect(report).toMatchObject({ verdict: "honoured", write: false });
  const chosen = checks.filter((it) => only.includes(it.name));
  expect(report.requests).toBeLessThanOrEqual(
    // A mock is the same page whatever page was asked for: that is asked again.
    mostRequests(modelOf(loadDescription(instance)), chosen, false) + repeatsAtMost,
  );
});
