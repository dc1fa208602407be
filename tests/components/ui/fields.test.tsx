import { type ComponentProps, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { DateField } from '@/components/ui/date-field';
import { FileDrop } from '@/components/ui/file-drop';
import { MoneyField } from '@/components/ui/money-field';
import { NumberField } from '@/components/ui/number-field';
import { OtpField } from '@/components/ui/otp-field';
import { onScreen } from '../on-screen';
import { expectFocus } from '../press';

type Heard<Value> = (value: Value, refused: boolean) => void;

describe('money', () => {
  function Money({
    heard,
    first = null,
    ...rest
  }: {
    heard: Heard<bigint | null>;
    first?: bigint | null;
    currency?: string;
  }) {
    const [value, setValue] = useState(first);
    const onChange = (next: bigint | null, refused: boolean) => {
      heard(next, refused);
      setValue(next);
    };
    return (
      <>
        <MoneyField label="Khách đưa" help="Tiền mặt" {...rest} value={value} onChange={onChange} />
        <button type="button" onClick={() => setValue(20_000n)}>
          20 nghìn
        </button>
      </>
    );
  }

  it('is grouped while it is typed, in the reader’s language, and heard in minor units', async () => {
    const heard = vi.fn();
    const vi_ = await onScreen(<Money heard={heard} />);
    const box = vi_.getByRole('textbox', { name: 'Khách đưa' });
    await box.click();
    await userEvent.keyboard('1234567');
    await expect.element(box).toHaveValue('1.234.567');
    expect(heard).toHaveBeenLastCalledWith(1_234_567n, false);
    await vi_.unmount();
    const en = await onScreen(<Money heard={heard} first={1_234_567n} />, { locale: 'en' });
    await expect.element(en.getByRole('textbox')).toHaveValue('1,234,567');
  });

  it('says what it understood, and refuses what can be read two ways without losing it', async () => {
    const heard = vi.fn();
    const screen = await onScreen(<Money heard={heard} currency="USD" />);
    const box = screen.getByRole('textbox', { name: 'Khách đưa' });
    await box.fill('1.500');
    await expect.element(screen.getByText(/Số này đọc được hai cách/)).toBeVisible();
    expect(heard).toHaveBeenLastCalledWith(null, true);
    await expect.element(box).toHaveValue('1.500');
    await expect.element(box).toHaveAttribute('aria-invalid', 'true');
    box.element().blur();
    await expect.element(box).toHaveValue('1.500');
    await box.fill('1 500');
    await expect.element(screen.getByText(/Hiểu là 1\.500,00/)).toBeVisible();
    expect(heard).toHaveBeenLastCalledWith(150_000n, false);
  });

  it('takes the value that comes from outside in place of what was refused', async () => {
    const screen = await onScreen(<Money heard={() => {}} />);
    const box = screen.getByRole('textbox', { name: 'Khách đưa' });
    await box.fill('1.5');
    await expect.element(screen.getByText(/đọc được hai cách|chỉ nhận số nguyên/)).toBeVisible();
    await screen.getByRole('button', { name: '20 nghìn' }).click();
    await expect.element(box).toHaveValue('20.000');
    await expect.element(screen.getByText('Tiền mặt')).toBeVisible();
  });

  it('Delete before a group sign takes the digit behind it', async () => {
    const screen = await onScreen(<Money heard={() => {}} first={1_234_567n} />);
    const box = screen.getByRole('textbox', { name: 'Khách đưa' }).element() as HTMLInputElement;
    box.focus();
    box.setSelectionRange(1, 1);
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => box.value).toBe('134.567');
  });
});

describe('a number', () => {
  const number = async (props: Partial<ComponentProps<typeof NumberField>> = {}, locale: 'vi' | 'en' = 'vi') => {
    const heard = vi.fn();
    const screen = await onScreen(<NumberField label="Số tờ" min={0} max={9} onChange={heard} {...props} />, {
      locale,
    });
    return { screen, box: screen.getByRole('textbox', { name: 'Số tờ' }), heard };
  };

  it('is stepped by arrows and buttons within its limits', async () => {
    const { screen, box, heard } = await number({ defaultValue: 8 });
    await box.click();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.element(box).toHaveValue('9');
    await screen.getByRole('button', { name: 'Giảm Số tờ' }).click();
    await screen.getByRole('button', { name: 'Tăng Số tờ' }).click();
    await screen.getByRole('button', { name: 'Giảm Số tờ' }).click();
    await expect.element(box).toHaveValue('8');
    await userEvent.keyboard('{ArrowDown}');
    expect(heard).toHaveBeenLastCalledWith(8, false);
  });

  it('beyond its limits is refused and stays, never clamped', async () => {
    const { screen, box, heard } = await number();
    await box.fill('12');
    await expect.element(screen.getByText('Ô này nhận tối đa 9.')).toBeVisible();
    expect(heard).toHaveBeenLastCalledWith(null, true);
    await expect.element(box).toHaveValue('12');
    await box.fill('');
    expect(heard).toHaveBeenLastCalledWith(null, false);
  });

  it('a comma and a point mean the same; it settles in the language when it is left', async () => {
    const limits = { max: 100, decimals: 3, unit: '%' as const };
    const { screen, box, heard } = await number(limits);
    await box.fill('7.5');
    await expect.element(screen.getByText('Hiểu là 7,5 %')).toBeVisible();
    expect(heard).toHaveBeenLastCalledWith(7.5, false);
    box.element().blur();
    await expect.element(box).toHaveValue('7,5');
    await screen.unmount();
    const english = await number({ ...limits, defaultValue: 7.5 }, 'en');
    await expect.element(english.box).toHaveValue('7.5');
  });
});

describe('a day', () => {
  function Day({ heard, ...rest }: { heard: (day: string | null) => void; min?: string; max?: string }) {
    const [value, setValue] = useState<string | null>(null);
    const onChange = (day: string | null) => {
      heard(day);
      setValue(day);
    };
    return <DateField label="Ngày sinh" {...rest} value={value} onChange={onChange} />;
  }

  it('is typed as eight digits, its slashes come by themselves', async () => {
    const heard = vi.fn();
    const screen = await onScreen(<Day heard={heard} />);
    const box = screen.getByRole('textbox', { name: 'Ngày sinh' });
    await box.click();
    await userEvent.keyboard('05111990');
    await expect.element(box).toHaveValue('05/11/1990');
    expect(heard).toHaveBeenCalledExactlyOnceWith('1990-11-05');
  });

  it('says what is wrong once it is left, and not before', async () => {
    const screen = await onScreen(<Day heard={() => {}} min="2026-01-01" max="2026-12-31" />);
    const box = screen.getByRole('textbox', { name: 'Ngày sinh' });
    await box.fill('31/02/2026');
    expect(screen.getByText(/Ngày không hợp lệ/).elements()).toHaveLength(0);
    box.element().blur();
    await expect.element(screen.getByText(/Ngày không hợp lệ/)).toBeVisible();
    await expect.element(box).toHaveValue('31/02/2026');
    await box.fill('31/12/2025');
    box.element().blur();
    await expect.element(screen.getByText('Sớm nhất là ngày 01/01/2026.')).toBeVisible();
    await box.fill('01/01/2027');
    box.element().blur();
    await expect.element(screen.getByText('Muộn nhất là ngày 31/12/2026.')).toBeVisible();
  });

  it('is picked from a calendar, which then closes', async () => {
    const heard = vi.fn();
    const screen = await onScreen(<Day heard={heard} min="2026-11-01" max="2026-11-30" />);
    await screen.getByRole('textbox', { name: 'Ngày sinh' }).fill('02/11/2026');
    await screen.getByRole('button', { name: 'Mở lịch cho Ngày sinh' }).click();
    await screen.getByRole('button', { name: /15.*11.*2026/ }).click();
    expect(heard).toHaveBeenLastCalledWith('2026-11-15');
    await expect.element(screen.getByRole('textbox', { name: 'Ngày sinh' })).toHaveValue('15/11/2026');
    expect(screen.getByRole('dialog').elements()).toHaveLength(0);
  });
});

it('a code is taken with whatever it was pasted in, is complete once, and says what is wrong', async () => {
  const onComplete = vi.fn();
  const Code = () => {
    const [code, setCode] = useState('');
    return (
      <OtpField
        value={code}
        onChange={setCode}
        onComplete={onComplete}
        label="Mã xác thực gồm 6 chữ số"
        error="Mã không đúng."
        autoFocus
      />
    );
  };
  const screen = await onScreen(<Code />);
  const box = screen.getByRole('textbox', { name: 'Mã xác thực gồm 6 chữ số' });
  await expectFocus(box);
  await expect.element(box).toHaveAccessibleDescription('Mã không đúng.');
  await box.fill('Ma cua ban: 123-45');
  expect(onComplete).not.toHaveBeenCalled();
  await box.fill('Ma cua ban: 123-456 (5 phut)');
  await expect.element(box).toHaveValue('123456');
  expect(onComplete).toHaveBeenCalledExactlyOnceWith('123456');
});

describe('a place to drop a file on', () => {
  const drop = async () => {
    const onFiles = vi.fn();
    const props = { label: 'Thả tệp', accept: ['.csv'], maxBytes: 2048, onFiles };
    const screen = await onScreen(<FileDrop {...props} />);
    const choose = (name: string, bytes: number) =>
      userEvent.upload(document.querySelector('input[type=file]') as HTMLElement, new File(['x'.repeat(bytes)], name));
    return { screen, choose, onFiles };
  };

  it('takes a file that fits and says which', async () => {
    const { screen, choose, onFiles } = await drop();
    await expect.element(screen.getByText('Nhận .csv, tối đa 2 KB')).toBeVisible();
    await choose('Don.CSV', 1536);
    await expect.element(screen.getByText('Đã chọn Don.CSV, 1,5 KB')).toBeVisible();
    expect(onFiles.mock.calls[0]?.[0]).toMatchObject([{ name: 'Don.CSV', size: 1536 }]);
  });

  it('refuses what is of another kind or too large, in a sentence, and sends nothing', async () => {
    const { screen, choose, onFiles } = await drop();
    await choose('don.pdf', 10);
    await expect.element(screen.getByText('Tệp “don.pdf” không thuộc loại được nhận (.csv).')).toBeVisible();
    await choose('don.csv', 3072);
    await expect.element(screen.getByText('Tệp “don.csv” nặng 3 KB, vượt mức tối đa 2 KB.')).toBeVisible();
    expect(onFiles).not.toHaveBeenCalled();
  });
});
