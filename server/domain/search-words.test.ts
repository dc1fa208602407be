import { describe, expect, it } from 'vitest';
import { foldText, isOneMistake, matchesText, matching, mayBeMistyped, mistypings, searchWords } from './search-words';

it('folds accents, case and blanks, however they were typed', () => {
  expect(foldText('  Đặng  Thị ÁNH ')).toBe('dang thi anh');
  expect(foldText('Hoàng Thị Trang'.normalize('NFD'))).toBe('hoang thi trang');
});

it('parts words at blanks and signs', () => {
  expect(searchWords('BS. Đặng-Ánh (Q1_2)')).toEqual(['bs', 'dang', 'anh', 'q1', '2']);
  expect(searchWords(' %_ ')).toEqual([]);
});

describe('matchesText', () => {
  it.each(['hoang trang', 'trang hoang', 'HOÀNG', 'ho tr', 'thi', ''])('finds Hoàng Thị Trang by "%s"', (typed) =>
    expect(matchesText('Hoàng Thị Trang', typed)).toBe(true),
  );
  it.each(['oang', 'trang hoa lan', 'hoangg'])('does not by "%s"', (typed) =>
    expect(matchesText('Hoàng Thị Trang', typed)).toBe(false),
  );
});

const MISTAKES = { wrong: 'hoanh', missing: 'hoag', doubled: 'hoangg', swapped: 'haong', first: 'uhoang' };

describe('one mistake', () => {
  it.each(Object.entries(MISTAKES))('%s: %s may have been meant for hoang', (_, typed) => {
    expect(mistypings(typed)).toContain('hoang');
    expect(isOneMistake(typed, 'hoang')).toBe(true);
  });

  it('is one, no word is its own, and two are none', () => {
    expect(mistypings('hoang')).not.toContain('hoang');
    expect(isOneMistake('hoang', 'hoang')).toBe(true);
    for (const other of ['hang', 'hoan', 'xhoang', 'hoagn', 'hoanx'])
      expect([other, isOneMistake('hoang', other), mistypings('hoang').includes(other)]).toEqual([other, true, true]);
    for (const other of ['hag', 'gnaoh', 'hoangxy', 'xoagn', ''])
      expect([other, isOneMistake('hoang', other), mistypings('hoang').includes(other)]).toEqual([other, false, false]);
  });

  it('is looked for in words of four letters or more, and never in figures', () => {
    expect(['hoa', 'hoan', 'p0012', '0912345678', 'đỗnh'].map(mayBeMistyped)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('counts only where nothing is found without', () => {
    const names = ['Hoàng Thị Trang', 'Hoàn Thị Trang', 'Lê Nam'];
    expect(matching(names, String, 'hoang trang')).toEqual(['Hoàng Thị Trang']);
    expect(matching(names, String, 'hoangg trang')).toEqual(['Hoàng Thị Trang']);
    expect(matching(names, String, 'hxyg')).toEqual([]);
  });
});
