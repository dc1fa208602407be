import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Button } from '@/components/ui/button';
import { ConfirmDialog, type ConfirmDialogProps } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { onScreen } from '../on-screen';
import { expectFocus, expectText, pressTwice } from '../press';

/** A button that opens the question, as every screen has one. */
function Asking(props: Partial<ConfirmDialogProps>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>Hủy đơn</Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Hủy đơn này?"
        consequence="Hoàn 450.000 đ tiền mặt."
        confirmLabel="Hủy và hoàn tiền"
        onConfirm={() => {}}
        {...props}
      />
    </>
  );
}

async function asked(props: Partial<ConfirmDialogProps>) {
  const screen = await onScreen(<Asking {...props} />);
  await screen.getByRole('button', { name: 'Hủy đơn' }).click();
  return {
    screen,
    dialog: screen.getByRole('alertdialog', { name: 'Hủy đơn này?' }),
    confirm: screen.getByRole('button', { name: 'Hủy và hoàn tiền' }),
    reason: screen.getByRole('textbox', { name: 'Lý do' }),
  };
}

it('asks for a reason before it acts, and hands over what was typed without its blanks', async () => {
  const onConfirm = vi.fn();
  const { screen, dialog, confirm, reason } = await asked({ reason: 'required', onConfirm });
  await confirm.click();
  await expectText(screen.getByRole('alert'), 'Chưa có lý do. Hãy ghi lý do; lý do được lưu vào nhật ký.');
  await expectFocus(reason);
  expect(onConfirm).not.toHaveBeenCalled();
  await reason.fill('  bán nhầm ');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  await confirm.click();
  expect(onConfirm).toHaveBeenCalledExactlyOnceWith('bán nhầm');
  await expect.element(dialog).not.toBeInTheDocument();
});

it('keeps what was typed when it is refused, says why, and says it no more once it is opened again', async () => {
  const onConfirm = vi.fn().mockRejectedValueOnce(new Error('Ca đã đóng.')).mockRejectedValueOnce({});
  const { screen, confirm, reason } = await asked({ reason: 'required', onConfirm });
  await reason.fill('bán nhầm');
  await confirm.click();
  await expectText(screen.getByRole('alert'), 'Ca đã đóng.');
  await expectFocus(screen.getByRole('alert'));
  await expect.element(reason).toHaveValue('bán nhầm');
  await confirm.click();
  await expectText(screen.getByRole('alert'), 'Chưa thực hiện được. Chưa có gì thay đổi.');
  await screen.getByRole('button', { name: 'Hủy', exact: true }).click();
  await screen.getByRole('button', { name: 'Hủy đơn' }).click();
  await expect.element(reason).toHaveValue('');
  expect(screen.getByRole('alert').elements()).toHaveLength(0);
});

it('starts at the reason, and Enter goes on; a new line is a press of Shift more', async () => {
  const onConfirm = vi.fn();
  const { dialog, reason } = await asked({ reason: 'required', onConfirm });
  await expectFocus(reason);
  await userEvent.keyboard('bán{Shift>}{Enter}{/Shift}nhầm');
  expect(onConfirm).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(onConfirm).toHaveBeenCalledExactlyOnceWith('bán\nnhầm');
  await expect.element(dialog).not.toBeInTheDocument();
});

it.each([
  ['primary', 'Hủy và hoàn tiền'],
  ['seal', 'Hủy và hoàn tiền'],
  ['danger', 'Hủy'],
] as const)('without a reason, a %s act starts at %s', async (tone, name) => {
  const { screen } = await asked({ tone });
  await expectFocus(screen.getByRole('button', { name, exact: true }));
});

it('what was missing is not said any more when it is opened again', async () => {
  const { screen, confirm } = await asked({ reason: 'required' });
  await confirm.click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  await screen.getByRole('button', { name: 'Hủy', exact: true }).click();
  await screen.getByRole('button', { name: 'Hủy đơn' }).click();
  expect(screen.getByRole('alert').elements()).toEqual([]);
});

it('acts once however often it is pressed, and cannot be left meanwhile', async () => {
  let finish = () => {};
  const onConfirm = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const { screen, dialog, confirm } = await asked({ onConfirm });
  await pressTwice(confirm);
  await expect.element(screen.getByRole('button', { name: 'Hủy', exact: true })).toBeDisabled();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).toBeVisible();
  expect(screen.getByRole('button', { name: 'Đóng' }).elements()).toHaveLength(0);
  expect(onConfirm).toHaveBeenCalledTimes(1);
  finish();
  await expect.element(dialog).not.toBeInTheDocument();
});

it('does nothing while there is nothing to confirm', async () => {
  const onConfirm = vi.fn();
  const { confirm } = await asked({ onConfirm, confirmDisabled: true });
  await expect.element(confirm).toBeDisabled();
  await pressTwice(confirm);
  document.querySelector('form')?.requestSubmit();
  expect(onConfirm).not.toHaveBeenCalled();
});

it('is left by Escape and not by a press beside it, and the focus goes back to where it came from', async () => {
  const { screen, dialog } = await asked({ tone: 'primary' });
  await expect.poll(() => dialog.element().contains(document.activeElement)).toBe(true);
  (document.querySelector('[class*="bg-scrim"]') as HTMLElement).click();
  await expect.element(dialog).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expectFocus(screen.getByRole('button', { name: 'Hủy đơn' }));
});

it('a Dialog that asks nothing is left by a press beside it as well, but not while its work is half done', async () => {
  const onClose = vi.fn();
  const dialog = (locked: boolean) => (
    <Dialog open onClose={onClose} title="Chi tiết" locked={locked}>
      Nội dung
    </Dialog>
  );
  const screen = await onScreen(dialog(true));
  const beside = () =>
    userEvent.click(document.querySelector('[class*="bg-scrim"]') as HTMLElement, { position: { x: 5, y: 5 } });
  await beside();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Đóng' }).elements()).toHaveLength(0);
  expect(onClose).not.toHaveBeenCalled();
  await screen.rerender(dialog(false));
  await screen.getByRole('button', { name: 'Đóng' }).click();
  await beside();
  await expect.poll(() => onClose.mock.calls.length).toBe(2);
});
