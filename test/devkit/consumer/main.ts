import {
  checkContract,
  instanceNames,
  startMock,
  startSandbox,
  workbench,
} from "notification-handlers-devkit";

const [instance = ""] = instanceNames;
const mock = await startMock({ instance });
const sandbox = await startSandbox({ instance, seed: 3 });
const call = async (baseUrl: string, apiKey: string) => {
  const answer = await fetch(`${baseUrl}/notification-handlers`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return ((await answer.json()) as { meta: { total: number } }).meta.total;
};
const mocked = await call(mock.baseUrl, "any-key");
const bench = workbench(sandbox);
await bench.behaviour.set({ update: { status: 500, times: 1 } });
await bench.behaviour.clear();
const stored = await call(sandbox.baseUrl, sandbox.apiKey);
const [request] = await bench.requests({ operation: "list" });
const seen: number | undefined = request?.status;
const { report } = await checkContract({
  instance,
  baseUrl: sandbox.baseUrl,
  keys: { valid: sandbox.apiKey },
  write: true,
});
await Promise.all([mock.close(), sandbox.close()]);
const verdict: string = report.verdict;
console.log(JSON.stringify({ mocked: mocked > 0, stored, seen, verdict }));
// @ts-expect-error: an instance is named by a text
if (process.argv.includes("never")) await startMock({ instance: 1 });
// @ts-expect-error: no operation has this name
if (process.argv.includes("never")) await bench.behaviour.set({ lst: { status: 500 } });
