/** Files that people write (YAML or JSON), validated by JSON Schemas. Errors name the line. */
export { parseSettings, readSettings, type Settings, SettingsError } from "./read.ts";
export { schemaOf } from "./schemas.ts";
