import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const OID_CHAR = 18;
const OID_TEXT = 25;

/**
 * A URL taken apart. With a `connectionString`, pg ignores a `database` beside it, so what the engine takes
 * for a shadow database would be the main one.
 */
export function connectionOf(url, database) {
  const parts = new URL(url);
  return {
    host: decodeURIComponent(parts.searchParams.get('host') ?? parts.hostname),
    port: Number(parts.port || 5432),
    user: decodeURIComponent(parts.username),
    password: decodeURIComponent(parts.password),
    database: database ?? decodeURIComponent(parts.pathname.slice(1)),
    ssl: parts.searchParams.get('sslmode') === 'require' ? { rejectUnauthorized: false } : undefined,
  };
}

/**
 * The adapter's two gaps as a migration driver, closed: it rejects the catalog type "char" that the engine's
 * introspection selects (prisma/orm#27403), and it splits scripts at every ";" over several connections, which breaks
 * function bodies. One simple query is atomic and parsed by the server.
 */
async function connectAdapter(pool) {
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  const { queryRaw } = adapter;
  adapter.queryRaw = async (query) => {
    const result = await adapter.performIO(query);
    const fields = result.fields.map((field) =>
      field.dataTypeID === OID_CHAR ? { ...field, dataTypeID: OID_TEXT } : field,
    );
    const rows = await queryRaw.call({ performIO: async () => ({ ...result, fields }) }, query);
    result.fields.forEach((field, index) => {
      if (field.dataTypeID === OID_CHAR) rows.columnTypes[index] = ColumnTypeEnum.Character;
    });
    return rows;
  };
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

/** Connects the engine to the database of `url`, and to throw-away shadow databases beside it (needs CREATEDB). */
export function createDriver(url) {
  const pools = new Set();
  const shadows = new Set();
  const connect = (database) => {
    const pool = new pg.Pool({ ...connectionOf(url, database), max: 2 });
    pool.on('error', () => {}); // a shadow database is dropped while its pool is still open
    pools.add(pool);
    return connectAdapter(pool);
  };
  const administer = async (sql) => {
    const client = new pg.Client(connectionOf(url));
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const factory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(),
    async connectToShadowDb() {
      const name = `shadow_${randomUUID().replaceAll('-', '')}`;
      await administer(`CREATE DATABASE "${name}"`);
      shadows.add(name);
      const adapter = await connect(name);
      adapter.dispose = async () => {};
      return adapter;
    },
  };
  // The engine disposes of neither its pools nor its shadow databases.
  const close = async () => {
    for (const pool of pools) await pool.end().catch(() => {});
    for (const name of shadows) await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  };
  return { factory, close };
}
