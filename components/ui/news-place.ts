/** News never lie over what can be done: they stand where the bar is free, and the page begins under what reaches below the bar. */

const EDGE_PX = 4;
/** As wide as news are drawn, with what keeps them apart from their neighbours. */
const WIDTH_PX = 352 + 2 * 12;
const BAR = '[data-bar]';
const TOASTER = '[data-sonner-toaster]';
const TOAST = '[data-sonner-toast][data-visible="true"]:not([data-removed="true"])';

/** In px from the edges of the window; `middle` is null where news stand in the middle of it. */
export type NewsPlace = { top: number; middle: number | null };

/** The middle of the widest place in the bar that holds nothing to read or to press; null where news would not fit. */
function freeMiddle(bar: Element): number | null {
  const { left, right } = bar.getBoundingClientRect();
  const taken = [...bar.querySelectorAll('a, button, [data-fact]')]
    .map((one) => one.getBoundingClientRect())
    .filter(({ width }) => width > 0);
  const ends = [left, ...taken.map((one) => one.right)];
  const places = ends.map((from) => {
    const to = Math.min(right, ...taken.map((one) => one.left).filter((begin) => begin >= from));
    return { middle: (from + to) / 2, width: to - from };
  });
  const widest = places.reduce((one, other) => (other.width > one.width ? other : one));
  return widest.width >= WIDTH_PX ? widest.middle : null;
}

/** Where news begin. */
export function placeOfNews(): NewsPlace {
  const bar = typeof document === 'undefined' ? null : document.querySelector(BAR);
  if (bar === null) return { top: EDGE_PX, middle: null };
  const middle = freeMiddle(bar);
  const under = Math.round(bar.getBoundingClientRect().bottom) + EDGE_PX;
  return { top: middle === null ? under : EDGE_PX, middle };
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

/** Says to the page how far down news reach, as `--news`, until what it answers is called. */
export function keepClear(): () => void {
  const root = document.documentElement;
  let frame = 0;
  const say = () => {
    const end = endOfNews();
    // Else a page that is scrolled would be held where it is, under the news.
    root.style.overflowAnchor = end > 0 ? 'none' : '';
    if (end > 0) root.style.setProperty('--news', `${end}px`);
    else root.style.removeProperty('--news');
  };
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(say);
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
    root.style.overflowAnchor = '';
  };
}
