/**
 * A sign that the answer does not come from the API, but from something in front of it, or that there is no answer. `page`, `network` and
 * `silence` may also be a defect of one operation: they mean an outage only if others fail as well.
 */
export type Sign = "out-of-service" | "firewall" | "page" | "network" | "silence";

/** The meaning of a sign, for people. */
export const meanings: Readonly<Record<Sign, string>> = {
  "out-of-service": "The instance is out of service",
  firewall: "A firewall in front of the API blocks the requests",
  page: "A web page answers instead of the API",
  network: "Connections to the instance end without an answer",
  silence: "The instance does not answer in time",
};
