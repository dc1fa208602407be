import type { IncomingMessage } from 'node:http';

/** The path of a request as it was written: what is made of it must not differ from what routes it. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split(/[?#]/, 1)[0] ?? '/';
