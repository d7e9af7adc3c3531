/** The header by which a request asks a sandbox for a fault. */
export const faultHeader = "sandbox-fault";
