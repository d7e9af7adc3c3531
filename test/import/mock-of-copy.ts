import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts the mock of an instance in a copy of the project. */
export async function startMock(folder: string, loader: readonly string[], instance: string) {
  const args = [...loader, "src/cli/mock.ts", instance, "--port", "0", "--log", "none"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(child.stdout), "line");
  const url = `${/http:\S+/.exec(String(line))?.[0]}/notification-handlers`;
  return {
    create(fields: Record<string, string>): Promise<Response> {
      const body = new FormData();
      for (const [field, value] of Object.entries(fields)) body.append(field, value);
      return fetch(url, { method: "POST", headers: { authorization: "Bearer any" }, body });
    },
    stop: () => child.kill("SIGKILL"),
  };
}
