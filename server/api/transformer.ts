import superjson from 'superjson';

/** What crosses between server and screen keeps its type: dates and BigInt money. Both sides import this one. */
export const transformer = superjson;
