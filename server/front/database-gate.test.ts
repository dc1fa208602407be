import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { DatabaseFailure } from '../platform/database-failures';
import { createDatabaseGate } from './database-gate';

type Given = {
  failure?: DatabaseFailure | null;
  lost?: boolean;
  application?: (response: ServerResponse) => void;
};

let server: Server | undefined;
afterEach(() => void server?.close());

/** A portal of which only the gate is real; `application` stands behind it. */
async function ask({ failure = null, lost = false, application = fine }: Given, headers: Record<string, string> = {}) {
  const gate = createDatabaseGate(
    async () => failure,
    () => lost,
  );
  server = createServer(async (request, response) => {
    response.setHeader('strict-transport-security', 'max-age=1');
    if (!(await gate(request, response))) application(response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/s/some-token`, { headers: { accept: 'text/html', ...headers } });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

const fine = (response: ServerResponse) => void response.writeHead(200, { 'content-type': 'text/html' }).end('a page');

/** As the application answers when a page of it fails: a status, headers of its own, pieces. */
const failing = (response: ServerResponse) => {
  response.statusCode = 500;
  response.setHeader('content-type', 'text/html');
  response.setHeader('x-own', 'of the page that failed');
  response.write('<h1>something');
  response.write(' failed</h1>');
  response.end();
};
const failingAtOnce = (response: ServerResponse) => void response.writeHead(500).end('something failed');
const failingCompressed = (response: ServerResponse) => {
  response.statusCode = 500;
  const gzip = createGzip();
  gzip.pipe(response);
  gzip.end('something failed');
};

describe('while the database is away', () => {
  it('every page says so, and comes back by itself', async () => {
    const { status, headers, body } = await ask({ failure: 'database_full' });
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(body).toContain('http-equiv="refresh"');
  });
});

describe('a page that failed', () => {
  it.each([
    ['in pieces', failing],
    ['at once', failingAtOnce],
    ['compressed', failingCompressed],
  ])('of a connection that was just lost says so instead, and nothing else: %s', async (_, application) => {
    const { status, headers, body } = await ask({ lost: true, application });
    expect([status, headers.get('retry-after'), headers.get('x-own')]).toEqual([503, '5', null]);
    expect(headers.get('strict-transport-security')).toBe('max-age=1');
    expect(body).toMatch(/^<!doctype html>.*http-equiv="refresh".*<\/html>$/s);
    expect(body).not.toContain('failed');
  });

  it('is reported to a program by the name of the failure', async () => {
    const { status, body } = await ask({ lost: true, application: failing }, { accept: 'application/json' });
    expect([status, JSON.parse(body)]).toEqual([
      503,
      { reason: 'database_unavailable', params: {}, correlationId: null },
    ]);
  });

  it('of anything else is its own answer', async () => {
    const { status, headers, body } = await ask({ application: failing });
    expect([status, headers.get('x-own'), body]).toEqual([500, 'of the page that failed', '<h1>something failed</h1>']);
  });

  it('is no page that was drawn, though a connection was lost meanwhile', async () => {
    const { status, body } = await ask({ lost: true });
    expect([status, body]).toEqual([200, 'a page']);
  });
});
