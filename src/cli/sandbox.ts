/** `sandbox`: serves, unless it is asked for something that is done with a database. */
const [, , part = ""] = process.argv;
await (["keys", "backup", "restore"].includes(part)
  ? import("./sandbox-data.ts")
  : import("./sandbox-serve.ts"));
