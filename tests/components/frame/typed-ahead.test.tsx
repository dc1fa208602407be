import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useTypedAhead } from '@/components/frame/use-typed-ahead';
import { hookOnScreen, onScreen } from '../on-screen';

it('useTypedAhead: what is typed while a box is on its way is kept for it and goes nowhere else; from then on the keys are its own', async () => {
  const behind = await onScreen(<input aria-label="Behind" />);
  await behind.getByRole('textbox').click();
  const hook = await hookOnScreen<() => string, boolean>((asked) => useTypedAhead(asked ?? false), {}, true);
  await userEvent.keyboard('lamn{Backspace} ');
  await expect.element(behind.getByRole('textbox')).toHaveValue('');
  expect(hook.result.current()).toBe('lam ');
  await behind.getByRole('textbox').click();
  await userEvent.keyboard('x');
  await expect.element(behind.getByRole('textbox')).toHaveValue('x');
  await hook.rerender(false);
  await hook.rerender(true);
  await userEvent.keyboard('y');
  expect(hook.result.current()).toBe('y');
});
