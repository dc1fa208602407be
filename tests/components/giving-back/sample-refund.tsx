import { vi } from 'vitest';
import { GiveBackDialog } from '@/components/giving-back/give-back-dialog';
import type { GivingBack } from '@/server/modules/sales/giving-back/schema';
import { onScreen } from '../on-screen';
import { serverAnswers } from '../server-answers';

export const orderId = '00000000-0000-7000-8000-000000000091';
export const approvalId = '00000000-0000-7000-8000-000000000092';

export const cash = {
  method: 'cash' as const,
  taken: 120_333n,
  rounding: 167n,
  back: 0n,
  handedBack: 0n,
  left: 120_333n,
};
export const card = { method: 'card' as const, taken: 45_000n, rounding: 0n, back: 0n, handedBack: 0n, left: 45_000n };
export const standing = (more: Partial<GivingBack> = {}): GivingBack => ({
  orderId,
  number: 'Q1-261201-0001',
  orderedAt: new Date('2026-12-01T01:00:00Z'),
  branchCode: 'Q1',
  patientName: 'Đặng Thị Mai',
  patientCode: 'BN1',
  currency: 'VND',
  terms: 'immediate',
  netTotal: 165_333n,
  given: 0n,
  owed: 0n,
  lines: [
    {
      position: 1,
      code: 'CBC',
      nameVi: 'Công thức máu',
      nameEn: 'Blood count',
      net: 120_333n,
      given: 0n,
      left: 120_333n,
      open: true,
    },
    {
      position: 2,
      code: 'GLU',
      nameVi: 'Đường huyết',
      nameEn: 'Glucose',
      net: 45_000n,
      given: 0n,
      left: 45_000n,
      open: true,
    },
  ],
  tenders: [cash],
  till: { code: 'T2', name: 'Quầy 2' },
  limit: 500_000n,
  alone: 0n,
  ownSale: true,
  forbidden: null,
  noVoid: null,
  notes: [],
  ...more,
});

export const given = (more = {}) => ({
  refundId: approvalId,
  orderId,
  number: 'Q1-261201-0001',
  kind: 'refund',
  currency: 'VND',
  total: 120_333n,
  paidBack: 120_333n,
  handed: 120_500n,
  replayed: false,
  ...more,
});

export async function dialog(
  answers: Parameters<typeof serverAnswers>[0],
  { kind = 'refund' as 'refund' | 'void', locale = 'vi' as 'vi' | 'en' } = {},
) {
  const onClose = vi.fn();
  const sent = serverAnswers(answers);
  const screen = await onScreen(<GiveBackDialog asked={{ orderId }} kind={kind} onClose={onClose} />, { locale });
  return { screen, sent, onClose };
}
