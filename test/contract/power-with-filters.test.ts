import { modelOf } from "../../src/contract/model.ts";
import { instanceNames, loadDescription } from "../../src/description/index.ts";
import { testFaults } from "./power.ts";

testFaults(
  instanceNames.filter((name) => modelOf(loadDescription(name)).filters || name === instanceNames[2]),
);
