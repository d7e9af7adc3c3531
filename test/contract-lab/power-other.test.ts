import { testFaults } from "./power.ts";

testFaults(1);
