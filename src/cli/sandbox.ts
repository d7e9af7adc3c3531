/** `sandbox`: serves, unless the first argument is a command for a database. */
const [, , part = ""] = process.argv;
await (["keys", "backup", "restore"].includes(part)
  ? import("./sandbox-data.ts")
  : import("./sandbox-serve.ts"));
