/** The environment variable that holds the API key of an account, in commands as in samples. */
export const keyVariable = "NOTIFICATION_HANDLERS_API_KEY";
