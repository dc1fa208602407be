/** News never lie over what can be done: they stand where the bar is free, and the page begins under what reaches below the bar. */

const EDGE_PX = 4;
/** As wide as news are drawn, with what keeps them apart from their neighbours. */
const WIDTH_PX = 352 + 2 * 12;
const BAR = '[data-bar]';
const TOASTER = '[data-sonner-toaster]';
const TOAST = '[data-sonner-toast][data-visible="true"]:not([data-removed="true"])';

/** Whether the middle of the bar holds nothing as wide as news are. */
function isFree(bar: Element): boolean {
  const middle = window.innerWidth / 2;
  const [from, to] = [middle - WIDTH_PX / 2, middle + WIDTH_PX / 2];
  return [...bar.querySelectorAll('a, button, [data-fact]')].every((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width === 0 || right < from || left > to;
  });
}

/** Where news begin, in px from the top of the window. */
export function topOfNews(): number {
  const bar = typeof document === 'undefined' ? null : document.querySelector(BAR);
  return bar === null || isFree(bar) ? EDGE_PX : Math.round(bar.getBoundingClientRect().bottom) + EDGE_PX;
}

/** Where the lowest of the news ends once it has come to rest; 0 where there are none. */
function endOfNews(): number {
  const ends = [...document.querySelectorAll<HTMLElement>(TOASTER)].flatMap((toaster) => {
    const { top } = toaster.getBoundingClientRect();
    return [...toaster.querySelectorAll<HTMLElement>(TOAST)].map(
      (one) => top + Number.parseFloat(one.style.getPropertyValue('--offset') || '0') + one.offsetHeight,
    );
  });
  return ends.length === 0 ? 0 : Math.ceil(Math.max(...ends)) + EDGE_PX;
}

/** Tells the page how far down news reach, as `--news`, until it is told to stop. */
export function keepClear(): () => void {
  const root = document.documentElement;
  let frame = 0;
  const tell = () => {
    const end = endOfNews();
    // Else a page that is scrolled would be held where it is, under the news.
    root.style.overflowAnchor = end > 0 ? 'none' : '';
    if (end > 0) root.style.setProperty('--news', `${end}px`);
    else root.style.removeProperty('--news');
  };
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tell);
  };
  const changes = new MutationObserver(soon);
  for (const place of document.querySelectorAll('section[aria-live]'))
    changes.observe(place, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['style', 'data-removed'],
    });
  window.addEventListener('resize', soon);
  return () => {
    cancelAnimationFrame(frame);
    changes.disconnect();
    window.removeEventListener('resize', soon);
    root.style.removeProperty('--news');
  };
}
