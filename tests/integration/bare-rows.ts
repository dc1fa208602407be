import { rowsPastGuards } from './database';

/** Minutes back from now; less than nothing is to come. */
export const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

export const names = new Map<string, string>();

/** An id that carries its time, as those of the database do, under the name by which the test knows it. */
export function idOf(name: string, minutes = 90): string {
  const time = ago(minutes).getTime().toString(16).padStart(12, '0');
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
  names.set(id, name);
  return id;
}

type Row = Record<string, unknown>;
const any = () => crypto.randomUUID();

/** What a row of a table needs beside what a test is about. */
const NEEDED: Record<string, (given: Row) => Row> = {
  message: () => ({ dedupe_key: any(), template: 'order-paid', language: 'vi', channel: 'sms', recipient: 'x' }),
  otp_challenge: () => ({ link_id: any(), channel: 'sms', browser_hash: '', address_hash: '', expires_at: ago(-5) }),
  upload: () => ({ kind: 'orders', file_name: 'a.csv', storage_key: any(), sha256: '', bytes: 1 }),
  statement_run: () => ({ period_id: any() }),
  statement: () => ({ period_id: any(), doctor_id: any(), content_hash: any() }),
  outbox_event: () => ({ name: 'order/created', data: {} }),
  background_run: ({ state }) => ({
    ended_at: ['completed', 'failed', 'cancelled'].includes(String(state)) ? ago(1) : null,
    ...{ run_id: any(), function_id: 'order', event_ids: [], subject_ids: [], replay_of: [] },
    ...{ state_at: ago(1), started_at: ago(1), last_seen_at: ago(1) },
  }),
  orders: () => ({
    ...{ number: any(), branch_id: any(), patient_id: any(), source: 'pos', terms: 'immediate' },
    ...{ ordered_at: ago(90), created_at: ago(90), list_total: 0, discount_total: 0, net_total: 0 },
  }),
  order_line: () => ({ service_id: any(), rate_card_item_id: any() }),
  approval: () => ({
    ...{ kind: 'give-back', client_key: any(), asked_by: any(), asked_at: ago(1) },
    ...{ reason: 'x', amount: 1, details: {} },
  }),
  payment: () => ({ method: 'card' }),
  drawer_entry: () => ({ shift_id: any(), kind: 'sale', account: 'drawer' }),
  revenue_posting: () => ({ account: 'cash', day: '2026-11-01', branch_id: any(), effect_key: any() }),
  effect_receipt: () => ({ kind: 'revenue-order' }),
  upload_outcome: () => ({ order_id: any() }),
  audit_entry: () => ({ actor_kind: 'user', action: 'thing.done', entity: 'thing', entity_id: 'x' }),
  audit_seal: () => ({ entry_hash: '', hash: '', key_id: '' }),
  document: () => ({ kind: 'receipt', owner_id: any(), language: 'vi', storage_key: any(), sha256: 'x', bytes: 1 }),
};

/** Rows that no trigger and no foreign key would let in. */
export async function put(table: string, ...rows: Row[]): Promise<void> {
  for (const given of rows) {
    const row = { ...NEEDED[table]?.(given), ...given };
    const places = Object.keys(row).map((_, at) => `$${at + 1}`);
    await rowsPastGuards(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${places})`, Object.values(row));
  }
}

/** Nothing is left of the test before. */
export async function emptyAll(): Promise<void> {
  names.clear();
  await rowsPastGuards(
    Object.keys(NEEDED)
      .map((table) => `DELETE FROM ${table}`)
      .join(';'),
  );
}
