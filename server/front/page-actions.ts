import type { IncomingMessage } from 'node:http';
import { pathOf } from './request-path';

/** Handlers that take what is sent: procedures, sign-in, sheets, background work, the forms of the gate. */
const HANDLERS = /^\/(api\/|s\/[^/]+\/(code|verify|seen|leave)\/?$)/;

const ACTION = 'next-action';
/** How the framework names an action of a page. */
const NAME = /^[0-9a-f]{42}$/;

/**
 * Whether what is sent is for something that takes it. A page takes nothing but a well-named action, which only our own scripts
 * send: the framework would read forms that no page of ours has, and quote what strangers call an action in the log. A handler
 * knows of no actions.
 */
export function isForRoute(request: IncomingMessage): boolean {
  const name = request.headers[ACTION];
  const sends = request.method === 'POST' || request.method === 'PUT';
  if (!sends || HANDLERS.test(pathOf(request))) {
    delete request.headers[ACTION];
    return true;
  }
  const type = request.headers['content-type'] ?? '';
  return request.method === 'POST' && typeof name === 'string' && NAME.test(name) && type.startsWith('text/plain');
}

/** A choice of a page: one short word, or yes and no. Whatever else the framework could be asked to read is none. */
const CHOICE = /^\[(?:"[a-z]{1,20}"|true|false)\]$/;

/**
 * Whether what is sent to a page is what our own scripts send with an action. The framework makes of it whatever it names, and where it
 * cannot be read, quotes it in the log: a stranger's words.
 */
export const isChoice = (body: Buffer): boolean => body.length <= 30 && CHOICE.test(body.toString('latin1'));

/** Whether a request that `isForRoute` let through is an action of a page. */
export const isAction = (request: IncomingMessage): boolean => request.headers[ACTION] !== undefined;
