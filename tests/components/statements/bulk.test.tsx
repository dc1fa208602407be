import { describe, expect, it, vi } from 'vitest';
import type { Rights } from '@/components/statements/month-actions';
import { StatementBulk, statementsFor } from '@/components/statements/statement-bulk';
import type { MonthOverview, StatementRow } from '@/server/modules/referral/statements/schema';
import { newPersonalKey, onScreen } from '../on-screen';
import { expectText, pressTwice } from '../press';
import { Refusal, sentTo, serverAnswers } from '../server-answers';
import { month } from './sample-month';

const idAt = (at: number) => `00000000-0000-7000-8000-00000000000${at}`;

const row = (at: number, more: Partial<StatementRow> = {}): StatementRow => ({
  ...{ id: idAt(at), doctorCode: `BS${at}`, doctorName: `BS. ${at}`, state: 'published', orders: 1, lines: 1 },
  ...{ base: 0n, commission: 0n, adjustments: 0n, carryForward: 0n, tax: 0n, payable: 1_000_000n },
  ...{ hasChannel: true, hasLink: true },
  ...more,
});

const all: Rights = { mayRun: true, mayApprove: true, mayPublish: true };
const rows = [
  row(1),
  row(2, { hasChannel: false }),
  row(3, { state: 'draft' }),
  row(4, { state: 'reviewed' }),
  row(5, { state: 'approved', payable: 250_000n }),
];

const bulk = (rights: Rights, overview: Partial<MonthOverview> = { over: true }, onDone = vi.fn<() => void>()) =>
  onScreen(<StatementBulk rows={rows} overview={month(overview)} rights={rights} onDone={onDone} />);
const offered = (screen: Awaited<ReturnType<typeof bulk>>) =>
  screen
    .getByRole('button')
    .elements()
    .map((one) => one.textContent);

describe('what can be done with selected statements (StatementBulk, statementsFor)', () => {
  it('is what the role may do, for those whose state it fits; approving before the month has ended is left to the month', async () => {
    const screen = await bulk(all);
    expect(offered(screen)).toEqual([
      'Đánh dấu đã xem 1',
      'Duyệt 2 bảng kê',
      'Phát hành 1 bảng kê',
      'Gửi 2 đường dẫn mới',
    ]);
    await screen.unmount();
    const early = await bulk(all, { over: false });
    expect(offered(early)).not.toContain('Duyệt 2 bảng kê');
    await early.unmount();
    expect(offered(await bulk({ mayRun: false, mayApprove: false, mayPublish: false }))).toEqual([]);
    expect(statementsFor('link', rows).map(({ id }) => id)).toEqual([idAt(1), idAt(2)]);
  });

  it('publishing says whom and how much, and is sent once for these alone', async () => {
    const sent = serverAnswers({ 'statements.publish': () => ({ published: 1 }) });
    const onDone = vi.fn<() => void>();
    const screen = await bulk(all, { over: true }, onDone);
    await screen.getByRole('button', { name: 'Phát hành 1 bảng kê' }).click();
    const dialog = screen.getByRole('alertdialog');
    await expectText(dialog, /1 bác sĩ nhận tin nhắn.*tổng thực nhận 250\.000/);
    await pressTwice(dialog.getByRole('button', { name: 'Phát hành 1 bảng kê' }));
    await expect.poll(() => onDone.mock.calls.length).toBe(1);
    expect(sentTo(sent, 'statements.publish')).toEqual([{ month: '2026-10', only: [idAt(5)] }]);
  });

  it('the reason for new links is not dropped with another question of the month', async () => {
    const around = { personalKey: newPersonalKey() };
    const shown = <StatementBulk rows={rows} overview={month({ over: true })} rights={all} onDone={() => {}} />;
    const links = 'Gửi 2 đường dẫn mới';
    const before = await onScreen(shown, around);
    await before.getByRole('button', { name: links }).click();
    await before.getByRole('textbox', { name: 'Lý do' }).fill('bác sĩ đổi số');
    await expect.poll(() => localStorage.length).toBe(1);
    await before.unmount();
    const after = await onScreen(shown, around);
    await after.getByRole('button', { name: 'Phát hành 1 bảng kê' }).click();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await after.getByRole('button', { name: 'Hủy', exact: true }).click();
    await after.getByRole('button', { name: links }).click();
    await expect.element(after.getByRole('textbox', { name: 'Lý do' })).toHaveValue('bác sĩ đổi số');
    localStorage.clear();
  });

  it('new links ask for a reason, are sent one by one, and go on after a refusal where they stopped', async () => {
    let refused = false;
    const sent = serverAnswers({
      'gate.replace': ({ statementId }: { statementId: string }) => {
        if (statementId === idAt(2) && !refused) {
          refused = true;
          throw new Refusal('not_published', 409);
        }
        return { linkId: 'l' };
      },
    });
    const screen = await bulk(all);
    await screen.getByRole('button', { name: 'Gửi 2 đường dẫn mới' }).click();
    const dialog = screen.getByRole('alertdialog');
    await expectText(dialog, /Đường dẫn cũ của 2 bảng kê \(tổng thực nhận 2\.000\.000/);
    await expectText(dialog, /1 bác sĩ trong số này chưa có số điện thoại/);
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('mất tin nhắn');
    const send = dialog.getByRole('button', { name: 'Gửi 2 đường dẫn mới' });
    await send.click();
    await expect.element(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '1 / 2');
    await send.click();
    await expect.poll(() => sentTo(sent, 'gate.replace')).toHaveLength(3);
    expect(sentTo(sent, 'gate.replace').map((one) => (one as { statementId: string }).statementId)).toEqual([
      idAt(1),
      idAt(2),
      idAt(2),
    ]);
    const [one, two, again] = sentTo(sent, 'gate.replace').map((given) => (given as { clientKey?: string }).clientKey);
    expect(one).toEqual(expect.any(String));
    expect(two).not.toBe(one);
    expect(again).toBe(two);
  });
});
