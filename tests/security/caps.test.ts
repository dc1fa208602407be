import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from '@/server/api/root';
import { CAPS } from '@/server/domain/caps';
import { CURRENCY_CODES } from '@/server/domain/currency';
import { plainLine, plainNote } from '@/server/domain/text';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { systemActor } from '@/server/platform/actor';
import { project } from '../architecture/tree';
import { withDatabase } from '../integration/database';
import { rowsOf } from '../integration/till-fixture';

withDatabase();

type Node = { [key: string]: unknown };

// An anchored pattern without an open repetition bounds a text as a cap does.
const bounds = (pattern: string) => /^\^.*\$$/s.test(pattern) && !/(?<!\\)[*+]|\{\d+,\}/.test(pattern);

/** The places of a JSON schema where a text of any length, or a list without end, would be taken. */
function uncapped(node: unknown, at: string): string[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => uncapped(one, `${at}[${index}]`));
  if (typeof node !== 'object' || node === null) return [];
  const { type, maxLength, maxItems, format, pattern, ...rest } = node as Node;
  const found: string[] = [];
  const isNamed = 'enum' in node || 'const' in node || format === 'uuid' || format === 'date';
  if (type === 'string' && maxLength === undefined && !isNamed && !(typeof pattern === 'string' && bounds(pattern)))
    found.push(`${at}: a text without a cap`);
  if (type === 'array' && maxItems === undefined) found.push(`${at}: a list without a cap`);
  return [...found, ...Object.entries(rest).flatMap(([key, value]) => uncapped(value, `${at}.${key}`))];
}

const schemaOf = (schema: z.core.$ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

type Procedure = { _def: { inputs: z.core.$ZodType[] } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

describe('a text that a procedure takes', () => {
  it('is looked for in every procedure', () => {
    expect(procedures.filter(([, { _def }]) => _def.inputs.length > 0).length).toBeGreaterThan(25);
  });

  it.each(procedures)('of %s has a cap, and so has every list', (name, { _def }) => {
    expect(_def.inputs.flatMap((input) => uncapped(schemaOf(input), name))).toEqual([]);
  });
});

/** Names that every object has or that change what it is: an answer that holds one cannot be written, nor any that is batched with it. */
const NOT_FIELDS = ['__proto__', 'constructor', 'prototype'];

/** The places of a JSON schema where a caller names the fields of an object, and may name these. */
function freeNames(node: unknown, at: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { additionalProperties, propertyNames } = node as { additionalProperties?: unknown; propertyNames?: Node };
  const pattern = propertyNames?.pattern;
  const takes = (name: string) => typeof pattern !== 'string' || new RegExp(pattern).test(name);
  const isFree = typeof additionalProperties === 'object' && !propertyNames?.enum && NOT_FIELDS.some(takes);
  return [...(isFree ? [at] : []), ...Object.entries(node).flatMap(([key, value]) => freeNames(value, `${at}.${key}`))];
}

describe('the names of fields that a caller makes up', () => {
  it.each(procedures)('are none that no object of ours may have: %s', (name, { _def }) => {
    expect(_def.inputs.flatMap((input) => freeNames(schemaOf(input), name))).toEqual([]);
  });
});

describe('a cell of a sheet of master data', () => {
  it('has a cap in every column of every kind', async () => {
    const schemas: [string, z.ZodObject][] = [];
    for (const file of project.filesIn('server/modules', /\/schema\.ts$/)) {
      const [, , area, module] = file.split('/');
      const exported: Record<string, unknown> = await import(`../../server/modules/${area}/${module}/schema.ts`);
      for (const [name, value] of Object.entries(exported))
        if (/Row$/.test(name) && value instanceof z.ZodObject) schemas.push([`${module}.${name}`, value]);
    }
    expect(schemas.map(([name]) => name).sort()).toEqual([
      'catalogue.serviceRow',
      'commission.planRow',
      'customers.customerRow',
      'doctors.doctorRow',
      'identity.branchRow',
      'identity.organisationRow',
      'identity.userRow',
      'pricing.rateCardRow',
      'till.tillFileRow',
    ]);
    expect(schemas.flatMap(([name, schema]) => uncapped(schemaOf(schema), name))).toEqual([]);
  });
});

/** Text that programs write and no entry point takes: keys, hashes, JSON of our own, and what is staged before it is checked. */
const BY_PROGRAMS = new Set(
  [
    'audit_entry.actor_id audit_entry.entity_id audit_entry.correlation_id audit_entry.action audit_entry.actor_kind audit_entry.entity',
    'document.kind document.language document.sha256 document.storage_key effect_receipt.effect_key effect_receipt.kind effect_receipt.ref',
    'instance_fact.key integration_message.content integration_message.direction integration_message.message_key integration_message.system',
    'local_message.channel local_message.subject local_message.text local_message.to message.dedupe_key message.failure message.language',
    'message.params message.provider_ref message.recipient message.template number_counter.scope orders.accession orders.number',
    'outbox_event.last_error outbox_event.name patient.code rate_limit.key revenue_posting.account revenue_posting.effect_key',
    'specimen_label.barcode statement.content_hash statement_snapshot.content_hash upload.sha256 upload.storage_key app_user.password_hash',
    'upload_error.code upload_error.column upload_row.warning upload_row.external_ref upload_row.name upload_row.note upload_row.payment upload_row.phone',
    'audit_seal.key_id local_message.key read_mark.actor_id read_mark.entity read_mark.entity_id',
    'staff_session.address_hash staff_session.browser staff_session.network',
    'upload_row.sex link_event.agent function_pace.function_id patient.name_key specimen_label.category',
  ]
    .flatMap((line) => line.split(' '))
    .filter(Boolean),
);

/** What is named a key, an id or a hash is made by programs, too. */
const MACHINE_NAMED = /[._](id|key|hash)$/;

describe('a text that the database holds', () => {
  type Column = { name: string; checks: string[] };
  const columns = () =>
    rowsOf<Column>(`
      SELECT c.relname || '.' || a.attname AS name,
        ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
          WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)) AS checks
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype) AND c.relname !~ '^(_|background_|engine_)'
      ORDER BY 1`);

  it('is held to a cap or to a list of words in every column that an entry point fills', async () => {
    const open = (await columns()).filter(
      ({ name, checks }) =>
        !BY_PROGRAMS.has(name) &&
        !MACHINE_NAMED.test(name) &&
        !checks.some((check) => /is_plain_(text|note)|is_currency|ANY \(|~|\bCASE\b|= '/.test(check)),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('has the cap of the one list', async () => {
    const caps = new Set<number>(Object.values(CAPS));
    const held = (await columns()).flatMap(({ name, checks }) =>
      checks.flatMap((check) =>
        [...check.matchAll(/is_plain_(?:text|note)\(\w+, (\d+)/g)].map(([, most]) => ({ name, most: Number(most) })),
      ),
    );
    expect(held.length).toBeGreaterThan(25);
    expect(held.filter(({ most }) => !caps.has(most))).toEqual([]);
  });
});

describe('a text', () => {
  it('is plain in the database as it is at the entry points', async () => {
    const sign = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
      fc.constantFrom(
        '\u200b',
        '\u202e',
        '\u00a0',
        '\u3000',
        '\ufeff',
        'e\u0302\u0303',
        'ễ',
        'Ａ',
        '\ufe0f',
        ' ',
        'x',
        '\u2800',
        '\u00ad',
      ),
    );
    const texts = fc
      .sample(fc.array(sign, { maxLength: 12 }), 3_000)
      .map((parts) => parts.join('').replaceAll('\u0000', ''));
    const written = texts.map((text) => text.toWellFormed());
    const rows = await rowsOf<{ text: string; plain: boolean; note: boolean }>(
      `SELECT t AS text, is_plain_text(t, 500) AS plain, is_plain_note(t, 500) AS note FROM unnest($1::text[]) t`,
      [[...written, ...written.map(plainLine), ...written.map(plainNote)]],
    );
    const kept = new Set([...written.map(plainLine), ...written.map(plainNote)]);
    for (const { text, plain, note } of rows) {
      // What an entry point accepts, the database takes.
      if (kept.has(text)) expect([text, note]).toEqual([text, true]);
      if (plainLine(text) === text) expect([text, plain]).toEqual([text, true]);
    }
    const hidden = [
      'a\u200bb',
      'a\u202e',
      '\u00a0a',
      'a  b',
      'a\tb',
      'e\u0302',
      'Ａ',
      ' a',
      '\ufeffa',
      'a\u00adb',
      'a\u2800',
    ];
    const refused = await rowsOf<{ plain: boolean }>(
      `SELECT is_plain_text(t, 500) AS plain FROM unnest($1::text[]) t`,
      [hidden],
    );
    expect(refused.map(({ plain }) => plain)).toEqual(hidden.map(() => false));
  });

  it('of a currency is limited to one list by the entry points and by the database', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const codes = [...letters].flatMap((a) => [...letters].flatMap((b) => [...letters].map((c) => a + b + c)));
    const taken = await rowsOf<{ code: string }>(`SELECT code FROM unnest($1::text[]) code WHERE is_currency(code)`, [
      codes,
    ]);
    expect(taken.map(({ code }) => code).sort()).toEqual([...CURRENCY_CODES].sort());
  });

  it('of an uploaded file is kept without control and direction marks, path parts and reserved signs', async () => {
    const names: [string, string][] = [
      ['../../\u202egnp.csv', 'gnp.csv'],
      ['C:\\temp\\đơn\u200b hàng.csv'.normalize('NFD'), 'đơn hàng.csv'],
      [`a\r\nX: y"<${'x'.repeat(400)}.csv`, ''],
    ];
    for (const [fileName, kept] of names) {
      const content = (async function* () {
        yield Buffer.from('external_ref\nx\n');
      })();
      const { id } = await receiveUpload({ actor: systemActor('portal'), kind: 'orders', fileName, content });
      const [row] = await rowsOf<{ name: string }>('SELECT file_name AS name FROM upload WHERE id = $1', [id]);
      if (kept) expect(row?.name).toBe(kept);
      expect(row?.name).toMatch(/^[^\p{C}<>:"|?*\\/]{1,200}$/u);
    }
  });
});
