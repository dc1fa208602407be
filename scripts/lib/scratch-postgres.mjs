import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './ports.mjs';
import { preparePostgres, superuser } from './postgres.mjs';

/**
 * A PostgreSQL in a temporary folder, gone after use.
 * @param {{ careless?: boolean }} options `careless`: without regard for power cuts, as tests can bear it
 * @returns {Promise<{ port: number, connect: (database?: string) => object, url: (database?: string) => string, stop(): Promise<void> }>}
 */
export async function startScratchPostgres({ careless = true } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-postgres-'));
  chmodSync(folder, 0o755); // the account that PostgreSQL runs as has to get in
  const password = 'scratch';
  const options = {
    directory: path.join(folder, 'data'),
    choosePort: freePort,
    password,
    careless,
    stateDir: folder,
  };
  const { service, port } = await preparePostgres(options);
  await service.start();
  return {
    port,
    connect: (database) => superuser(port, password, database),
    url: (database = 'postgres') => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`,
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Does `work` with the address of an empty database on such a server. */
export async function withScratchDatabase(work) {
  const server = await startScratchPostgres();
  try {
    return await work(server.url());
  } finally {
    await server.stop();
  }
}
