import compile from 'icu-minify/compile';
import formatMessage from 'use-intl/format-message';

export interface Messages {
  [key: string]: string | Messages;
}

/** Whether what formats messages here reads them compiled: in the application, so that no browser loads a parser of messages. */
const isReadCompiled = !formatMessage.raw;

/**
 * Messages as what formats them here reads them: as they are written, or compiled (next.config.js says so for the application; the
 * command line and the tests have no build). next-intl knows no type for the second kind and passes it on unread.
 */
export function readable(messages: Messages): Messages {
  return isReadCompiled ? compiled(messages) : messages;
}

/** Every message compiled. What it is made of crosses from server to browser, and so has no objects without a prototype. */
export function compiled(messages: Messages): Messages {
  const entries = Object.entries(messages).map(([key, message]) => [
    key,
    typeof message === 'string' ? JSON.parse(JSON.stringify(compile(message))) : compiled(message),
  ]);
  return Object.fromEntries(entries);
}
