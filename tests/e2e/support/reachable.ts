import type { Page } from '@playwright/test';

/**
 * Figures that a line break tears apart: amounts, dates, times, numbers of orders. A code that is longer than any line says so
 * (`break-all`), and is none.
 */
export function tornFigures(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const FIGURE = /\d[\d.,:/]*\d/g;
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const owner = node.parentElement;
      const text = node.textContent ?? '';
      if (!owner?.checkVisibility() || owner.closest('.break-all,svg,script,style,noscript,[aria-hidden="true"]'))
        continue;
      for (const { 0: figure, index } of text.matchAll(FIGURE)) {
        // An address is longer than any line.
        if (/\S*:\/\/\S*$/.test(text.slice(0, index))) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + figure.length);
        const tops = new Set(
          [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)),
        );
        if (tops.size > 1) found.push(`${figure} in “${text.trim().slice(0, 60)}”`);
      }
    }
    return [...new Set(found)];
  });
}

/**
 * What takes a hand and cannot be had: it stands beyond the edge of the page, or something else lies over its middle wherever one
 * scrolls. Of the rows of a table the first speaks for all.
 */
export function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ACTS =
      'a[href],button:not(:disabled),input:not([type=hidden]):not(:disabled),select,textarea,summary,[role=tab]';
    const found: string[] = [];
    const isForEars = (element: Element | null): boolean => {
      if (!element) return false;
      const { clip, clipPath, position } = getComputedStyle(element);
      return (position === 'absolute' && (clip !== 'auto' || clipPath !== 'none')) || isForEars(element.parentElement);
    };
    const scrolled = [document.scrollingElement, ...document.querySelectorAll('*')].flatMap((box) =>
      box && (box.scrollTop || box.scrollLeft) ? [{ box, top: box.scrollTop, left: box.scrollLeft }] : [],
    );
    for (const one of document.querySelectorAll(ACTS)) {
      if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (one.closest('tbody > tr:not(:first-child),[aria-hidden="true"],[inert]')) continue;
      // For the ears, or shown when it has the focus.
      if (isForEars(one) || one.matches('[href="#main"]')) continue;
      one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
      if (width < 2 || height < 2) continue;
      const name =
        (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40) || one.outerHTML.slice(0, 80);
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!over || right > innerWidth + 2 || left < -2) {
        found.push(`“${name}” stands beyond the page`);
        continue;
      }
      // A label is pressed for its box, a press that fills its card for the card.
      // Rows pass under the head of their table.
      const passes = one.closest('tbody') && over.closest('thead');
      const mine = one.contains(over) || over.contains(one) || one.closest('label')?.contains(over) || passes;
      if (!mine)
        found.push(`“${name}” lies under ${over.tagName.toLowerCase()}.${String(over.className).slice(0, 50)}`);
    }
    window.scrollTo(0, 0);
    for (const { box, top, left } of scrolled) box.scrollTo(left, top);
    return [...new Set(found)];
  });
}

/** What stands beyond the right edge of a page that then scrolls sideways. */
export function beyondEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth + 1) return [];
    const scrolls = (box: Element | null): boolean =>
      box !== null &&
      box !== document.body &&
      (/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX) || scrolls(box.parentElement));
    const wide = [...document.body.querySelectorAll('*')].filter(
      (one) =>
        one.getBoundingClientRect().right > clientWidth + 1 &&
        one.childElementCount === 0 &&
        !scrolls(one.parentElement),
    );
    return [
      `${scrollWidth - clientWidth} px: ${wide
        .slice(0, 3)
        .map((one) => `${one.tagName.toLowerCase()} “${one.textContent?.trim().slice(0, 40)}”`)
        .join(', ')}`,
    ];
  });
}
