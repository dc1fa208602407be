import { describe, expect, it } from 'vitest';
import { useMonthActions } from '@/components/statements/month-actions';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';
import { onScreen } from '../on-screen';
import { expectText } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { month } from './sample-month';

const states = { draft: 0, reviewed: 0, approved: 0, published: 0, paid: 0, superseded: 0 };

function Actions({ overview }: { overview: MonthOverview }) {
  const rights = { mayRun: true, mayApprove: true, mayPublish: true };
  const { approves, publishes, dialog } = useMonthActions(overview, rights);
  return (
    <>
      {approves}
      {publishes}
      {dialog}
    </>
  );
}

const actions = (more: Partial<MonthOverview>) => onScreen(<Actions overview={month(more)} />);

describe('an act that takes long (useMonthAct, useMonthProgress, waitingFor, monthKey)', () => {
  it('leaves the question after a second and says how far it is; nothing can be asked for meanwhile', async () => {
    let finish: (answer: { approved: number }) => void = () => {};
    serverAnswers({
      'statements.month': () => month({ states: { ...states, draft: 180, approved: 120 } }),
      'statements.approve': () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    const screen = await actions({ states: { ...states, draft: 300 } });
    await screen.getByRole('button', { name: 'Duyệt kỳ' }).click();
    await screen.getByRole('button', { name: 'Duyệt 300 bảng kê' }).click();
    await expect.element(screen.getByRole('progressbar', { name: 'Đang duyệt bảng kê 10/2026' })).toBeVisible();
    await expect.element(screen.getByRole('alertdialog')).not.toBeInTheDocument();
    // What the server counts meanwhile is said wherever one is.
    await expect.element(screen.getByText('120 / 300')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Phát hành' }).elements()).toEqual([]);
    finish({ approved: 300 });
    await expect.element(screen.getByText('Đã duyệt 300 bảng kê')).toBeVisible();
    await expect.element(screen.getByRole('progressbar')).not.toBeInTheDocument();
  });

  it('says a refusal that comes late in the frame, with the way to go on', async () => {
    const sent = serverAnswers({
      'statements.publish': async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        return refuses('changed_meanwhile')();
      },
    });
    const screen = await actions({ state: 'sealed', states: { ...states, approved: 2 } });
    await screen.getByRole('button', { name: 'Phát hành' }).click();
    await screen.getByRole('button', { name: 'Phát hành 2 bảng kê' }).click();
    await expect.element(screen.getByRole('progressbar')).toBeVisible();
    await expectText(screen.getByRole('alert'), 'Việc này vừa được làm ở nơi khác');
    await expect.element(screen.getByRole('button', { name: 'Phát hành' })).toBeEnabled();
    await screen.getByRole('button', { name: 'Làm tiếp' }).click();
    await expect.poll(() => sentTo(sent, 'statements.publish')).toHaveLength(2);
  });
});
