import { expect, it } from 'vitest';
import { foldText, matchesText } from './search-words';

it('matches names without regard to accents', () => {
  expect(foldText('  Đặng  Thị ÁNH ')).toBe('dang thi anh');
  expect(matchesText('Nguyễn Văn Đức', 'duc nguyen')).toBe(true);
  expect(matchesText('Nguyễn Văn Đức', 'hoa')).toBe(false);
  expect(matchesText('Trần', '')).toBe(true);
});
