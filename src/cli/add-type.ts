import { addType } from "../generate/add-type.ts";
import { GenerateError } from "../generate/index.ts";
import { createProgram } from "./program.ts";

const program = createProgram("add-type", {
  does: "Adds a handler type to the hand-written contract: its file, and its line in every list of types.",
  exitCodes: "0 fine, 1 the name is taken or can't be one, 2 wrong usage",
})
  .argument("<type>", "the type's name on the wire, such as ntfy")
  .argument("[field...]", "the names of its fields on the wire, such as ntfy_topic")
  .parse();
const [type = "", ...fields] = program.args;

try {
  for (const file of await addType({ type, fields })) console.log(`wrote ${file}`);
  console.log(`
Now say in openapi/components/handlers/${type}.yaml what the fields are, in the page's words, list ${type} under the types of the instances
that have it (redocly.yaml), and run npm run generate.`);
} catch (error) {
  if (!(error instanceof GenerateError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
