import { parentPort, workerData } from "node:worker_threads";
import { ownKey } from "../../src/cli/sandbox-key.ts";

/*
 * A thread of the test that starts several commands at once: it takes the key of each folder, when all threads have come there, and sends
 * the keys.
 */
const { folders, threads, arrived } = workerData as {
  folders: readonly string[];
  threads: number;
  arrived: Int32Array;
};

const keys = folders.map((folder, index) => {
  Atomics.add(arrived, index, 1);
  while (Atomics.load(arrived, index) < threads);
  return ownKey({ XDG_STATE_HOME: folder }, (line) => {
    throw new Error(line);
  });
});
parentPort?.postMessage(keys);
