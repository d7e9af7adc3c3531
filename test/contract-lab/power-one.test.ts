import { testFaults } from "./power.ts";

testFaults(0);
