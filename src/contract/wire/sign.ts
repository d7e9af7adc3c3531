/**
 * A sign that not the API has answered, but what stands in front of it, or nobody. `page`, `network` and `silence` may as well be
 * a fault of one operation: they mean an outage only where others are gone as well.
 */
export type Sign = "out-of-service" | "firewall" | "page" | "network" | "silence";

/** What a sign means, for people. */
export const meanings: Readonly<Record<Sign, string>> = {
  "out-of-service": "The instance is out of service",
  firewall: "A firewall stands in front of the API and lets nothing through",
  page: "A web page answers in place of the API",
  network: "Connections to the instance end without an answer",
  silence: "The instance does not answer in time",
};
