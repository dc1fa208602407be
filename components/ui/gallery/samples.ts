import type { Tier } from '@/server/domain/tier';

/** Invented people and orders for the gallery; nothing here is anybody's. */
export interface SampleDoctor {
  code: string;
  name: string;
  place: string;
}

export const DOCTORS: readonly SampleDoctor[] = [
  { code: 'BS-0107', name: 'Đặng Quốc Bảo', place: 'Phòng khám An Phúc' },
  { code: 'BS-0112', name: 'Lê Thị Minh Châu', place: 'Bệnh viện Quận 3' },
  { code: 'BS-0141', name: 'Nguyễn Hữu Đức', place: 'Phòng khám Tâm Đức' },
  { code: 'BS-0188', name: 'Phạm Ngọc Hà', place: 'Phòng khám An Phúc' },
  { code: 'BS-0203', name: 'Trần Văn Khôi', place: 'Bệnh viện Phú Nhuận' },
  { code: 'BS-0226', name: 'Võ Thanh Ngân', place: 'Phòng khám Hồng Lạc' },
];

export interface SampleService {
  code: string;
  name: string;
  price: bigint;
}

export const SERVICES: readonly SampleService[] = [
  { code: 'HH01', name: 'Tổng phân tích tế bào máu', price: 95_000n },
  { code: 'SH07', name: 'Định lượng đường huyết', price: 45_000n },
  { code: 'SH12', name: 'Chức năng gan (AST, ALT, GGT)', price: 150_000n },
  { code: 'HA03', name: 'Siêu âm ổ bụng tổng quát', price: 250_000n },
  { code: 'GO02', name: 'Gói khám sức khỏe tổng quát', price: 1_450_000n },
];

export type SampleState = 'paid' | 'waiting' | 'failed' | 'new' | 'draft';

export interface SampleOrder {
  number: string;
  patient: string;
  doctor: string;
  tier: Tier;
  state: SampleState;
  at: string;
  amount: bigint;
}

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đặng', 'Bùi', 'Võ'];
const MIDDLE = ['Thị', 'Văn', 'Ngọc', 'Minh', 'Thanh'];
const GIVEN = ['Ánh', 'Bình', 'Châu', 'Dũng', 'Hạnh', 'Khánh', 'Lộc', 'Mai', 'Phượng', 'Quỳnh', 'Thảo', 'Yến', 'Đạt'];
const STATES: readonly SampleState[] = ['paid', 'paid', 'new', 'paid', 'waiting', 'paid', 'draft', 'paid', 'failed'];
const TIERS: readonly Tier[] = ['standard', 'standard', 'vip1', 'standard', 'svip1', 'standard', 'svip2'];
const FIRST_MINUTE = Date.UTC(2026, 10, 5, 0, 5);

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('pick from an empty list');
  return found;
}

/** The n-th order of the day, always the same. */
export function sampleOrder(n: number): SampleOrder {
  return {
    number: `Q3-261105-${String(n + 1).padStart(4, '0')}`,
    patient: `${pick(FAMILY, n * 3)} ${pick(MIDDLE, n * 7)} ${pick(GIVEN, n * 5)}`,
    doctor: pick(DOCTORS, n * 11).name,
    tier: pick(TIERS, n),
    state: pick(STATES, n),
    at: new Date(FIRST_MINUTE + n * 90_000).toISOString(),
    amount: BigInt(((n * 7919) % 190) + 9) * 5_000n,
  };
}

export const SAMPLE_COUNT = 500;

/** Total of all orders of the day, as a server would give it: of what is filtered, not of what is loaded. */
export const SAMPLE_TOTAL = Array.from({ length: SAMPLE_COUNT }, (_, n) => sampleOrder(n).amount).reduce(
  (sum, amount) => sum + amount,
  0n,
);
