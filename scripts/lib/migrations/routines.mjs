import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../paths.mjs';
import { applyGrants, grantsText } from './grants.mjs';

const folder = inRoot('prisma', 'routines');
const KEY = 'routines';

/**
 * Functions of ours that no trigger, default, constraint or index needs, nor a function that one of those calls in a body bound at
 * its creation: all those belong to migrations.
 */
const REPEATABLE = `
  WITH RECURSIVE kept AS (
    SELECT d.refobjid AS id FROM pg_depend d WHERE d.refclassid = 'pg_proc'::regclass
      AND d.classid IN ('pg_trigger'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_class'::regclass, 'pg_policy'::regclass)
    UNION
    SELECT d.refobjid FROM kept k JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = k.id AND d.refclassid = 'pg_proc'::regclass
  )
  SELECT format('DROP %s IF EXISTS %s CASCADE', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, p.oid::regprocedure) AS sql
  FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    AND p.oid NOT IN (SELECT id FROM kept)`;
const VIEWS = `SELECT format('DROP VIEW IF EXISTS %I CASCADE', viewname) AS sql FROM pg_views WHERE schemaname = 'public'`;
const TYPES = `
  SELECT format('DROP TYPE IF EXISTS %I CASCADE', t.typname) AS sql
  FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typnamespace = 'public'::regnamespace AND c.relkind = 'c'`;

/** A body that names what is not there fails here, not at the first call. */
const VALIDATE = `
  SELECT CASE l.lanname WHEN 'sql' THEN fmgr_sql_validator(p.oid) WHEN 'plpgsql' THEN plpgsql_validator(p.oid) END
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.pronamespace = 'public'::regnamespace AND l.lanname IN ('sql', 'plpgsql')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;

/** The texts of all routines, by module; none where the folder is not there. */
function texts() {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

const hashOf = (all) =>
  createHash('sha256')
    .update([...all, grantsText()].join('\0'))
    .digest('hex');

/** Types first, then views, then functions, so that no file waits for another. */
function inOrder(all) {
  const text = all.join('\n');
  const types = text.match(/^CREATE TYPE [^;]*;/gm) ?? [];
  const views = text.match(/^CREATE VIEW [^;]*;/gm) ?? [];
  const functions = [...types, ...views].reduce((rest, statement) => rest.replace(statement, ''), text);
  return [...types, ...afterWhatTheyRead(views), functions];
}

/** Views in an order in which each finds those that it reads. @param {string[]} views */
function afterWhatTheyRead(views) {
  const nameOf = (view) => /^CREATE VIEW (\w+)/.exec(view)?.[1] ?? '';
  const reads = (view, other) => view !== other && new RegExp(`\\b(FROM|JOIN) ${nameOf(other)}\\b`).test(view);
  const ordered = [];
  let waiting = views;
  while (waiting.length > 0) {
    const ready = waiting.filter((view) => !waiting.some((other) => reads(view, other)));
    if (ready.length === 0) throw new Error(`views that read each other: ${waiting.map(nameOf).join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((view) => !ready.includes(view));
  }
  return ordered;
}

async function appliedHash(client) {
  const { rows } = await client.query(`SELECT value ->> 'hash' AS hash FROM instance_fact WHERE key = $1`, [KEY]);
  return rows[0]?.hash;
}

/** Whether the routines or grants on disk are not applied. @param {import('pg').Client} client */
export const routinesDiffer = async (client) => (await appliedHash(client)) !== hashOf(texts());

/**
 * Recreates all routines and grants in one transaction when their text has changed, or when `forced` because tables have:
 * a concurrent call gets the old or the new one, never none.
 * @param {import('pg').Client} client a connection of the schema's owner
 * @returns {Promise<boolean>} whether they were recreated
 */
export async function applyRoutines(client, { forced = false } = {}) {
  const all = texts();
  if (!forced && !(await routinesDiffer(client))) return false;
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL check_function_bodies = off'); // a body may call what stands further down
    for (const existing of [VIEWS, REPEATABLE, TYPES]) {
      for (const { sql } of (await client.query(existing)).rows) await client.query(sql);
    }
    for (const statement of inOrder(all)) await client.query(statement);
    await client.query('SET LOCAL check_function_bodies = on');
    await client.query(VALIDATE);
    await applyGrants(client);
    await client.query(
      `INSERT INTO instance_fact (key, value, at) VALUES ($1, jsonb_build_object('hash', $2::text), now())
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = now()`,
      [KEY, hashOf(all)],
    );
    await client.query('COMMIT');
    return true;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
