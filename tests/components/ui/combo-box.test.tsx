import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ComboBox } from '@/components/ui/combo-box';
import type { ComboBoxProps } from '@/components/ui/combo-props';
import { useFoundOptions } from '@/components/ui/use-found-options';
import { hookOnScreen, onScreen } from '../on-screen';
import { expectFocus } from '../press';

type Doctor = { id: string; name: string };
const doctors: Doctor[] = [
  { id: 'a', name: 'Đặng Thị Mai' },
  { id: 'b', name: 'Lê Văn An' },
  { id: 'c', name: 'Lê Thị Bình' },
];

function Choosing({ first = null, ...props }: Partial<ComboBoxProps<Doctor>> & { first?: Doctor | null }) {
  const [value, setValue] = useState<Doctor | null>(first);
  return (
    <>
      <ComboBox
        label="Bác sĩ"
        keyOf={(one) => one.id}
        textOf={(one) => one.name}
        {...props}
        value={value}
        onChange={(next) => {
          props.onChange?.(next);
          setValue(next);
        }}
      />
      <button type="button">Sau</button>
    </>
  );
}

async function choosing(props: Parameters<typeof Choosing>[0]) {
  const onChange = vi.fn();
  const screen = await onScreen(<Choosing onChange={onChange} {...props} />);
  const box = screen.getByRole('combobox', { name: 'Bác sĩ' });
  const shown = () =>
    screen
      .getByRole('option')
      .elements()
      .map((one) => one.textContent);
  const active = () => document.querySelector('[role="option"][aria-selected="true"]')?.textContent;
  return { screen, box, shown, active, onChange };
}

describe('a list in memory (useComboList)', () => {
  it('is found without accents; typing and Enter are enough', async () => {
    const { box, shown, onChange } = await choosing({ options: doctors });
    await box.fill('dang');
    await expect.poll(shown).toEqual(['Đặng Thị Mai']);
    await userEvent.keyboard('{Enter}');
    expect(onChange).toHaveBeenCalledExactlyOnceWith(doctors[0]);
    await expect.element(box).toHaveValue('Đặng Thị Mai');
    expect(shown()).toEqual([]);
  });

  it('is walked by arrows, round at both ends, and the box says which row is active', async () => {
    const { box, active, onChange } = await choosing({ options: doctors });
    await box.click();
    await expect.poll(active).toBe('Đặng Thị Mai');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(active).toBe('Lê Văn An');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.poll(active).toBe('Lê Thị Bình');
    expect(document.getElementById(box.element().getAttribute('aria-activedescendant') ?? '')?.textContent).toBe(
      'Lê Thị Bình',
    );
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(active).toBe('Đặng Thị Mai');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenCalledExactlyOnceWith(doctors[1]);
  });

  it('is left by Escape and by going away, with the value as it was', async () => {
    const { box, shown, onChange, screen } = await choosing({ options: doctors, first: doctors[1] as Doctor });
    await box.fill('mai');
    await expect.poll(shown).toEqual(['Đặng Thị Mai']);
    await userEvent.keyboard('{Escape}');
    await expect.element(box).toHaveValue('Lê Văn An');
    await box.fill('mai');
    (screen.getByRole('button', { name: 'Sau' }).element() as HTMLElement).focus();
    await expect.element(box).toHaveValue('Lê Văn An');
    expect(onChange).not.toHaveBeenCalled();
  });

  it('loses its value when it is emptied and left, and by its cross', async () => {
    const { box, onChange, screen } = await choosing({ options: doctors, first: doctors[1] as Doctor });
    await screen.getByRole('button', { name: 'Bỏ chọn Bác sĩ' }).click();
    expect(onChange).toHaveBeenLastCalledWith(null);
    await expectFocus(box);
    await box.fill('an');
    await userEvent.keyboard('{Enter}');
    await box.fill('');
    (screen.getByRole('button', { name: 'Sau' }).element() as HTMLElement).focus();
    await expect.poll(() => onChange.mock.calls.at(-1)).toEqual([null]);
    expect(onChange).toHaveBeenCalledTimes(3);
  });

  it('takes a row by a press and offers to make what is typed, as the last row', async () => {
    const onCreate = vi.fn();
    const { box, shown, onChange, screen } = await choosing({ options: doctors, onCreate });
    await box.fill('lê');
    await expect.poll(shown).toEqual(['Lê Văn An', 'Lê Thị Bình', 'Tạo mới “lê”']);
    await screen.getByRole('option', { name: 'Tạo mới “lê”' }).click();
    expect(onCreate).toHaveBeenCalledExactlyOnceWith('lê');
    expect(onChange).not.toHaveBeenCalled();
    await box.fill('lê');
    await screen.getByRole('option', { name: 'Lê Thị Bình' }).click();
    expect(onChange).toHaveBeenCalledExactlyOnceWith(doctors[2]);
  });

  it('stays shut where nothing may be changed', async () => {
    const { box, shown } = await choosing({ options: doctors, readOnly: true });
    await box.click();
    await userEvent.keyboard('{ArrowDown}');
    expect(shown()).toEqual([]);
    await expect.element(box).toHaveAttribute('aria-expanded', 'false');
  });
});

describe('a list that is asked for (useFoundOptions)', () => {
  it('asks once the typing rests, from the least length on, and Enter waits for the answer', async () => {
    let answer = (_: Doctor[]) => {};
    const load = vi.fn((_query: string) => new Promise<Doctor[]>((resolve) => (answer = resolve)));
    const { box, shown, onChange, screen } = await choosing({ load, minLength: 2 });
    await box.fill('l');
    await expect.element(screen.getByText('Gõ để tìm')).toBeVisible();
    await userEvent.type(box, 'ê a');
    await expect.element(screen.getByText('Đang tìm…')).toBeVisible();
    await expect.poll(() => load.mock.calls.length).toBeGreaterThan(0);
    expect(load.mock.calls.at(-1)?.[0]).toBe('lê a');
    expect(load.mock.calls.some(([query]) => query === 'l')).toBe(false);
    await userEvent.keyboard('{Enter}');
    expect(onChange).not.toHaveBeenCalled();
    answer([doctors[1] as Doctor]);
    await expect.poll(shown).toEqual(['Lê Văn An']);
    await userEvent.keyboard('{Enter}');
    expect(onChange).toHaveBeenCalledExactlyOnceWith(doctors[1]);
  });

  it('drops a late answer to an earlier question', async () => {
    const answers = new Map<string, (found: Doctor[]) => void>();
    const signals = new Map<string, AbortSignal>();
    const load = (query: string, signal: AbortSignal) => {
      signals.set(query, signal);
      return new Promise<Doctor[]>((resolve) => answers.set(query, resolve));
    };
    const source = { load, textOf: (one: Doctor) => one.name };
    const { result, rerender } = await hookOnScreen((query = '') => useFoundOptions(source, query), {}, 'le');
    await expect.poll(() => answers.has('le')).toBe(true);
    await rerender('le v');
    await expect.poll(() => answers.has('le v')).toBe(true);
    answers.get('le v')?.([doctors[1] as Doctor]);
    await expect.poll(() => result.current.items).toEqual([doctors[1]]);
    answers.get('le')?.([doctors[2] as Doctor]);
    await Promise.resolve();
    expect(result.current).toMatchObject({ items: [doctors[1]], loading: false, failed: false });
    expect(signals.get('le')?.aborted).toBe(true);
  });

  it('a search that failed does not look like somebody who is not known: it says so and offers nothing', async () => {
    const load = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue([]);
    const { box, screen, shown } = await choosing({ load, onCreate: vi.fn() });
    await box.fill('mai');
    await expect.element(screen.getByText('Chưa tìm được lúc này. Hãy gõ lại.').first()).toBeVisible();
    expect(screen.getByText('Không tìm thấy kết quả nào').elements()).toHaveLength(0);
    expect(shown()).toEqual([]);
    await box.fill('mai a');
    await expect.element(screen.getByText('Không tìm thấy kết quả nào')).toBeVisible();
    expect(shown()).toEqual(['Tạo mới “mai a”']);
  });
});
