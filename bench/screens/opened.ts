// A screen opened by somebody who was never there: what its scripts weigh, and when its largest part is painted.
import type { Browser, BrowserContext, Page } from '@playwright/test';

/** No request for a script within this time: the screen rests. */
const REST_MS = 1_500;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
/** Slow 4G and a phone of the middle class, as Lighthouse has them. Bytes a second, milliseconds. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const SLOWER_CPU = 4;

export type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Visit {
  address: string;
  /** Of who is signed in; a stranger without. */
  cookies?: Cookies;
}

/** Bytes of all scripts as they came over the wire, until the page rests. */
export async function scriptBytes(page: Page, address: string): Promise<number> {
  const scripts: Promise<number>[] = [];
  let last = performance.now();
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    last = performance.now();
    scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(address, { waitUntil: 'load' });
  while (performance.now() - last < REST_MS) await page.waitForTimeout(REST_MS / 5);
  const sizes = await Promise.all(scripts);
  if (sizes.length === 0) throw new Error(`${address} has no script`);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** When the largest part of a page was painted on a slow phone, milliseconds after it was asked for. */
async function largestPaint(page: Page, address: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries())
        document.documentElement.setAttribute('data-painted', `${startTime}`);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(REST_MS);
  return Number(await page.locator('html').getAttribute('data-painted'));
}

async function opened<T>(browser: Browser, { cookies }: Visit, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    ...PHONE,
    locale: 'vi-VN',
    ...(cookies ? { storageState: cookies } : {}),
  });
  try {
    return await look(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Each in a browser that has seen nothing: `kilobytes` of 1,000 bytes, `paint` in milliseconds, the median of some rounds. */
export async function openScreen(browser: Browser, visit: Visit, rounds: number) {
  const bytes = await opened(browser, visit, (page) => scriptBytes(page, visit.address));
  const paints: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    paints.push(await opened(browser, visit, (page) => largestPaint(page, visit.address)));
  }
  return { kilobytes: bytes / 1000, paint: paints.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0 };
}
