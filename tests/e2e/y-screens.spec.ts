import { expect, type Page, test } from '@playwright/test';
import { clippedTexts } from './support/clipped';
import { DESKTOP, examineLarger, PHONE, picture, stand, violations } from './support/look';
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
  {
    role: 'auditor',
    home: '/audit',
    // The oldest first: what is newest is what happens meanwhile, and comes in above.
    places: { audit: '/audit?sort=at', 'no-place': '/statements/2026-13' },
  },
];

/** A page that there is not says so with 404, which the browser calls an error. */
const EXPECTED = /404 \(Not Found\)/;

/** What waits is there; a page that waits for a document asks again and again, and is looked at as it waits. */
const settled = (page: Page) => page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {});

type Language = 'vi' | 'en';
const LOOKS = [
  { size: PHONE, theme: 'light' },
  { size: DESKTOP, theme: 'dark' },
  { size: PHONE, theme: 'dark' },
  { size: DESKTOP, theme: 'light' },
] as const;

/**
 * What has good contrast and names in one language has them in the other, so axe sees each theme, width and language once; with
 * `EVERY_LOOK=1` it sees all eight of them.
 */
const isSeenByAxe = (language: Language, size: typeof PHONE, theme: 'light' | 'dark') =>
  process.env.EVERY_LOOK !== undefined ||
  (language === 'vi' ? size === DESKTOP && theme === 'light' : size === PHONE && theme === 'dark');

async function examine(page: Page, name: string, language: Language): Promise<void> {
  for (const { size, theme } of LOOKS) {
    const width = size === PHONE ? 'phone' : 'desktop';
    const title = `${name}, ${language}, ${theme}, ${width}`;
    const pictured = language === 'vi' && !(size === PHONE && theme === 'dark');
    const seen = isSeenByAxe(language, size, theme);
    if (!pictured && !seen && theme === 'dark') continue;
    await stand(page, size, theme);
    // What is cut off in one theme is in the other.
    if (theme === 'light') expect.soft(await clippedTexts(page), `${title}: cut off`).toEqual([]);
    if (seen) expect.soft(await violations(page, title)).toEqual([]);
    if (pictured) await picture(page, `${name}-${theme === 'dark' ? 'dark-' : ''}${width}`);
  }
}

for (const { role, home, places } of SCREENS) {
  test(`the screens of a ${role}: nothing cut off at any size of text, nothing moves, no error, in both languages and themes`, async ({
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
      for (const language of ['vi', 'en'] as const) {
        await context.addCookies([{ name: 'locale', value: language, url: baseURL ?? '' }]);
        await page.setViewportSize(DESKTOP);
        const answer = await page.goto(address, { waitUntil: 'load' });
        await settled(page);
        expect.soft(answer?.status(), `${name}: status`).toBe(name === 'no-place' ? 404 : 200);
        expect.soft(await shiftOf(page), `${name}, ${language}: moves by itself`).toBeLessThanOrEqual(MOST_SHIFT);
        await examine(page, name, language);
        if (language === 'vi') await examineLarger(page, name);
      }
      await context.addCookies([{ name: 'locale', value: 'vi', url: baseURL ?? '' }]);
    }
    expect.soft(errors, 'errors of the browser').toEqual([]);
  });
}
