import { readFileSync, writeFileSync } from 'node:fs';
import { type CDPSession, expect, type Locator, type Page, test } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';

const { executablePath, args, env } = await findChromium();

// Letters are drawn the same on every machine: no hints of its fonts, no subpixels of its screen, one profile of colours.
const alike = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'];

test.use({
  launchOptions: { executablePath, args: [...args, ...alike], env, chromiumSandbox: false },
  // Every section fits. Three quarters of the size: as telling, and half the bytes.
  viewport: { width: 1000, height: 1600 },
  deviceScaleFactor: 0.75,
  contextOptions: { reducedMotion: 'reduce' },
});

test.describe.configure({ timeout: 300_000 });

/** The browser that drew the pictures: the same one draws them again dot by dot, another one has its own way with edges of letters. */
const DRAWN_BY = 'tests/e2e/pictures/browser.txt';
const STRICT = { threshold: 0.02, maxDiffPixelRatio: 0.0002 };
const LENIENT = { threshold: 0.2, maxDiffPixelRatio: 0.01 };
let tolerance = LENIENT;

test.beforeAll(({ browser }) => {
  if (process.env.UPDATE_PICTURES) writeFileSync(DRAWN_BY, `${browser.version()}\n`);
  tolerance = readFileSync(DRAWN_BY, 'utf8').trim() === browser.version() ? STRICT : LENIENT;
});

const RENEW =
  'a piece looks different. If it should: UPDATE_PICTURES=1 npm test -- e2e pictures, look at each, commit them';

const SECTIONS = [
  ...['colour', 'type', 'buttons', 'fields', 'choices', 'status', 'feedback', 'overlays'],
  ...['table', 'lists', 'charts', 'sums', 'files', 'till'],
];

/** Each theme with each language, and each density. */
const LOOKS = [
  { theme: 'light', lang: 'vi', density: 'regular' },
  { theme: 'light', lang: 'en', density: 'relaxed' },
  { theme: 'dark', lang: 'vi', density: 'regular' },
  { theme: 'dark', lang: 'en', density: 'compact' },
] as const;
type Look = (typeof LOOKS)[number];
const nameOf = (look: Look) => `${look.theme}-${look.lang}-${look.density}`;

async function openGallery(page: Page, look: Look): Promise<void> {
  await page.goto(`/design?${new URLSearchParams(look)}`, { waitUntil: 'networkidle' });
  await expect(page.locator('html')).toHaveAttribute('data-density', look.density);
  await page.evaluate(() => document.fonts.ready);
  // What stays at the edges of the window would stand in the pictures of what scrolls under it.
  await page.addStyleTag({ content: 'header.sticky, nav.sticky { display: none !important }' });
}

/** How long ago something was: it goes with the clock. */
const clocks = (page: Page) => [page.locator('[data-clock]')];

/** One picture of what has come to rest, against the one that was kept. */
async function expectPicture(page: Page, what: Locator, name: string): Promise<void> {
  const picture = await what.screenshot({
    animations: 'disabled',
    caret: 'hide',
    mask: clocks(page),
    maskColor: '#808080',
  });
  expect.soft(picture, `${name}: ${RENEW}`).toMatchSnapshot(`${name}.png`, tolerance);
}

for (const look of LOOKS) {
  test(`every piece looks as it was approved: ${nameOf(look)}`, async ({ page }) => {
    await openGallery(page, look);
    const shown = await page.locator('main section[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(shown).toEqual(SECTIONS);
    for (const id of SECTIONS) await expectPicture(page, page.locator(`#${id}`), `${id}-${nameOf(look)}`);
  });
}

/** Puts all that takes a hand or the keyboard in a section into a state, as the tools of the browser do. */
async function force(session: CDPSession, id: string, states: string[]): Promise<void> {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: ['button', 'a[href]', 'input', 'textarea', 'summary', 'label', 'tr', '[role=button]', '[tabindex]']
      .map((one) => `#${id} ${one}`)
      .join(),
  });
  for (const nodeId of nodeIds) {
    await session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: states });
  }
}

const STATES = { hover: ['hover'], focus: ['focus', 'focus-visible'] };

for (const look of [LOOKS[0]]) {
  for (const [state, pseudo] of Object.entries(STATES)) {
    test(`every piece under ${state} looks as it was approved: ${nameOf(look)}`, async ({ page }) => {
      await openGallery(page, look);
      const session = await page.context().newCDPSession(page);
      await session.send('DOM.enable');
      await session.send('CSS.enable');
      for (const id of ['buttons', 'choices', 'sums']) {
        await force(session, id, pseudo);
        await expectPicture(page, page.locator(`#${id}`), `${id}-${state}-${nameOf(look)}`);
      }
    });
  }
}

const OVERLAYS = [
  { name: 'dialog', button: { vi: 'Mở hộp thoại', en: 'Open dialog' } },
  { name: 'confirm', button: { vi: 'Hoàn tiền…', en: 'Refund…' } },
] as const;

for (const look of [LOOKS[0], LOOKS[3]]) {
  test(`what opens over a page looks as it was approved: ${nameOf(look)}`, async ({ page }) => {
    await openGallery(page, look);
    for (const { name, button } of OVERLAYS) {
      await page.locator('#overlays').getByRole('button', { name: button[look.lang] }).click();
      const dialog = page.getByRole(name === 'confirm' ? 'alertdialog' : 'dialog');
      await expect(dialog).toBeVisible();
      await expectPicture(page, dialog, `${name}-${nameOf(look)}`);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }
  });
}
