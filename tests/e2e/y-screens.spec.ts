import { expect, type Page, test } from '@playwright/test';
import { clippedTexts } from './support/clipped';
import { DESKTOP, PHONE, picture, violations } from './support/look';
import { signInAs } from './support/people';
import { MOST_SHIFT, shiftOf, watchShifts } from './support/shifts';

/** The addresses of a kind that a page leads to. */
async function ledTo(page: Page, from: string, address: RegExp): Promise<string[]> {
  await page.goto(from, { waitUntil: 'networkidle' });
  const found = await page
    .locator('main a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  return found.filter((href) => address.test(href));
}

/** The first of them. */
const firstOf = (list: string, address: RegExp) => async (page: Page) => {
  const [first] = await ledTo(page, list, address);
  if (!first) throw new Error(`${list} leads to nothing like ${address}`);
  return first;
};

const MONTHS = /^\/statements\/\d{4}-\d\d$/;

/** A statement of the first month that has one. */
async function firstStatement(page: Page): Promise<string> {
  for (const month of await ledTo(page, '/statements', MONTHS)) {
    const [first] = await ledTo(page, month, /^\/statements\/\d{4}-\d\d\/[0-9a-f-]{36}/);
    if (first) return first;
  }
  throw new Error('no month has a statement');
}

type Place = string | ((page: Page) => Promise<string>);

/** Every screen, by who works there. */
const SCREENS: { role: string; home: string; places: Record<string, Place> }[] = [
  {
    role: 'cashier',
    home: '/pos',
    places: { pos: '/pos', shifts: '/pos/shifts', account: '/account' },
  },
  { role: 'clinician', home: '/today', places: { today: '/today' } },
  {
    role: 'branch-manager',
    home: '/orders',
    places: {
      'pos-without-shift': '/pos',
      orders: '/orders',
      order: firstOf('/orders', /^\/orders\/[0-9a-f-]{36}$/),
      patients: '/patients',
      patient: firstOf('/patients', /^\/patients\/[0-9a-f-]{36}$/),
      doctors: '/doctors',
      doctor: firstOf('/doctors', /^\/doctors\/[0-9a-f-]{36}$/),
      'rate-cards': '/rate-cards',
      'rate-card': firstOf('/rate-cards', /^\/rate-cards\/[0-9a-f-]{36}/),
    },
  },
  {
    role: 'upload-operator',
    home: '/uploads',
    places: { uploads: '/uploads', upload: firstOf('/uploads', /^\/uploads\/[0-9a-f-]{36}/) },
  },
  {
    role: 'finance',
    home: '/statements',
    places: {
      statements: '/statements',
      month: async (page) => (await firstStatement(page)).split('/').slice(0, 3).join('/'),
      statement: firstStatement,
    },
  },
  {
    role: 'administrator',
    home: '/operations',
    places: { operations: '/operations', runs: '/operations/runs', messages: '/operations/messages' },
  },
  { role: 'auditor', home: '/audit', places: { audit: '/audit', 'no-place': '/statements/2026-13' } },
];

/** A page that there is not says so with 404, which the browser calls an error. */
const EXPECTED = /404 \(Not Found\)/;

/** Nothing is asked for any more; a page that waits for a document asks again and again, and is looked at as it waits. */
const settled = (page: Page) => page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {});

async function stand(page: Page, size: typeof DESKTOP, theme: 'light' | 'dark'): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
}

async function examine(page: Page, name: string, language: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, width] of [
      [DESKTOP, 'desktop'],
      [PHONE, 'phone'],
    ] as const) {
      const title = `${name}, ${language}, ${theme}, ${width}`;
      await stand(page, size, theme);
      // One look in each theme and width: what has good contrast and names in one language has them in the other.
      const looked = (theme === 'light') === (language === 'vi');
      if (looked) expect.soft(await violations(page, title)).toEqual([]);
      expect.soft(await clippedTexts(page), `${title}: cut off`).toEqual([]);
      if (looked && (theme === 'light' || width === 'desktop'))
        await picture(page, theme === 'dark' ? `${name}-dark-${width}` : `${name}-${width}`);
    }
  }
}

for (const { role, home, places } of SCREENS) {
  test(`the screens of a ${role}: nothing cut off, nothing moves, no error, at both widths, in both languages and themes`, async ({
    page,
    context,
    baseURL,
  }) => {
    test.setTimeout(400_000);
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await watchShifts(page);
    await signInAs(page, role, home);
    for (const [name, place] of Object.entries(places)) {
      const address = typeof place === 'string' ? place : await place(page);
      for (const language of ['vi', 'en']) {
        await context.addCookies([{ name: 'locale', value: language, url: baseURL ?? '' }]);
        await page.setViewportSize(DESKTOP);
        const answer = await page.goto(address, { waitUntil: 'load' });
        await settled(page);
        expect.soft(answer?.status(), `${name}: status`).toBe(name === 'no-place' ? 404 : 200);
        expect.soft(await shiftOf(page), `${name}, ${language}: moves by itself`).toBeLessThanOrEqual(MOST_SHIFT);
        await examine(page, name, language);
      }
      await context.addCookies([{ name: 'locale', value: 'vi', url: baseURL ?? '' }]);
    }
    expect.soft(errors, 'errors of the browser').toEqual([]);
  });
}
