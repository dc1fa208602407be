import { describe, expect, it } from 'vitest';
import { changeOf, columnHeights, lineShape, partsOf } from './shapes';

describe('columns', () => {
  it('are parts of the tallest; what is below zero has none', () =>
    expect(columnHeights([50, 100, -20, 0])).toEqual([0.5, 1, 0, 0]));
  it('are all flat where nothing is above zero', () => expect(columnHeights([0, 0])).toEqual([0, 0]));
});

describe('a line', () => {
  const box = { width: 106, height: 56 };
  const shape = lineShape([0, 50, 100], box);
  it('goes from edge to edge at equal steps', () => expect(shape.points.map(({ x }) => x)).toEqual([3, 53, 103]));
  it('stands on zero and reaches up to its greatest value', () =>
    expect(shape.points.map(({ y }) => y)).toEqual([53, 28, 3]));
  it('has round ticks', () => expect(shape.ticks.map(({ value }) => value)).toEqual([0, 50, 100]));
  it('is drawn with what is under it', () => {
    expect(shape.line).toMatch(/^M3,53C/);
    expect(shape.area).toMatch(/Z$/);
  });
  it('goes below zero where a value does', () => {
    const below = lineShape([-10, 10], box);
    expect(below.points[0]?.y).toBeGreaterThan(below.ticks.find(({ value }) => value === 0)?.y ?? 99);
  });
  it('of nothing but zeros lies at the foot', () =>
    expect(lineShape([0, 0], box).points.map(({ y }) => y)).toEqual([53, 53]));
});

describe('shares and changes', () => {
  it('are parts of the whole', () => expect(partsOf([30, 60, 10])).toEqual([0.3, 0.6, 0.1]));
  it('of nothing are nothing', () => expect(partsOf([0, -5])).toEqual([0, 0]));
  it('a change is measured against what was before', () => {
    expect(changeOf(112, 100)).toBeCloseTo(0.12);
    expect(changeOf(50, 100)).toBe(-0.5);
    expect([changeOf(5, undefined), changeOf(5, 0)]).toEqual([null, null]);
  });
});
