/** The environment variable with the API key, for commands and in samples. */
export const keyVariable = "NOTIFICATION_HANDLERS_API_KEY";
