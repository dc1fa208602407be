import type { Page } from '@playwright/test';

/**
 * Texts of the page that a box cuts off, where nothing scrolls to the rest: measured line by line against every box around them. What
 * says all of itself elsewhere (`title`), what is for the ears alone and what is hidden does not count, nor a cell of a list that ends
 * in an ellipsis: its column can be widened, and the row opens to the whole.
 */
export function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK = 1.5;
    const hides = (way: string) => way === 'hidden' || way === 'clip';
    const scrolls = (way: string) => way === 'auto' || way === 'scroll';
    const isForEars = (element: Element) => {
      const { clip, clipPath, position } = getComputedStyle(element);
      return position === 'absolute' && (clip !== 'auto' || clipPath !== 'none');
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const owner = node.parentElement;
      if (!text || !owner?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (owner.closest('[title],svg,[aria-hidden="true"],script,style,noscript,option')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      let sideways = true;
      let down = true;
      for (let box: Element | null = owner; box && box !== document.documentElement; box = box.parentElement) {
        if (isForEars(box)) break;
        const style = getComputedStyle(box);
        if (style.textOverflow === 'ellipsis' && owner.closest('[role="gridcell"],[role="cell"],td')) break;
        if (style.position === 'fixed') break;
        if (scrolls(style.overflowX)) sideways = false;
        if (scrolls(style.overflowY)) down = false;
        const edge = box.getBoundingClientRect();
        const cut = lines.some(
          (line) =>
            (sideways &&
              hides(style.overflowX) &&
              (line.right > edge.right + SLACK || line.left < edge.left - SLACK)) ||
            (down && hides(style.overflowY) && (line.bottom > edge.bottom + 3 || line.top < edge.top - 3)),
        );
        if (cut) {
          found.push(`“${text.slice(0, 60)}” in ${box.tagName.toLowerCase()}.${String(box.className).slice(0, 60)}`);
          break;
        }
      }
    }
    return [...new Set(found)];
  });
}
