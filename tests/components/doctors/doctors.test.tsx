import { describe, expect, it } from 'vitest';
import { DoctorPage } from '@/components/doctors/doctor-page';
import { DoctorsScreen } from '@/components/doctors/doctors-screen';
import { Lockouts } from '@/components/doctors/lockouts';
import type { DoctorDetail, DoctorRule } from '@/server/modules/referral/doctors/schema';
import { expectAddress, onScreen } from '../on-screen';
import { pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';

const id = '00000000-0000-7000-8000-000000000061';

const rule = (more: Partial<DoctorRule> = {}): DoctorRule => ({
  id: JSON.stringify({ kind: more.kind, value: more.value, category: more.category }),
  kind: 'percent',
  value: '12.5',
  category: '*',
  service: null,
  bandFrom: 0n,
  cap: null,
  validFrom: '2026-01-01',
  validTo: null,
  inForce: true,
  ...more,
});

const doctor = (more: Partial<DoctorDetail> = {}): DoctorDetail => ({
  id,
  code: 'BS1',
  name: 'Lê Văn An',
  phone: '+84912345678',
  email: null,
  plan: 'CHUAN',
  taxRate: '7.5',
  active: true,
  language: 'vi',
  currency: 'VND',
  rules: [],
  statements: [],
  ...more,
});

const lockout = {
  doctorId: id,
  doctorCode: 'BS1',
  doctorName: 'Lê Văn An',
  reason: 'tries' as const,
  lockedAt: new Date(),
};
const none = { lockouts: [], mayUnlock: false };

describe('a doctor who is locked out', () => {
  it('is unlocked once, from the list of all and from their own page', async () => {
    let locked = true;
    const sent = serverAnswers({
      'gate.lockouts': () => (locked ? { lockouts: [lockout], mayUnlock: true } : none),
      'gate.unlock': () => {
        locked = false;
        return {};
      },
    });
    const screen = await onScreen(<Lockouts />);
    await expect
      .element(screen.getByRole('link', { name: 'Lê Văn An (BS1)' }))
      .toHaveAttribute('href', `/doctors/${id}`);
    await pressTwice(screen.getByRole('button', { name: 'Mở khóa cho Lê Văn An' }));
    await expect.element(screen.getByText('Đã mở khóa: bác sĩ có thể nhận mã lại.')).toBeVisible();
    await expect.element(screen.getByText(/bị thử mã sai quá nhiều/)).not.toBeInTheDocument();
    expect(sentTo(sent, 'gate.unlock')).toEqual([{ doctorId: id }]);
  });

  it('a refusal is a sentence; who may not unlock sees the alarm alone', async () => {
    serverAnswers({
      'gate.lockouts': () => ({ lockouts: [{ ...lockout, reason: 'codes' }], mayUnlock: true }),
      'gate.unlock': refuses('not_permitted', {}, 403),
    });
    const screen = await onScreen(<Lockouts doctorId={id} />);
    await expect.element(screen.getByText('Có quá nhiều yêu cầu gửi mã cho bác sĩ')).toBeVisible();
    expect(screen.getByRole('link').elements()).toHaveLength(0);
    await screen.getByRole('button', { name: 'Mở khóa' }).click();
    await expect.element(screen.getByText('Vai trò của bạn không được phép làm việc này.')).toBeVisible();
    await screen.unmount();
    serverAnswers({ 'gate.lockouts': () => ({ lockouts: [lockout], mayUnlock: false }) });
    const looking = await onScreen(<Lockouts />);
    await expect.element(looking.getByText(/bị thử mã sai quá nhiều/)).toBeVisible();
    expect(looking.getByRole('button', { name: /Mở khóa/ }).elements()).toHaveLength(0);
  });
});

const page = (more: Partial<DoctorDetail>, locale: 'vi' | 'en' = 'vi') => {
  serverAnswers({ 'doctors.byId': () => doctor(more), 'gate.lockouts': () => none });
  return onScreen(<DoctorPage id={id} />, { locale });
};

describe('a doctor', () => {
  it('what their plan pays is said rule by rule, in the reader’s decimals; what is not in force is marked', async () => {
    const rules = [
      rule({ bandFrom: 5_000_000n, cap: 100_000n }),
      rule({ kind: 'fixed', value: '30000', service: 'CBC', validTo: '2026-07-01', inForce: false }),
      rule({ category: 'hormone' }),
    ];
    const screen = await page({ rules });
    await expect.element(screen.getByText(/Mọi dịch vụ · từ doanh thu 5\.000\.000.* · tối đa 100\.000/)).toBeVisible();
    await expect.element(screen.getByText('12,5%').first()).toBeVisible();
    await expect.element(screen.getByText(/^30\.000.*mỗi dịch vụ/)).toBeVisible();
    await expect.element(screen.getByText('01/01/2026 đến 30/06/2026 · Không còn hoặc chưa hiệu lực')).toBeVisible();
    await expect.element(screen.getByText('Nhóm hormone')).toBeVisible();
    await expect.element(screen.getByText('7,5%', { exact: true })).toBeVisible();
    await screen.unmount();
    await expect.element((await page({ rules }, 'en')).getByText('7.5%', { exact: true })).toBeVisible();
  });

  it('shows rules and statements only to who may see them, and what is not there is said', async () => {
    const hidden = await page({ rules: null, statements: null });
    await expect.element(hidden.getByText('0912345678')).toBeVisible();
    expect(hidden.getByRole('heading', { level: 3 }).elements()).toHaveLength(0);
    await hidden.unmount();
    const bare = await page({ plan: null, phone: null });
    await expect.element(bare.getByText(/mọi đơn được tính hoa hồng 0/)).toBeVisible();
    await expect.element(bare.getByText('Chưa có bảng kê nào.')).toBeVisible();
    await expect.element(bare.getByText('Chưa có kênh nhận tin')).toBeVisible();
    await bare.unmount();
    const gone = await page({ active: false, phone: null });
    await expect.element(gone.getByText('Ngừng hợp tác')).toBeVisible();
  });
});

it('the list of doctors is found as one types; one opens beside it', async () => {
  const sent = serverAnswers({
    'doctors.list': () => ({ rows: [doctor({ plan: null, phone: null })], nextCursor: null }),
    'doctors.byId': () => doctor(),
    'gate.lockouts': () => none,
  });
  const screen = await onScreen(<DoctorsScreen />, { address: '/doctors?q=an' });
  await expect.element(screen.getByRole('gridcell', { name: 'Chưa gán' })).toBeVisible();
  expect(sentTo(sent, 'doctors.list')[0]).toMatchObject({ search: 'an', limit: 100 });
  await screen.getByRole('gridcell', { name: 'BS1' }).click();
  await expectAddress(`/doctors?q=an&open=${id}`);
  await expect.element(screen.getByRole('heading', { level: 2, name: 'Lê Văn An' })).toBeVisible();
});
