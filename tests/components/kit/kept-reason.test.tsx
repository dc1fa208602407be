import { expect, it, vi } from 'vitest';
import { useKeptReason } from '@/components/kit/draft/use-kept-reason';
import { aboutRuns } from '@/components/operations/about-runs';
import { CancelDialog } from '@/components/operations/cancel-dialog';
import { LinkActions } from '@/components/statements/link-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { newPersonalKey, onScreen } from '../on-screen';
import { refuses, serverAnswers } from '../server-answers';

const written = () => Object.keys(localStorage).filter((key) => key.startsWith('personal.draft.reason.'));

function Asking({ version = 'a', onConfirm = () => {} }: { version?: string; onConfirm?: () => unknown }) {
  const typed = useKeptReason('void.order-1', version);
  const props = { title: 'Hủy đơn?', consequence: '…', confirmLabel: 'Hủy đơn' };
  return <ConfirmDialog open onClose={() => {}} {...props} reason="required" typed={typed} onConfirm={onConfirm} />;
}

const REASON = 'Khách trả lại vì bán nhầm gói khám';

it('a reason that was being written comes back with its question, of a record that changed meanwhile too, and goes when it is done', async () => {
  const around = { personalKey: newPersonalKey() };
  const before = await onScreen(<Asking />, around);
  await before.getByRole('textbox', { name: 'Lý do' }).fill(REASON);
  await expect.poll(written).toHaveLength(1);
  await before.unmount();
  const after = await onScreen(<Asking version="b" />, around);
  await expect.element(after.getByRole('textbox', { name: 'Lý do' })).toHaveValue(REASON);
  await expect.element(after.getByText(/Đã khôi phục phần bạn đang làm dở/)).toBeVisible();
  await expect.element(after.getByText(/Mục này đã thay đổi/)).toBeVisible();
  await after.getByRole('button', { name: 'Hủy đơn' }).click();
  await expect.poll(written).toEqual([]);
});

it('stays when the act is refused, and goes when the question is left on purpose', async () => {
  const screen = await onScreen(<Asking onConfirm={vi.fn().mockRejectedValue(new Error('Ca đã đóng.'))} />, {
    personalKey: newPersonalKey(),
  });
  await screen.getByRole('textbox', { name: 'Lý do' }).fill(REASON);
  await expect.poll(written).toHaveLength(1);
  await screen.getByRole('button', { name: 'Hủy đơn' }).click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  expect(written()).toHaveLength(1);
  await screen.getByRole('button', { name: 'Hủy', exact: true }).click();
  await expect.poll(written).toEqual([]);
});

it('the questions of a link and of runs keep theirs', async () => {
  serverAnswers({ 'gate.revoke': refuses('changed_meanwhile') });
  const around = { personalKey: newPersonalKey() };
  const link = <LinkActions statementId="00000000-0000-7000-8000-000000000001" liveLinkId="l1" />;
  const before = await onScreen(link, around);
  await before.getByRole('button', { name: 'Thu hồi…' }).click();
  await before.getByRole('textbox', { name: 'Lý do' }).fill(REASON);
  await expect.poll(written).toHaveLength(1);
  await before.unmount();
  const after = await onScreen(link, around);
  await after.getByRole('button', { name: 'Thu hồi…' }).click();
  await expect.element(after.getByRole('textbox', { name: 'Lý do' })).toHaveValue(REASON);
  await after.unmount();
  const runs = () => <CancelDialog runIds={['a', 'b']} ended={0} onClose={() => {}} />;
  const first = await onScreen(runs(), around);
  await first.getByRole('textbox', { name: 'Lý do' }).fill('sai nơi gửi');
  await expect.poll(written).toHaveLength(2);
  await first.unmount();
  const second = await onScreen(runs(), around);
  await expect.element(second.getByRole('textbox', { name: 'Lý do' })).toHaveValue('sai nơi gửi');
  localStorage.clear();
});

it('is named by what it is about: one run, a group of failures, or whichever were selected (aboutRuns)', () => {
  expect(aboutRuns('replay', { runIds: ['r1'] })).toEqual(['replay.r1', '']);
  expect(aboutRuns('cancel', { runIds: ['r2', 'r1'] })).toEqual(['cancel.selected', 'r1 r2']);
  const group = { functionId: 'pos-order', errorCode: 'sms_unavailable' };
  expect(aboutRuns('replay', group)).toEqual(['replay.pos-order.sms_unavailable', '']);
});
