import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

/** Debian has it out of the PATH of those who are not root. */
const nginx = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"]
  .map((folder) => join(folder, "nginx"))
  .find((file) => existsSync(file));
if (nginx === undefined)
  console.warn(
    "nginx is not installed: its configuration is not tested (Debian: apt-get install nginx-light).",
  );

describe.skipIf(nginx === undefined)("nginx takes the configuration of docs/scale.md", () => {
  const [, configuration = ""] = /```nginx\n([\s\S]*?)```/.exec(readFileSync("docs/scale.md", "utf8")) ?? [];

  /** What `nginx -t` says of a configuration of servers. */
  async function verdict(servers: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), "nginx-"));
    try {
      const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((it) => `${it}_temp_path ${folder}/${it};`)
        .join(" ");
      const file = join(folder, "nginx.conf");
      writeFileSync(
        file,
        `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${paths}\n${servers}\n}`,
      );
      const { stderr } = await promisify(execFile)(nginx as string, [
        "-t",
        "-q",
        "-e",
        "stderr",
        "-p",
        folder,
        "-c",
        file,
      ]);
      return stderr;
    } catch (error) {
      return (error as { stderr: string }).stderr;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test("as it is", async () => {
    expect(configuration).toContain("proxy_pass");
    expect(await verdict(configuration)).toBe("");
  });

  test("and would refuse it with a slip", async () => {
    expect(await verdict(configuration.replace("proxy_pass", "proxy_pas"))).toMatch(
      /unknown directive "proxy_pas"/,
    );
  });
});
