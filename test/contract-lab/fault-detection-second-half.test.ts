import { testFaults } from "./fault-detection.ts";

testFaults(1);
