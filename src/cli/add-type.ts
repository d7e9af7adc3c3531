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
Now say in openapi/components/handlers/${type}.yaml what the fields are, in the page's words, and run npm run generate. Then import the
page of each instance that has ${type} (npm run import -- page.html --write), or list it under the types of its entry in redocly.yaml.`);
} catch (error) {
  if (!(error instanceof GenerateError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
