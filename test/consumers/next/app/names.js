"use client";
import { createClient } from "notification-handlers-api/instances/bitpeak.ru";

/** A component of the browser. */
export default function Names() {
  const client = createClient({ apiKey: "key" });
  return <p>{`asks ${client.baseUrl}`}</p>;
}
