import type { Pen } from './pen';

/** A piece of a column that is never cut. Its height is known before anything is drawn. */
export interface Block {
  height: number;
  /** Not to be the last on its page: a heading. */
  keepWithNext?: boolean;
  /** Drawn again at the top of a page that begins after this block's predecessor: the headings it stands under. */
  under?: readonly Block[];
  draw(pen: Pen, top: number): void;
}

const heightOf = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + block.height, 0);

/** A block with the blocks that must be on its page before it. */
function chunksOf(blocks: readonly Block[]): Block[][] {
  const chunks: Block[][] = [];
  let open: Block[] = [];
  for (const block of blocks) {
    open.push(block);
    if (block.keepWithNext) continue;
    chunks.push(open);
    open = [];
  }
  return open.length > 0 ? [...chunks, open] : chunks;
}

/**
 * Fills pages of the given heights (the last height serves all further pages) in order. A chunk higher than a page stands
 * alone on one and runs over, rather than being lost.
 */
export function paginate(blocks: readonly Block[], heights: readonly number[]): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [];
  let left = heights[0] ?? 0;
  for (const chunk of chunksOf(blocks)) {
    const height = heightOf(chunk);
    if (height > left && page.length > 0) {
      pages.push(page);
      page = [...(chunk[0]?.under ?? [])];
      left = (heights[Math.min(pages.length, heights.length - 1)] ?? 0) - heightOf(page);
    }
    page.push(...chunk);
    left -= height;
  }
  return page.length > 0 || pages.length === 0 ? [...pages, page] : pages;
}
