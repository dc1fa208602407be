import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { PatientsScreen } from '@/components/patients/patients-screen';
import { RegisterPatientDialog } from '@/components/patients/register-patient-dialog';
import { axeProblems } from '../network';
import { expectAddress, newPersonalKey, onScreen } from '../on-screen';
import { choose, expectFocus, expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';

const id = '00000000-0000-7000-8000-000000000021';

const record = {
  ...{ id, code: 'BN7', fullName: 'Đặng Thị Mai', dob: '1990-11-05', sex: 'female', phone: '+84912345678' },
  createdAt: new Date('2026-01-02T03:04:00Z'),
};

async function dialog(typed = '', answers: Parameters<typeof serverAnswers>[0] = {}) {
  const sent = serverAnswers({ 'patients.register': () => ({ ...record, isNew: true }), ...answers });
  const onDone = vi.fn();
  const onClose = vi.fn();
  const props = { open: true, typed, onClose, onDone };
  const screen = await onScreen(<RegisterPatientDialog {...props} />);
  const box = (name: string) => screen.getByRole('textbox', { name });
  const fill = async () => {
    await box('Họ tên').fill('Đặng Thị Mai');
    await box('Ngày sinh').fill('05/11/1990');
    await choose(screen.getByRole('radio', { name: 'Nữ' }));
    await box('Điện thoại di động').fill('0912 345 678');
  };
  return { screen, sent, onDone, onClose, box, fill, save: screen.getByRole('button', { name: 'Đăng ký' }) };
}

describe('what was typed into the search', () => {
  it('is the name where it has no digit, else the phone', async () => {
    const name = await dialog('Đặng Thị Mai');
    await expect.element(name.box('Họ tên')).toHaveValue('Đặng Thị Mai');
    await expectFocus(name.box('Họ tên'));
    await name.screen.unmount();
    const phone = await dialog('0912 345');
    await expect.element(phone.box('Họ tên')).toHaveValue('');
    await expect.element(phone.box('Điện thoại di động')).toHaveValue('0912 345');
  });
});

describe('what was typed for one patient', () => {
  it('does not come up for another, nor is it said that it did', async () => {
    serverAnswers({});
    const personalKey = newPersonalKey();
    const props = { open: true, onClose: () => {}, onDone: () => {} };
    const name = { name: 'Họ tên' };
    const first = await onScreen(<RegisterPatientDialog {...props} typed="Mai" />, { personalKey });
    await first.getByRole('textbox', name).fill('Đặng Thị Mai');
    await expect.poll(() => localStorage.length).toBe(1);
    await first.unmount();
    const other = await onScreen(<RegisterPatientDialog {...props} typed="Lan" />, { personalKey });
    await expect.element(other.getByRole('textbox', name)).toHaveValue('Lan');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(other.getByText(/Đã khôi phục/).elements()).toEqual([]);
    localStorage.clear();
  });
});

describe('registering a patient', () => {
  it('says all that is missing at once, each at its field, and goes to the first', async () => {
    const { screen, sent, box, save } = await dialog('Đặng Thị Mai');
    await save.click();
    await expect.element(screen.getByText('Có 3 chỗ cần sửa trước khi tiếp tục')).toBeVisible();
    await expectFocus(box('Ngày sinh'));
    await screen
      .getByRole('alert')
      .getByRole('button', { name: /Hãy chọn giới tính/ })
      .click();
    await expect.poll(() => (document.activeElement as HTMLInputElement).name).toBe('sex');
    expect(sentTo(sent, 'patients.register')).toEqual([]);
  });

  it('is sent once, as the server keeps it, and is handed on', async () => {
    const { sent, onDone, fill, box, save } = await dialog();
    await fill();
    await box('Email').fill('mai@example.vn');
    await pressTwice(save);
    await expect.poll(() => onDone.mock.calls.length).toBe(1);
    expect(sentTo(sent, 'patients.register')).toEqual([
      {
        fullName: 'Đặng Thị Mai',
        dob: '1990-11-05',
        sex: 'female',
        phone: '+84912345678',
        email: 'mai@example.vn',
        address: null,
      },
    ]);
    expect(onDone.mock.calls[0]).toMatchObject([
      { id, code: 'BN7', fullName: 'Đặng Thị Mai', phone: '+84912345678' },
      'new',
    ]);
  });

  it('who is known is shown as the record has it, and another sex than was typed is said', async () => {
    const found = { ...record, sex: 'male', fullName: 'ĐẶNG THỊ MAI', isNew: false };
    const { onDone, fill, save } = await dialog('', { 'patients.register': () => found });
    await fill();
    await save.click();
    await expect.poll(() => onDone.mock.calls.length).toBe(1);
    expect(onDone.mock.calls[0]).toMatchObject([{ id, sex: 'male', fullName: 'ĐẶNG THỊ MAI' }, 'other-sex']);
  });

  it('Enter in any box does the same as the button', async () => {
    const { sent, fill } = await dialog();
    await fill();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sentTo(sent, 'patients.register')).toHaveLength(1);
  });

  it('says at each box what is missing, only once it was tried, and sends nothing', async () => {
    const { screen, sent, box, save } = await dialog();
    expect(screen.getByText(/Hãy chọn giới tính/).elements()).toHaveLength(0);
    await box('Email').fill('mai@');
    await save.click();
    for (const sentence of [
      /Hãy nhập họ tên/,
      /Hãy nhập ngày sinh/,
      /Hãy chọn giới tính/,
      /Số di động/,
      /Địa chỉ email/,
    ])
      await expect.element(screen.getByText(sentence).last()).toBeVisible();
    expect(sentTo(sent, 'patients.register')).toHaveLength(0);
    await box('Họ tên').fill('Mai An');
    await expect.element(screen.getByText(/Hãy nhập họ tên/)).not.toBeInTheDocument();
  });

  it('a refusal is a sentence and nothing that was typed is lost', async () => {
    const { screen, box, fill, save, onDone } = await dialog('', { 'patients.register': refuses('unreadable_input') });
    await fill();
    await save.click();
    await expectText(screen.getByRole('alert'), 'Nội dung có ký tự hoặc giá trị không lưu được.');
    await expect.element(box('Họ tên')).toHaveValue('Đặng Thị Mai');
    await expect.element(box('Ngày sinh')).toHaveValue('05/11/1990');
    expect(onDone).not.toHaveBeenCalled();
  });

  it('can be used by everybody: names, contrast, order', async () => {
    await dialog();
    expect(await axeProblems()).toEqual([]);
  });

  it('is left by Escape', async () => {
    const { onClose } = await dialog();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });
});

const mai = {
  id,
  code: 'BN7',
  fullName: 'Đặng Thị Mai',
  dob: '1990-11-05',
  sex: 'female',
  phone: '+84912345678',
  createdAt: new Date('2026-01-02T03:04:00Z'),
};

describe('patients', () => {
  it('are found as one types; who is known already is said so, and shown', async () => {
    const sent = serverAnswers({
      'patients.list': () => ({ rows: [mai], nextCursor: null }),
      'patients.register': () => ({ ...record, sex: 'male', isNew: false }),
    });
    const screen = await onScreen(<PatientsScreen mayRegister />, { address: '/patients' });
    await expect.element(screen.getByRole('gridcell', { name: '0912345678' })).toBeVisible();
    await screen.getByRole('searchbox').fill('Trần Tí');
    await expect.poll(() => sentTo(sent, 'patients.list').at(-1)).toMatchObject({ search: 'Trần Tí' });
    await screen.getByRole('button', { name: 'Đăng ký bệnh nhân' }).click();
    await expect.element(screen.getByRole('textbox', { name: 'Họ tên' })).toHaveValue('Trần Tí');
    await screen.getByRole('textbox', { name: 'Ngày sinh' }).fill('05/11/1990');
    await choose(screen.getByRole('radio', { name: 'Nam' }));
    await screen.getByRole('textbox', { name: 'Điện thoại di động' }).fill('0912345678');
    await screen.getByRole('button', { name: 'Đăng ký', exact: true }).click();
    await expectAddress(`/patients/${id}`);
    await expect.element(screen.getByText('Bệnh nhân này đã có hồ sơ.')).toBeVisible();
  });

  it('one opens beside the list, with what was done lately and the way to sell to them; who may not register sees no button; none found is said apart from none there', async () => {
    const order = {
      id: 'o',
      number: 'HCM-7',
      orderedAt: new Date(),
      branchNameVi: 'HCM',
      branchNameEn: 'HCM',
      netTotal: 9n,
      currency: 'VND',
      state: 'paid',
    };
    const service = { code: 'SH01', nameVi: 'Glucose máu', nameEn: 'Glucose', orderedAt: new Date(), orderId: 'o' };
    const detail = { ...mai, email: null, address: null, orders: [order], services: [service] };
    const list = vi.fn(() => ({ rows: [mai] as object[], nextCursor: null }));
    serverAnswers({ 'patients.list': list, 'patients.byId': () => detail });
    const screen = await onScreen(<PatientsScreen mayRegister={false} maySell />, { address: '/patients' });
    await screen.getByRole('gridcell', { name: 'BN7' }).click();
    await expect.element(screen.getByRole('heading', { name: 'Dịch vụ gần đây' })).toBeVisible();
    await expect.element(screen.getByText(/^Glucose máu/)).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'Bán cho bệnh nhân này' }))
      .toHaveAttribute('href', `/pos?patient=${id}`);
    await expectAddress(`/patients?open=${id}`);
    await expect.element(screen.getByRole('link', { name: /HCM-7/ })).toHaveAttribute('href', '/orders/o');
    expect(screen.getByRole('button', { name: 'Đăng ký bệnh nhân' }).elements()).toHaveLength(0);
    list.mockReturnValue({ rows: [], nextCursor: null });
    await screen.getByRole('searchbox').fill('x');
    await expect.element(screen.getByText('Không tìm thấy bệnh nhân nào')).toBeVisible();
  });
});
