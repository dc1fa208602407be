import { expect, it } from 'vitest';
import { exportAddress } from './export-address';

it('asks for what the list shows, not for a page of it', () => {
  const asked = {
    search: 'mai lan',
    from: '2026-11-01',
    state: undefined,
    source: null,
    sort: '-net',
    limit: 100,
    cursor: 'x',
  };
  expect(exportAddress('orders', 'csv', asked, { columns: ['number', 'net'] })).toBe(
    '/api/lists/orders/export?format=csv&columns=number%2Cnet&search=mai+lan&from=2026-11-01&sort=-net',
  );
});

it('names the selected rows, and what is on', () => {
  expect(
    exportAddress('runs', 'xlsx', { open: true, search: '', replayed: false }, { columns: ['run'], only: ['a', 'b'] }),
  ).toBe('/api/lists/runs/export?format=xlsx&columns=run&open=true&only=a%2Cb');
});
