import { describe, expect, it } from 'vitest';
import { readOptions, SettingError } from '../../inngest/engine/options';

const DATABASE = { ENGINE_DATABASE_URL: 'postgresql://localhost/engine' };

describe('the settings of an engine', () => {
  it('have defaults, and need a database only', () => {
    expect(readOptions([], DATABASE)).toMatchObject({
      databaseUrl: DATABASE.ENGINE_DATABASE_URL,
      host: '127.0.0.1',
      port: 8288,
      appUrls: [],
      workers: 100,
      tickMs: 1_000,
      syncMs: 30_000,
      requestMs: 7_200_000,
      retentionSeconds: 604_800,
      retryIntervalMs: undefined,
      signingKey: undefined,
    });
    expect(readOptions([], { DATABASE_URL: 'postgresql://x/y' }).databaseUrl).toBe('postgresql://x/y');
  });

  it('are read from the environment, and from flags before it', () => {
    const env = {
      ...DATABASE,
      ENGINE_PORT: '1',
      ENGINE_APP_URL: 'http://a/x,https://b/y',
      ENGINE_RETRY_INTERVAL: '2',
      ENGINE_TICK: '250',
      ENGINE_RETENTION: '1d',
      ENGINE_REQUEST_TIMEOUT: '5m',
      INNGEST_SIGNING_KEY: 'signkey-prod-aabb',
      INNGEST_SIGNING_KEY_FALLBACK: 'signkey-prod-ccdd',
      INNGEST_EVENT_KEY: 'one,two',
    };
    const flags = ['--port', '0', '--retry-interval', '1500ms', '--app-url', 'http://c', '--app-url', 'http://d'];
    expect(readOptions(flags, env)).toMatchObject({
      port: 0,
      appUrls: ['http://c', 'http://d'],
      retryIntervalMs: 1_500,
      tickMs: 250,
      retentionSeconds: 86_400,
      requestMs: 300_000,
      signingKey: 'signkey-prod-aabb',
      signingKeyFallback: 'signkey-prod-ccdd',
      eventKey: 'one,two',
    });
    expect(readOptions([], env)).toMatchObject({
      port: 1,
      appUrls: ['http://a/x', 'https://b/y'],
      retryIntervalMs: 2_000,
    });
  });

  it.each([
    [[], {}, 'ENGINE_DATABASE_URL is not set'],
    [['--port', 'many'], DATABASE, 'port must be a whole number from 0, not "many"'],
    [['--workers', '0'], DATABASE, 'workers must be a whole number from 1, not "0"'],
    [['--tick', 'soon'], DATABASE, 'tick must be a duration such as 10s, not "soon"'],
    [['--app-url', 'localhost:3000'], DATABASE, 'app-url is not a URL: localhost:3000'],
    [['--colour', 'red'], DATABASE, "Unknown option '--colour'"],
    [['--signing-key', 'signkey-test-xyz'], DATABASE, 'must be hexadecimal with an even number of digits'],
    [['--signing-key', 'signkey-test-abc'], DATABASE, 'must be hexadecimal with an even number of digits'],
  ])('%j are refused in one sentence', (flags, env, message) => {
    expect(() => readOptions(flags, env)).toThrow(SettingError);
    expect(() => readOptions(flags, env)).toThrow(message);
  });
});
