import { beforeAll, describe, expect, it } from 'vitest';
import { transformer } from '@/server/api/transformer';
import { viewsAmong, viewsOf } from '@/server/modules/core/lists/queries';
import { countOwnViews, deleteView, putView } from '@/server/modules/core/lists/repository';
import { type SaveView, saveViewInput } from '@/server/modules/core/lists/schema';
import { findViews } from '@/server/modules/core/lists/use-cases/find-views';
import { listViews } from '@/server/modules/core/lists/use-cases/list-views';
import { removeView } from '@/server/modules/core/lists/use-cases/remove-view';
import { saveView } from '@/server/modules/core/lists/use-cases/save-view';
import type { StaffActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { rowsOf, withDatabase } from './database';
import { makeFixture, makeStaff } from './till-fixture';

withDatabase();

let lan: StaffActor;
let mai: StaffActor;
beforeAll(async () => {
  await makeFixture();
  [lan, mai] = [await makeStaff('finance', null), await makeStaff('finance', null)];
});

const view = (parts: Partial<SaveView> = {}): SaveView => ({
  ...{ list: 'orders', name: 'Chưa thu', shared: false, query: 'state=unpaid&sort=-net', layout: {} },
  ...parts,
});
const namesOf = async (actor: StaffActor, list: SaveView['list'] = 'orders') =>
  (await listViews({ actor, list })).map(({ name }) => name);

describe('a saved view', () => {
  it('is its owner’s alone until it is shared; shared it is read by others, never changed by them', async () => {
    const { id } = await saveView({ actor: lan, view: view() });
    expect(await namesOf(lan)).toEqual(['Chưa thu']);
    expect(await namesOf(mai)).toEqual([]);
    expect(await saveView({ actor: lan, view: view({ shared: true }) })).toEqual({ id });
    expect(await listViews({ actor: mai, list: 'orders' })).toEqual([
      {
        ...{ id, name: 'Chưa thu', shared: true, own: false, ownerName: 'Người dùng' },
        ...{ query: 'state=unpaid&sort=-net', layout: {} },
      },
    ]);
    await expect(removeView({ actor: mai, id })).rejects.toMatchObject({ kind: 'not-found' });
    expect(await namesOf(lan)).toEqual(['Chưa thu']);
    expect(await viewsOf({ actor: mai, list: 'orders' })).toHaveLength(1);
    await removeView({ actor: lan, id });
    expect(await namesOf(mai)).toEqual([]);
    await expect(removeView({ actor: lan, id })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('that was kept with columns of no list takes nobody’s views away', async () => {
    await rowsOf(
      `INSERT INTO saved_view (list, owner_id, name, shared, query, layout)
       VALUES ('uploads', $1, 'Quà', true, 'state=checked', '{"shown": {"constructor": true}, "density": "regular"}')`,
      [lan.id],
    );
    const [gift] = await listViews({ actor: await makeStaff('auditor', null), list: 'uploads' });
    expect(gift).toMatchObject({ name: 'Quà', query: 'state=checked', layout: {} });
    expect(transformer.deserialize(transformer.serialize([gift]))).toEqual([gift]);
  });

  it('is replaced by the same name of the same list and person, and by nothing else', async () => {
    const layout = { order: ['a'], shown: { a: true }, widths: { a: 90 } };
    const first = await saveView({ actor: lan, view: view({ name: 'Một' }) });
    const again = await saveView({ actor: lan, view: view({ name: 'Một', query: 'state=paid', layout }) });
    const elsewhere = await saveView({ actor: lan, view: view({ name: 'Một', list: 'doctors' }) });
    const others = await saveView({ actor: mai, view: view({ name: 'Một' }) });
    expect(again).toEqual(first);
    expect(new Set([first.id, elsewhere.id, others.id]).size).toBe(3);
    expect((await listViews({ actor: lan, list: 'orders' })).find(({ id }) => id === first.id)).toMatchObject({
      query: 'state=paid',
      layout,
    });
    expect(await namesOf(lan, 'doctors')).toEqual(['Một']);
  });

  it('is of a list that one may open', async () => {
    const cashier = await makeStaff('cashier');
    const refused = { kind: 'forbidden', code: 'not_permitted', params: { permission: 'statement.read' } };
    await expect(saveView({ actor: cashier, view: view({ list: 'statements' }) })).rejects.toMatchObject(refused);
    await expect(listViews({ actor: cashier, list: 'statements' })).rejects.toMatchObject(refused);
  });

  it('is found by its name among those of every list that one may open (findViews, viewsAmong)', async () => {
    const cashier = await makeStaff('cashier');
    const own = await saveView({ actor: cashier, view: view({ name: 'Của tôi' }) });
    await saveView({ actor: lan, view: view({ name: 'Riêng' }) });
    await saveView({ actor: lan, view: view({ name: 'Chung', shared: true }) });
    await saveView({ actor: lan, view: view({ name: 'Kỳ chung', list: 'statements', shared: true }) });
    const found = async (actor: StaffActor) => (await findViews({ actor })).map(({ list, name }) => `${list} ${name}`);
    expect(await found(cashier)).toEqual(['orders Của tôi', 'orders Chung'].sort((a, b) => a.localeCompare(b, 'vi')));
    expect(await found(mai)).toContain('statements Kỳ chung');
    expect(await viewsAmong({ actor: mai, lists: [] })).toEqual([]);
    await removeView({ actor: cashier, id: own.id });
    for (const { id, own: isOwn } of await findViews({ actor: lan })) if (isOwn) await removeView({ actor: lan, id });
  });

  it('is one of fifty; one more is refused, and one of them may still be changed', async () => {
    const actor = await makeStaff('finance', null);
    await rowsOf(
      `INSERT INTO saved_view (list, owner_id, name, query) SELECT 'orders', $1, 'V' || n, '' FROM generate_series(1, 50) n`,
      [actor.id],
    );
    await expect(saveView({ actor, view: view({ name: 'V51' }) })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'too_many_views',
      params: { most: 50 },
    });
    await saveView({ actor, view: view({ name: 'V50', query: 'state=paid' }) });
    await saveView({ actor, view: view({ name: 'V51', list: 'patients' }) }).catch((error) =>
      expect(error).toMatchObject({ code: 'not_permitted' }),
    );
    await saveView({ actor, view: view({ name: 'V51', list: 'doctors' }) });
    expect(await inTransaction((tx) => countOwnViews(tx, actor.id, 'orders'))).toBe(50);
  });

  it('one’s own are there however many others share, and of theirs those that were saved last', async () => {
    await rowsOf(`INSERT INTO app_user (email, name, role, password_hash)
      SELECT 'many' || n || '@x.test', 'Nhiều', 'finance', 'x' FROM generate_series(1, 11) n`);
    await rowsOf(`INSERT INTO saved_view (list, owner_id, name, shared, query, updated_at)
      SELECT 'patients', u.id, 'A ' || n, true, '', now() - make_interval(mins => n)
      FROM app_user u, generate_series(1, 50) n WHERE u.name = 'Nhiều'`);
    const [someone] = await rowsOf<{ id: string }>(`SELECT id FROM app_user WHERE name = 'Nhiều' LIMIT 1`);
    await rowsOf(
      `UPDATE saved_view SET name = 'Ž mới', updated_at = now() + interval '1 minute' WHERE owner_id = $1 AND name = 'A 50'`,
      [someone?.id],
    );
    const clerk = await makeStaff('administrator', null);
    await saveView({ actor: clerk, view: view({ list: 'patients', name: 'Z của tôi' }) });
    const names = await namesOf(clerk, 'patients');
    expect(names).toHaveLength(500);
    expect(names.slice(-2)).toEqual(['Z của tôi', 'Ž mới']);
  });

  it('leaves a record of who saved and removed it, without what it filters', async () => {
    const { id } = await saveView({ actor: lan, view: view({ name: 'Dấu', query: 'q=Nguyen' }) });
    await removeView({ actor: lan, id });
    const trail = await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', action, actor_id, detail::text) AS line FROM audit_entry WHERE entity = 'saved-view' AND entity_id = $1 ORDER BY id`,
      [id],
    );
    expect(trail.map(({ line }) => line)).toEqual([
      `saved-view.saved ${lan.id} {"list": "orders", "shared": false}`,
      `saved-view.removed ${lan.id} {"list": "orders"}`,
    ]);
  });

  it('rows of the repository are the owner’s: what is put is answered, what is deleted names its list', async () => {
    await inTransaction(async (tx) => {
      const id = await putView(tx, mai.id, view({ name: 'Kho' }));
      expect(await deleteView(tx, lan.id, id)).toBeNull();
      expect(await deleteView(tx, mai.id, id)).toBe('orders');
    });
  });
});

describe('what a view may hold', () => {
  const fits = (parts: object) => saveViewInput.safeParse({ ...view(), ...parts }).success;

  it('is an address of a list and how its columns stand, and no more', () => {
    expect(fits({})).toBe(true);
    expect(fits({ query: '' })).toBe(true);
    expect(fits({ query: `q=${'x'.repeat(998)}` })).toBe(true);
    for (const query of [`q=${'x'.repeat(999)}`, '?q=a', 'a#b', 'a b', 'a\nb', 'a\u0000b'])
      expect(fits({ query }), query).toBe(false);
    for (const name of ['', '\u200b', 'x'.repeat(61)]) expect(fits({ name }), name).toBe(false);
    expect(fits({ list: 'secrets' })).toBe(false);
    expect(fits({ layout: { widths: { a: 90.5 } } })).toBe(false);
    expect(fits({ layout: { order: Array.from({ length: 61 }, () => 'a') } })).toBe(false);
    const wide = Object.fromEntries(Array.from({ length: 61 }, (_, at) => [`c${at}`, 90]));
    expect(fits({ layout: { widths: wide } })).toBe(false);
  });
});
