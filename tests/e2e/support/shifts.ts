import type { Page } from '@playwright/test';

/** Web Vitals call a page still up to 0.1; ours are held to half of that. */
export const MOST_SHIFT = 0.05;

type Watched = typeof globalThis & { layoutShift?: number };

/** From the next page on, adds up what moves by itself: what follows a press within half a second does not count. */
export const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const here = globalThis as Watched;
    here.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) here.layoutShift = (here.layoutShift ?? 0) + entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

export const shiftOf = (page: Page): Promise<number> => page.evaluate(() => (globalThis as Watched).layoutShift ?? 0);
