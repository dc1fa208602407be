import { expect, it } from 'vitest';
import { AuditScreen } from '@/components/audit/audit-screen';
import { axeProblems } from '../network';
import { onScreen } from '../on-screen';
import { sentTo, serverAnswers } from '../server-answers';

const entry = {
  ...{
    id: 'e1',
    at: new Date('2026-11-29T02:05:09Z'),
    actorKind: 'user',
    actorName: 'Lê Văn An',
    action: 'order.created',
  },
  ...{ entity: 'order', entityId: 'o1', branchCode: 'Q3', label: 'Q3-1', address: '/orders/o1' },
};
const machine = {
  ...entry,
  id: 'e2',
  actorKind: 'system',
  actorName: null,
  action: 'thing.new',
  entity: 'thing',
  label: null,
  address: null,
};
const diagnosis = { ok: true, at: new Date('2026-11-29T02:00:00Z'), hours: 24, findings: [], unchecked: [] };

it('an auditor’s day begins with the trail in words, and whether all of it still holds', async () => {
  const sent = serverAnswers({
    'audit.list': () => ({ rows: [entry, machine], nextCursor: null }),
    'audit.chain': () => ({ position: 1_234n, sealedAt: new Date('2026-11-29T02:05:09Z') }),
    'integrity.diagnosis': () => diagnosis,
  });
  const screen = await onScreen(<AuditScreen />, { address: '/audit?q=Q3-1&from=2026-11-01' });
  await expect.element(screen.getByText('Tạo đơn')).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Q3-1' })).toHaveAttribute('href', '/orders/o1');
  await expect.element(screen.getByText('Hệ thống', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('thing.new')).toBeVisible();
  await expect.element(screen.getByText(/Đã niêm phong 1\.234 dòng/)).toBeVisible();
  await expect.element(screen.getByText('Mọi điều phải đúng đều đúng')).toBeVisible();
  expect(sentTo(sent, 'audit.list')[0]).toMatchObject({ search: 'Q3-1', from: '2026-11-01' });
  expect(await axeProblems()).toEqual([]);
});

it('what does not hold is said in the tone of trouble', async () => {
  const finding = { invariant: 'sums-differ', count: 1, more: false, since: null, examples: [] };
  serverAnswers({
    'audit.list': () => ({ rows: [], nextCursor: null }),
    'audit.chain': () => ({ position: 0n, sealedAt: null }),
    'integrity.diagnosis': () => ({ ...diagnosis, ok: false, findings: [finding] }),
  });
  const screen = await onScreen(<AuditScreen />);
  await expect.element(screen.getByText('1 điều không đúng')).toBeVisible();
  await expect.element(screen.getByText('Nhật ký còn trống')).toBeVisible();
});
