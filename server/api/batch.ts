/** Calls in one request, as screens send them and as the server takes them. */
export const MOST_IN_A_BATCH = 10;
