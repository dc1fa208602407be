import { expect, it } from 'vitest';
import { LinkActions } from '@/components/statements/link-actions';
import { onScreen } from '../on-screen';
import { LostConnection, sentTo, serverAnswers } from '../server-answers';
import { statementId } from './sample-month';

it('a new link is sent once, though its answer was lost and it is asked for again (LinkActions)', async () => {
  let lost = true;
  const sent = serverAnswers({
    'gate.replace': () => {
      if (lost) throw new LostConnection();
      return {};
    },
  });
  const screen = await onScreen(<LinkActions statementId={statementId} liveLinkId={null} />);
  const ask = async (reason: string) => {
    await screen.getByRole('button', { name: 'Gửi đường dẫn mới…' }).click();
    await screen.getByRole('textbox', { name: 'Lý do' }).fill(reason);
    await screen.getByRole('button', { name: 'Gửi đường dẫn mới', exact: true }).click();
  };
  await ask('mất điện thoại');
  await expect.element(screen.getByRole('alert')).toBeVisible();
  lost = false;
  await screen.getByRole('button', { name: 'Gửi đường dẫn mới', exact: true }).click();
  await expect.element(screen.getByRole('alertdialog')).not.toBeInTheDocument();
  await ask('xin lại');
  await expect.poll(() => sentTo(sent, 'gate.replace')).toHaveLength(3);
  const [first, again, other] = sentTo(sent, 'gate.replace').map((one) => (one as { clientKey?: string }).clientKey);
  expect(first).toEqual(expect.any(String));
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
