import { expect, test } from "vitest";
import {
  type CheckOptions,
  checkContract,
  type Finding,
  findingsOf,
  sweepInstance,
} from "../../src/contract/index.ts";
import { nameOf, newRunId } from "../../src/contract/journal/marker.ts";
import { checkSandbox, impatient } from "../../src/contract-lab/sandboxes.ts";
import { serveSandboxes } from "../../src/sandbox/index.ts";

const instance = "k.aws.bj";
const [valid, other] = ["the-account-that-is-checked", "the-other-account"];

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly form: FormData | undefined;
}

type Change = (response: Response, sent: Sent) => Response | Promise<Response>;

/** A fetch whose answers are changed on their way. */
function changing(change: Change): typeof fetch {
  return async (url, init) => {
    const form = init?.body instanceof FormData ? init.body : undefined;
    const sent = { method: init?.method ?? "GET", url: new URL(String(url)), form };
    return change(await fetch(url, init), sent);
  };
}

async function check(change: Change, more: Partial<CheckOptions> = {}) {
  const sandbox = await serveSandboxes({ instances: [instance], apiKeys: [valid, other], seed: 15 });
  try {
    const { report } = await checkContract({
      instance,
      baseUrl: sandbox.baseUrls.get(instance),
      keys: { valid, other },
      write: true,
      fetch: changing(change),
      ...more,
    });
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    const findings = findingsOf(report).map(({ level, check, operation, expected: { evidence } }) => {
      return [level, check, operation, evidence].join(" ");
    });
    return { report, findings };
  } finally {
    await sandbox.close();
  }
}

const withStatus = (status: number): Change => {
  return (response) =>
    new Response(status === 204 ? null : response.body, { status, headers: response.headers });
};
const isCreate = ({ method, url }: Sent) =>
  method === "POST" && url.pathname.endsWith("/notification-handlers");
const isList = ({ method, url }: Sent) =>
  method === "GET" && /\/notification-handlers\/?$/.test(url.pathname);
const isByLink = (sent: Sent) => isList(sent) && !sent.url.pathname.endsWith("/");

/** What is found for an answer that is not the contract's, and what that rests on. */
const cases: readonly { name: string; change: Change; findings: readonly string[]; verdict: string }[] = [
  {
    name: "a create that answers 201",
    change: (response, sent) => (isCreate(sent) && response.ok ? withStatus(201)(response, sent) : response),
    findings: ["failure status_code_conformance createNotificationHandler family"],
    verdict: "deviates",
  },
  {
    name: "a delete that answers 204",
    change: (response, sent) =>
      sent.method === "DELETE" && response.ok ? withStatus(204)(response, sent) : response,
    findings: ["warning status_code_conformance deleteNotificationHandler inferred"],
    verdict: "honoured",
  },
  {
    name: "an optional parameter that is invalid and falls back to its default",
    change: async (response, { url }) =>
      response.status === 400 && response.url.includes("?")
        ? fetch(`${url.origin}${url.pathname}`, { headers: { authorization: `Bearer ${valid}` } })
        : response,
    findings: ["warning negative_data_rejection listNotificationHandlers inferred"],
    verdict: "honoured",
  },
  {
    name: "an optional field of an update that is invalid and is passed over",
    change: (response, { url }) =>
      response.status === 400 && /\/\d+$/.test(url.pathname)
        ? Response.json({ data: { id: Number(url.pathname.split("/").at(-1)) } })
        : response,
    findings: ["warning negative_data_rejection updateNotificationHandler inferred"],
    verdict: "honoured",
  },
  {
    name: "a create without what is required that is refused with 422",
    change: (response, sent) =>
      response.status === 400 && isCreate(sent) ? withStatus(422)(response, sent) : response,
    findings: ["failure status_code_conformance createNotificationHandler family"],
    verdict: "deviates",
  },
  {
    name: "optional parameters that are refused with 422",
    change: (response, sent) =>
      response.status === 400 && isList(sent) ? withStatus(422)(response, sent) : response,
    findings: ["warning status_code_conformance listNotificationHandlers inferred"],
    verdict: "honoured",
  },
  {
    name: "no list without the slash",
    change: (response, sent) =>
      isByLink(sent) ? Response.json({ errors: [{ title: "No.", status: 404 }] }, { status: 404 }) : response,
    findings: ["warning status_code_conformance listNotificationHandlersByLink inferred"],
    verdict: "honoured",
  },
  {
    name: "a list without the slash that redirects",
    change: (response, sent) =>
      isByLink(sent)
        ? new Response(null, { status: 301, headers: { location: `${sent.url.pathname}/` } })
        : response,
    findings: ["warning status_code_conformance listNotificationHandlersByLink inferred"],
    verdict: "honoured",
  },
  {
    name: "a list that redirects",
    change: (response, sent) =>
      isList(sent) && !isByLink(sent) && response.ok
        ? new Response(null, { status: 302, headers: { location: "/login" } })
        : response,
    findings: [
      "failure status_code_conformance listNotificationHandlers family",
      // What the list does with a page past the end is inferred.
      "warning status_code_conformance listNotificationHandlers inferred",
    ],
    verdict: "deviates",
  },
];

test.each(cases)("$name: $verdict", async ({ change, findings, verdict }) => {
  const { report, findings: found } = await check(change);
  expect([...new Set(found)]).toEqual(findings);
  expect(report.verdict).toBe(verdict);
});

test("an id as text is a failure that a page speaks of", async () => {
  const { findings } = await check(async (response, sent) => {
    if (!isList(sent) || isByLink(sent) || !response.ok) return response;
    const text = (await response.text()).replaceAll(/"id":(\d+)/g, '"id":"$1"');
    return new Response(text, { status: response.status, headers: response.headers });
  });
  expect(findings).toContain("failure response_schema_conformance listNotificationHandlers documented");
});

test("a sweep takes any success of a delete for one, and looks whether the handler is gone", async () => {
  const sandbox = await serveSandboxes({ instances: [instance], apiKeys: [valid], seed: 3 });
  const baseUrl = sandbox.baseUrls.get(instance) ?? "";
  const headers = { authorization: `Bearer ${valid}` };
  const create = async () => {
    const body = new FormData();
    body.append("type", "email");
    body.append("name", nameOf(newRunId(Date.now() - 7_200_000), 1));
    const made = await fetch(`${baseUrl}/notification-handlers`, { method: "POST", headers, body });
    return ((await made.json()) as { data: { id: number } }).data.id;
  };
  try {
    const options = { instance, baseUrl, keys: { valid } };
    const gone = await create();
    const noContent = changing((response, sent) =>
      sent.method === "DELETE" ? withStatus(204)(response, sent) : response,
    );
    expect(await sweepInstance({ ...options, fetch: noContent })).toMatchObject({ deleted: [gone] });
    const stays = await create();
    const pretending: typeof fetch = async (url, init) =>
      init?.method === "DELETE" ? new Response(null, { status: 204 }) : fetch(url, init);
    const swept = await sweepInstance({ ...options, fetch: pretending });
    expect(swept).toMatchObject({ deleted: [], left: { handlers: [{ id: stays }] } });
  } finally {
    await sandbox.close();
  }
});

test("settings of the old type after a change of type are named beside those that belong there", async () => {
  const only = ["change_of_type"];
  const { report } = await checkSandbox({
    instance,
    clock: impatient,
    only,
    fault: "update-of-type-keeps-settings",
  });
  const [{ got }] = findingsOf(report) as [Finding];
  expect(got).toMatch(/^settings with (\w+), .*\b(\w+) instead of (?!.*\b\1\b)\2$/);
  // A check that has only warned has been checked.
  expect(report.verdict).toBe("honoured");
});
