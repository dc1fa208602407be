import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Button } from '@/components/ui/button';
import { ChoiceFilter } from '@/components/ui/choice-filter';
import { Menu } from '@/components/ui/menu';
import { Popover } from '@/components/ui/popover';
import { onScreen } from '../on-screen';
import { expectFocus } from '../press';

async function menu() {
  const acts = { edit: vi.fn(), remove: vi.fn() };
  const screen = await onScreen(
    <Menu
      label="Việc"
      trigger={<Button>Việc</Button>}
      items={[
        { id: 'edit', label: 'Sửa', onAction: acts.edit },
        { id: 'remove', label: 'Xóa', onAction: acts.remove },
      ]}
    />,
  );
  return { screen, acts, button: screen.getByRole('button', { name: 'Việc' }) };
}

describe('what opens a list (useOpener)', () => {
  it('a press opens at the first, arrows at either end, and the focus comes back to the button', async () => {
    const { screen, acts, button } = await menu();
    await expect.element(button).toHaveAttribute('aria-haspopup', 'menu');
    await expect.element(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{Tab}{ArrowUp}');
    await expectFocus(screen.getByRole('menuitem', { name: 'Xóa' }));
    await userEvent.keyboard('{Escape}');
    await expectFocus(button);
    await userEvent.keyboard('{ArrowDown}');
    await expectFocus(screen.getByRole('menuitem', { name: 'Sửa' }));
    await userEvent.keyboard('{Enter}');
    expect(acts.edit).toHaveBeenCalledOnce();
    await expectFocus(button);
    await expect.element(button).toHaveAttribute('aria-expanded', 'false');
  });

  it('a filter says what holds; a choice is taken by keys, and what holds already changes nothing', async () => {
    const onChange = vi.fn();
    const options = [
      { value: 'all', label: 'Tất cả' },
      { value: 'paid', label: 'Đã thu' },
    ];
    const screen = await onScreen(
      <ChoiceFilter label="Trạng thái" options={options} value="paid" onChange={onChange} />,
    );
    const button = screen.getByRole('button', { name: 'Đã thu Trạng thái' });
    await expect.element(button).toHaveAttribute('aria-haspopup', 'listbox');
    await userEvent.keyboard('{Tab}{Enter}');
    await expectFocus(screen.getByRole('option', { name: 'Đã thu' }));
    await userEvent.keyboard('{Enter}');
    await expectFocus(button);
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.keyboard('{ArrowDown}');
    await expectFocus(screen.getByRole('option', { name: 'Đã thu' }));
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(onChange).toHaveBeenCalledExactlyOnceWith('all');
    await expectFocus(button);
  });

  it('a box of fields opens by keys, keeps the arrows to itself, and gives the focus back', async () => {
    const preload = vi.fn();
    const screen = await onScreen(
      <Popover label="Cột" trigger={<Button>Cột</Button>} preload={preload}>
        {(close) => <Button onPress={close}>Xong</Button>}
      </Popover>,
    );
    const button = screen.getByRole('button', { name: 'Cột' });
    await expect.element(button).toHaveAttribute('aria-haspopup', 'dialog');
    await userEvent.keyboard('{Tab}');
    await expectFocus(button);
    expect(preload).toHaveBeenCalled();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('dialog', { name: 'Cột' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expectFocus(button);
    await userEvent.click(button);
    await userEvent.click(screen.getByRole('button', { name: 'Xong' }));
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    await expectFocus(button);
  });
});
