import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, paginate } from './paginate';

const block = (height: number, more: Partial<Block> = {}): Block => ({ height, draw: () => {}, ...more });
const heights = (pages: Block[][]) => pages.map((page) => page.map(({ height }) => height));

describe('paginate', () => {
  it('fills pages in order, the first one being shorter', () => {
    expect(heights(paginate([block(4), block(4), block(4), block(4)], [5, 10]))).toEqual([[4], [4, 4], [4]]);
  });

  it('never leaves a heading at the foot', () => {
    const head = block(2, { keepWithNext: true });
    expect(heights(paginate([block(7), head, head, block(3)], [12]))).toEqual([[7], [2, 2, 3]]);
  });

  it('repeats the headings that a row stands under', () => {
    const row = block(5, { under: [block(1), block(2)] });
    expect(heights(paginate([row, row, row, row], [10]))).toEqual([
      [5, 5],
      [1, 2, 5],
      [1, 2, 5],
    ]);
  });

  it('gives a block higher than a page a page of its own', () => {
    expect(heights(paginate([block(1), block(30), block(1)], [10]))).toEqual([[1], [30], [1]]);
    expect(paginate([], [10])).toEqual([[]]);
  });

  it('loses no block and overfills no page', () => {
    const blocks = fc.array(fc.record({ height: fc.integer({ min: 1, max: 8 }), keepWithNext: fc.boolean() }));
    fc.assert(
      fc.property(blocks, fc.integer({ min: 8, max: 40 }), (shapes, height) => {
        const all = shapes.map((shape) => block(shape.height, shape));
        const pages = paginate(all, [height]);
        expect(pages.flat()).toEqual(all);
        for (const page of pages) {
          const used = page.reduce((sum, { height: own }) => sum + own, 0);
          const oneChunk = page.slice(0, -1).every(({ keepWithNext }) => keepWithNext);
          expect(used <= height || oneChunk).toBe(true);
        }
      }),
    );
  });
});
