import type { Browser } from "playwright-core";
import { instanceEntry, loadDescription, modelOf } from "../../src/description/index.ts";
import { listen } from "../../src/http/index.ts";
import { basePath, createSandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";

const looks = [
  { name: "workbench-1280-light", width: 1280, mode: "light", tab: "requests" },
  { name: "workbench-data-1280-dark", width: 1280, mode: "dark", tab: "data" },
  { name: "workbench-390-light", width: 390, mode: "light", tab: "behave" },
] as const;

/** Takes screenshots of the page at `/`, for a sandbox that has had some requests. Returns their names. */
export async function workbenchShots(browser: Browser, target: string, instance: string): Promise<string[]> {
  const apiKey = "key-of-the-screenshots";
  const sandbox = await createSandbox({ instances: [instance], apiKeys: [apiKey], seed: 8 });
  const { app } = await createServer({ instances: [instance], sandbox });
  // On the default port, so that the pictures show what users see.
  const origin = await listen(app, "127.0.0.1", 4010);
  try {
    await sendSome(origin, instance, apiKey);
    for (const { name, width, mode, tab } of looks) {
      const viewport = { width, height: width < 500 ? 844 : 720 };
      const page = await browser.newPage({ viewport, colorScheme: mode, locale: "en" });
      await page.goto(`${origin}/#${instance}/sandbox/${tab}`);
      await page
        .locator(tab === "requests" ? ".requests .line" : ".handlers, .switches")
        .first()
        .waitFor();
      if (tab === "requests") {
        await page.locator(".requests .line").filter({ hasText: "pigeon" }).click();
        await page.locator(".detail").waitFor();
        await page.mouse.move(0, 0);
      }
      await page.screenshot({ path: `${target}${name}.png` });
      await page.close();
    }
  } finally {
    await app.close();
    await sandbox.close();
  }
  return looks.map(({ name }) => name);
}

/** Requests like those of a front end under development: some are refused. */
async function sendSome(origin: string, instance: string, apiKey: string): Promise<void> {
  const { names } = modelOf(loadDescription(instance));
  const { listPath, types } = instanceEntry(instance);
  const headers = { authorization: `Bearer ${apiKey}` };
  const create = (values: Record<string, string>) => {
    const body = new FormData();
    for (const [field, value] of Object.entries(values)) body.append(field, value);
    const url = origin + basePath(instance) + listPath.replace(/\/$/, "");
    return fetch(url, { method: "POST", headers, body });
  };
  const own = (path: string, method: string, body?: object) =>
    fetch(`${origin}/sandbox/${instance}/${path}`, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  await fetch(origin + basePath(instance) + listPath, { headers });
  await own("_snapshot/monday", "PUT");
  await create({ [names.name]: "Work email", [names.type]: types[0] ?? "" });
  await create({ [names.name]: "Ops", [names.type]: "pigeon" });
  await own("_behaviour", "PUT", { list: { status: 500 }, create: { latency: 800 } });
  await fetch(origin + basePath(instance) + listPath, { headers });
}
