import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { DiscountDialog } from '@/components/till/discount-dialog';
import { onScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';

const totals = { list: 1_000_000n, discount: 0n, net: 1_000_000n };
const totalsWith = (_code: string | null, percent: string) => {
  const discount = (1_000_000n * BigInt(Math.round(Number(percent) * 10))) / 1_000n;
  return { list: 1_000_000n, discount, net: 1_000_000n - discount };
};

async function dialog(onApply = vi.fn()) {
  const screen = await onScreen(
    <DiscountDialog
      open
      line={{ code: 'CBC', name: 'Công thức máu', percent: '0' }}
      totals={totals}
      totalsWith={totalsWith}
      currency="VND"
      onClose={() => {}}
      onApply={onApply}
    />,
  );
  return { screen, onApply };
}

it('shows the new total before a discount is taken, and takes what was typed', async () => {
  const { screen, onApply } = await dialog();
  await userEvent.fill(screen.getByRole('textbox'), '7,5');
  await expect.element(screen.getByText('925.000 đ')).toBeVisible();
  await screen.getByRole('button', { name: 'Áp dụng', exact: true }).click();
  expect(onApply).toHaveBeenCalledExactlyOnceWith('CBC', '7.5');
});

it('starts at the percentage, and what is typed takes the place of what stands there', async () => {
  const { screen, onApply } = await dialog();
  await expectFocus(screen.getByRole('textbox'));
  await userEvent.keyboard('5{Enter}');
  expect(onApply).toHaveBeenCalledExactlyOnceWith('CBC', '5');
});

it('takes nothing that can be read two ways', async () => {
  const { screen, onApply } = await dialog();
  await userEvent.fill(screen.getByRole('textbox'), '7.500');
  await userEvent.keyboard('{Enter}');
  expect(onApply).not.toHaveBeenCalled();
  await expectText(screen.getByRole('alert'), 'Phần trăm chưa đọc được');
  await expectFocus(screen.getByRole('textbox'));
});
