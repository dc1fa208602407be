import { describe, expect, it } from 'vitest';
import {
  arranged,
  frozenLefts,
  inRem,
  isShown,
  readLayout,
  stays,
  withMoved,
  withShown,
  withWidth,
  withWidthStep,
} from './table-layout';

const columns = [{ id: 'name' }, { id: 'code', width: 100 }, { id: 'phone', hidden: true }, { id: 'sum', fixed: true }];
const ids = (layout: Parameters<typeof arranged>[1]) => arranged(columns, layout).map(({ id }) => id);

describe('an arranged table', () => {
  it('has its columns in the order that was chosen, the first one first', () => {
    expect(ids({})).toEqual(['name', 'code', 'phone', 'sum']);
    expect(ids({ order: ['sum', 'name', 'phone', 'code'] })).toEqual(['name', 'sum', 'phone', 'code']);
  });

  it('leaves a column that came later where it was put, and forgets one that is gone', () => {
    expect(ids({ order: ['sum', 'gone', 'code'] })).toEqual(['name', 'sum', 'phone', 'code']);
  });

  it('moves a column by places within the table, and never the first', () => {
    expect(ids(withMoved({}, columns, 'sum', -1))).toEqual(['name', 'code', 'sum', 'phone']);
    expect(ids(withMoved({}, columns, 'sum', -9))).toEqual(['name', 'sum', 'code', 'phone']);
    expect(ids(withMoved({}, columns, 'code', 9))).toEqual(['name', 'phone', 'sum', 'code']);
    expect(withMoved({}, columns, 'name', 1)).toEqual({});
  });

  it('shows what was chosen, what is fixed, and the first column always', () => {
    const shown = (layout: Parameters<typeof arranged>[1]) =>
      columns.filter((column, at) => isShown(column, at, layout)).map(({ id }) => id);
    expect(shown({})).toEqual(['name', 'code', 'sum']);
    const all = { name: false, code: false, phone: true, sum: false };
    expect(shown({ shown: all })).toEqual(['name', 'phone', 'sum']);
    expect(withShown({ shown: { code: false } }, 'phone', true)).toEqual({ shown: { code: false, phone: true } });
  });

  it('keeps widths between what can be read and what fits', () => {
    expect(withWidth({}, 'code', 3)).toEqual({ widths: { code: 64 } });
    expect(withWidth({}, 'code', 9_999)).toEqual({ widths: { code: 640 } });
    expect(withWidthStep({}, { id: 'code', width: 100 }, 1)).toEqual({ widths: { code: 124 } });
    expect(withWidthStep({ widths: { code: 200 } }, { id: 'code', width: 100 }, -1)).toEqual({ widths: { code: 176 } });
    expect(withWidthStep({}, { id: 'name' }, 1)).toEqual({ widths: { name: 184 } });
  });
});

describe('a layout that was kept', () => {
  it('is read back, without what is none of ours', () => {
    const kept = { order: ['a', 1, 'b'], shown: { a: true, b: 'yes' }, widths: { a: 90.4, b: Number.NaN, c: 1 }, x: 1 };
    expect(readLayout(kept)).toEqual({ order: ['a', 'b'], shown: { a: true }, widths: { a: 90, c: 64 } });
  });

  it.each([null, 'text', 3, [], {}, { order: {}, shown: [], widths: null }])('is empty for %j', (kept) => {
    expect(readLayout(kept)).toEqual({});
  });
});

it('columns after the first that are frozen stay beside it, as far from the left as those before them are wide', () => {
  const wide = (width?: number, frozen = false) => ({ id: 'x', frozen, ...(width ? { width } : {}) });
  expect(frozenLefts([wide(88), wide(168, true), wide(100)])).toEqual([0, 88, null]);
  expect(frozenLefts([wide(88), wide(100), wide(168, true)])).toEqual([0, null, null]);
  expect(frozenLefts([wide(), wide(168, true)])).toEqual([0, null]);
});

it('a layout that was kept has one of the known densities, or none', () => {
  expect(readLayout({ density: 'compact' })).toEqual({ density: 'compact' });
  expect(readLayout({ density: 'airy' })).toEqual({});
});

it('columns and the places where they stay grow with the text', () => {
  expect(inRem(152)).toBe('9.5rem');
  expect(stays(40)).toEqual({ '--left': '2.5rem' });
  expect([stays(null), stays(undefined)]).toEqual([undefined, undefined]);
});
