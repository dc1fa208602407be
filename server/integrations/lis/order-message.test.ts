import { expect, it } from 'vitest';
import { cancelMessage, escapeHl7, orderMessage } from './order-message';
import type { LisOrder } from './port';

const order: LisOrder = {
  orderId: '0198c0de-0000-7000-8000-000000000000',
  number: 'Q1-261120-0001',
  accession: '261120000001',
  orderedAt: new Date('2026-11-20T03:04:05.678Z'),
  branchCode: 'Q1',
  patient: { code: 'P0000001', fullName: 'Nguyễn Thị | Đào', dob: '1990-05-12', sex: 'female', phone: '+84912345678' },
  doctor: { code: 'D1', name: 'BS. Hồ & Bình' },
  services: [
    { code: 'CBC', name: 'Tổng phân tích tế bào máu' },
    { code: 'GLU', name: 'Đường huyết' },
  ],
};

it('writes one ORC and OBR a service, with the delimiters of names escaped', () => {
  const segments = orderMessage(order).split('\r').filter(Boolean);
  expect(segments.map((one) => one.slice(0, 3))).toEqual(['MSH', 'PID', 'PV1', 'ORC', 'OBR', 'ORC', 'OBR']);
  expect(segments[0]).toBe(
    'MSH|^~\\&|PORTAL|Q1|LIS|Q1|20261120030405+0000||ORM^O01^ORM_O01|O261120000001|P|2.5.1|||AL|NE||UNICODE UTF-8',
  );
  expect(segments[1]).toBe(
    'PID|1||P0000001^^^PORTAL^PI||Nguyễn^Đào^Thị \\F\\||19900512|F|||||^PRN^CP^^^^^^^^^^+84912345678',
  );
  expect(segments[2]).toBe('PV1|1|O|Q1|||||D1^BS. Hồ \\T\\ Bình');
  expect(segments[4]?.split('|').slice(0, 5)).toEqual([
    'OBR',
    '1',
    'Q1-261120-0001-1^PORTAL',
    '261120000001^PORTAL',
    'CBC^Tổng phân tích tế bào máu^L',
  ]);
  expect(segments[6]?.split('|')[1]).toBe('2');
});

it('is the same message for the same order, and holds no line end of its own', () => {
  expect(orderMessage(order)).toBe(orderMessage({ ...order, patient: { ...order.patient } }));
  expect(escapeHl7('a\r\nb^c~d')).toBe('a b\\S\\c\\R\\d');
  expect(orderMessage({ ...order, doctor: null, services: [] }).split('\r')).toHaveLength(4);
});

it('cancels what is not to be done, by the numbers of its order', () => {
  const refundId = '0198c0de-0000-7000-8000-00000abcdef1';
  const segments = cancelMessage({ order, refundId, cancelled: ['GLU'] })
    .split('\r')
    .filter(Boolean);
  expect(segments.map((one) => one.slice(0, 6))).toEqual(['MSH|^~', 'PID|1|', 'PV1|1|', 'ORC|CA', 'OBR|2|']);
  expect(segments[0]?.split('|')[9]).toBe('C261120000001abcdef1'.slice(0, 20));
  expect(segments[4]?.split('|')[2]).toBe('Q1-261120-0001-2^PORTAL');
});
