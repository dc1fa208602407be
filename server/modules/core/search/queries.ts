import { branchScope, can, type Permission } from '@/server/authorization/permissions';
import type { FoundKind } from '@/server/domain/found-things';
import { plainLine } from '@/server/domain/text';
import type { StaffActor } from '@/server/platform/actor';
import { db, type Sql, sql } from '@/server/platform/db';
import { likeliest } from '@/server/platform/search';
import { type ActsRow, actsOn } from './rules';
import type { Found, Language, Thing } from './schema';

const PER_KIND = 6;
/** Whose orders and statements are looked for: the likeliest of those who fit. */
const PEOPLE = 100;
/** Some of what fits may be of another branch. */
const ENOUGH = 50;

type Row = ActsRow & { title: string; detail: string };
/** Some of a kind, in the order they came in, as their finder may see them. */
type Kind = { permission: Permission; read: (actor: StaffActor, ids: readonly string[]) => Sql };

const among = (ids: readonly string[]) => sql`unnest(${ids as string[]}::uuid[]) WITH ORDINALITY a (id, place)`;
const newestStatement = sql`LATERAL (
  SELECT s.id, jsonb_build_object('id', s.id, 'month', m.month, 'sealed', s.content_hash IS NOT NULL,
    'published', s.published_at IS NOT NULL AND s.state <> 'superseded',
    'linked', EXISTS (SELECT FROM statement_link k WHERE k.statement_id = s.id AND k.revoked_at IS NULL AND k.expires_at > now())) AS facts,
    m.month
  FROM statement s JOIN statement_period m ON m.id = s.period_id`;

const KINDS: Record<FoundKind, Kind> = {
  patients: {
    permission: 'patient.read',
    read: (_actor, ids) => sql`
      SELECT p.id, p.full_name AS title, p.code || ' · ' || to_char(p.dob, 'DD/MM/YYYY') AS detail
      FROM ${among(ids)} JOIN patient p ON p.id = a.id ORDER BY a.place`,
  },
  orders: {
    permission: 'order.read',
    read: (actor, ids) => sql`
      SELECT o.id, o.number AS title, p.full_name || ' · ' || to_char(business_day(o.ordered_at), 'DD/MM/YYYY') AS detail,
        o.patient_id AS "patientId", order_due(o) > 0 AS owes
      FROM ${among(ids)} JOIN orders o ON o.id = a.id JOIN patient p ON p.id = o.patient_id
      WHERE ${ofBranch(actor, sql`o.branch_id`)} ORDER BY a.place`,
  },
  doctors: {
    permission: 'doctor.read',
    read: (actor, ids) => sql`
      SELECT d.id, d.name AS title, d.code AS detail, n.facts AS statement
      FROM ${among(ids)} JOIN doctor d ON d.id = a.id LEFT JOIN ${newestStatement}
        WHERE s.doctor_id = d.id AND s.state <> 'superseded' AND ${can(actor.role, 'statement.read')}
        ORDER BY m.month DESC LIMIT 1) n ON true
      ORDER BY a.place`,
  },
  statements: {
    permission: 'statement.read',
    read: (_actor, ids) => sql`
      SELECT n.id, d.name AS title, d.code || ' · ' || substr(n.month, 6) || '/' || substr(n.month, 1, 4) AS detail, n.facts AS statement
      FROM ${among(ids)} JOIN statement t ON t.id = a.id JOIN doctor d ON d.id = t.doctor_id
      JOIN ${newestStatement} WHERE s.id = t.id) n ON true ORDER BY a.place`,
  },
  uploads: {
    permission: 'upload.read',
    read: (actor, ids) => sql`
      SELECT u.id, u.file_name AS title, to_char(business_day(u.created_at), 'DD/MM/YYYY') AS detail
      FROM ${among(ids)} JOIN upload u ON u.id = a.id WHERE u.kind = 'orders' AND (${branchScope(actor)}::uuid IS NULL OR EXISTS (
        SELECT FROM upload_row r WHERE r.upload_id = u.id AND r.branch_id = ${branchScope(actor)}::uuid)) ORDER BY a.place`,
  },
  'rate-cards': {
    permission: 'rate-card.read',
    read: (actor, ids) => sql`
      SELECT c.id, c.code AS title, coalesce(k.name, b.name_vi, c.tier, '') AS detail
      FROM ${among(ids)} JOIN rate_card c ON c.id = a.id LEFT JOIN customer k ON k.id = c.customer_id LEFT JOIN branch b ON b.id = c.branch_id
      WHERE c.scope <> 'branch' OR ${ofBranch(actor, sql`c.branch_id`)} ORDER BY a.place`,
  },
};

function ofBranch(actor: StaffActor, column: Sql): Sql {
  const branch = branchScope(actor);
  return branch ? sql`${column} = ${branch}::uuid` : sql`true`;
}

type Asker = { actor: StaffActor; language: Language };

async function readKind({ actor, language }: Asker, kind: FoundKind, ids: readonly string[]): Promise<Found[]> {
  if (ids.length === 0 || !can(actor.role, KINDS[kind].permission)) return [];
  const rows = await db().$queryRaw<Omit<Row, 'kind'>[]>(KINDS[kind].read(actor, ids));
  const may = (permission: Permission) => can(actor.role, permission);
  return rows.slice(0, PER_KIND).map(({ id, title, detail, ...row }) => ({
    kind,
    id,
    title,
    detail,
    acts: actsOn({ kind, id, ...row }, { may, language }),
  }));
}

const idsOf = async (query: Sql): Promise<string[]> =>
  (await db().$queryRaw<{ id: string }[]>(query)).map(({ id }) => id);

/** Orders by the beginning of their number, by what others call them, and those of the people found; the newest first. */
async function ordersOf(actor: StaffActor, text: string, patients: readonly string[]): Promise<string[]> {
  const number = `${text.toUpperCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return idsOf(sql`
    SELECT o.id FROM (
      (SELECT id FROM orders WHERE number LIKE ${number} ORDER BY number DESC LIMIT ${ENOUGH})
      UNION SELECT id FROM orders WHERE external_ref = ${text} OR accession = upper(${text})
      UNION SELECT id FROM orders WHERE patient_id = ANY (${patients.slice(0, PEOPLE)}::uuid[])
    ) f JOIN orders o ON o.id = f.id WHERE ${ofBranch(actor, sql`o.branch_id`)} ORDER BY o.ordered_at DESC LIMIT ${PER_KIND}`);
}

/** The newest statement of each of a few doctors. */
const statementsOf = (doctors: readonly string[]) =>
  idsOf(sql`
  SELECT n.id FROM ${among(doctors.slice(0, PER_KIND))} JOIN ${newestStatement}
    WHERE s.doctor_id = a.id AND s.state <> 'superseded' ORDER BY m.month DESC LIMIT 1) n ON true ORDER BY a.place`);

/** Rate cards by the beginning of their code, and those of the customers found. */
const rateCardsOf = (text: string, customers: readonly string[]) =>
  idsOf(sql`
  SELECT id FROM ((SELECT id, code FROM rate_card WHERE starts_with(code, ${text}) ORDER BY code LIMIT ${ENOUGH})
    UNION (SELECT id, code FROM rate_card WHERE starts_with(code, upper(${text})) ORDER BY code LIMIT ${ENOUGH})
    UNION (SELECT id, code FROM rate_card WHERE scope = 'customer' AND customer_id = ANY (${customers.slice(0, PEOPLE)}::uuid[]) LIMIT ${ENOUGH})) c
  ORDER BY code`);

/** Finds across everything the asker may read; another branch's orders are not among it. */
export async function searchEverything(actor: StaffActor, typed: string, language: Language): Promise<Found[]> {
  const text = plainLine(typed);
  const may = (kind: FoundKind) => can(actor.role, KINDS[kind].permission);
  const [patients, doctors, uploads, customers] = await Promise.all([
    likeliest('patient', text, PER_KIND),
    likeliest('doctor', text, PER_KIND),
    may('uploads') ? likeliest('upload', text, ENOUGH) : [],
    may('rate-cards') ? likeliest('customer', text, PER_KIND) : [],
  ]);
  const [orders, statements, rateCards] = await Promise.all([
    may('orders') ? ordersOf(actor, text, patients) : [],
    may('statements') ? statementsOf(doctors) : [],
    may('rate-cards') ? rateCardsOf(text, customers) : [],
  ]);
  const ids: Record<FoundKind, string[]> = { patients, orders, doctors, statements, uploads, 'rate-cards': rateCards };
  const found = Object.entries(ids).map(([kind, some]) =>
    readKind({ actor, language }, kind as FoundKind, some.slice(0, ENOUGH)),
  );
  return (await Promise.all(found)).flat();
}

/** What these things are called now and what may be done with them, in the order they are named; what is gone or not to be seen is left out. */
export async function recentThings(actor: StaffActor, things: readonly Thing[], language: Language): Promise<Found[]> {
  const byKind = Map.groupBy(things, ({ kind }) => kind);
  const read = [...byKind].map(([kind, some]) =>
    readKind(
      { actor, language },
      kind,
      some.map(({ id }) => id),
    ),
  );
  const found = new Map((await Promise.all(read)).flat().map((one) => [`${one.kind} ${one.id}`, one]));
  return things.flatMap(({ kind, id }) => found.get(`${kind} ${id}`) ?? []);
}
