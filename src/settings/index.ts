/** Files that people write (YAML or JSON), read by their JSON Schemas; what is wrong is told with its line. */
export { parseSettings, readSettings, type Settings, SettingsError } from "./read.ts";
export { schemaOf } from "./schemas.ts";
