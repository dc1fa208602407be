import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { type Box, cut, fewColours, readDots } from './support/few-colours';

const { executablePath, args, env } = await findChromium();

// Letters are drawn the same on every machine: no hints of its fonts, no subpixels of its screen, one profile of colours.
const alike = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'];
/** Three quarters of the size: as telling, and half the bytes. */
const SCALE = 0.75;

test.use({
  launchOptions: { executablePath, args: [...args, ...alike], env, chromiumSandbox: false },
  viewport: { width: 1000, height: 1000 },
  deviceScaleFactor: SCALE,
  contextOptions: { reducedMotion: 'reduce' },
});

test.describe.configure({ timeout: 300_000 });

/** The browser that drew the pictures: the same one draws them again dot by dot, another one has its own way with edges of letters. */
const FOLDER = 'tests/e2e/pictures';
const DRAWN_BY = `${FOLDER}/browser.txt`;
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

/** What takes a hand or the keyboard: its states are pictures of their own. */
const HANDLED = SECTIONS.filter((id) => id !== 'colour' && id !== 'type');

const LANGUAGES = ['vi', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const DENSITIES = ['compact', 'regular', 'relaxed'] as const;
type Look = { theme: (typeof THEMES)[number]; density: (typeof DENSITIES)[number] };
const LOOKS: Look[] = THEMES.flatMap((theme) => DENSITIES.map((density) => ({ theme, density })));

/**
 * What stays at the edges of the window would stand in the pictures of what scrolls under it. Nothing moves: another theme lets
 * every colour of the page pass into the next, each in the arms of its parent's.
 */
const STILL = `
  header.sticky, nav.sticky { display: none !important }
  *, ::before, ::after { transition: none !important; animation: none !important }`;

async function openGallery(page: Page, lang: string): Promise<void> {
  await page.goto(`/design?${new URLSearchParams({ lang, theme: 'light', density: 'regular' })}`, {
    waitUntil: 'networkidle',
  });
  await expect(page.locator('html')).toHaveAttribute('data-density', 'regular');
  await page.evaluate(() => document.fonts.ready);
  await page.addStyleTag({ content: STILL });
}

/** The page that stands takes on another look, as by the switches of its bar. */
async function dress(page: Page, { theme, density }: Look): Promise<void> {
  await page.evaluate(
    ([name, room]) =>
      new Promise<void>((done) => {
        Object.assign(document.documentElement.dataset, { theme: name, density: room });
        requestAnimationFrame(() => requestAnimationFrame(() => done()));
      }),
    [theme, density] as const,
  );
}

/** How what is shown is kept: a picture that is the same to the byte needs no second look. */
function expectPicture(png: Buffer, name: string): void {
  const file = `${FOLDER}/${name}.png`;
  if (existsSync(file) && readFileSync(file).equals(png)) return;
  expect.soft(png, `${name}: ${RENEW}`).toMatchSnapshot(`${name}.png`, tolerance);
}

/** How long ago something was: it goes with the clock. */
const masked = (page: Page) => ({
  caret: 'hide' as const,
  maskColor: '#808080',
  mask: [page.locator('[data-clock]')],
});

/** Whether a picture is the one that is kept; made new it always is. */
function isKept(png: Buffer, name: string): boolean {
  try {
    const file = `${FOLDER}/${name}.png`;
    if (!existsSync(file) || !readFileSync(file).equals(png)) expect(png).toMatchSnapshot(`${name}.png`, tolerance);
    return true;
  } catch {
    return false;
  }
}

/** One picture of the whole page, cut into its sections. */
async function sectionsOf(page: Page): Promise<Map<string, Buffer>> {
  const boxes = await page.locator('main section[id]').evaluateAll((all) =>
    all.map((one) => {
      // Each begins on a whole dot, whatever stands above it: what changes in one is seen in its own picture alone.
      if (one instanceof HTMLElement) {
        one.style.marginTop = '';
        one.style.marginTop = `${4 - ((one.getBoundingClientRect().y + scrollY) % 4)}px`;
      }
      const { x, y, width, height } = one.getBoundingClientRect();
      return [one.id, { x: x + scrollX, y: y + scrollY, width, height }] as const;
    }),
  );
  const whole = readDots(await page.screenshot({ ...masked(page), fullPage: true }));
  return new Map(boxes.map(([id, box]) => [id, fewColours(cut(whole, scaled(box)))]));
}

/** A busy browser draws the edges of letters a fraction of a dot aside now and then: what differs is drawn again before it counts. */
async function expectSections(page: Page, ids: readonly string[], nameOf: (id: string) => string): Promise<void> {
  const first = await sectionsOf(page);
  const differ = ids.filter((id) => !isKept(first.get(id) ?? Buffer.alloc(0), nameOf(id)));
  if (differ.length === 0) return;
  await page.setViewportSize({ width: 1000, height: 1001 });
  await page.setViewportSize({ width: 1000, height: 1000 });
  const again = await sectionsOf(page);
  for (const id of differ) expectPicture(again.get(id) ?? Buffer.alloc(0), nameOf(id));
}

const scaled = ({ x, y, width, height }: Box): Box => ({
  x: x * SCALE,
  y: y * SCALE,
  width: width * SCALE,
  height: height * SCALE,
});

for (const lang of LANGUAGES) {
  test(`every piece looks as it was approved, in both themes and all densities: ${lang}`, async ({ page }) => {
    await openGallery(page, lang);
    expect(await page.locator('main section[id]').evaluateAll((all) => all.map(({ id }) => id))).toEqual(SECTIONS);
    for (const look of LOOKS) {
      await dress(page, look);
      await expectSections(page, SECTIONS, (id) => `${id}-${look.theme}-${lang}-${look.density}`);
    }
  });
}

/** Puts all that takes a hand or the keyboard into a state, as the tools of the browser do. */
async function force(session: CDPSession, states: string[]): Promise<void> {
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: ['button', 'a[href]', 'input', 'textarea', 'summary', 'label', 'tr', '[role=button]', '[tabindex]']
      .map((one) => `main section ${one}`)
      .join(),
  });
  await Promise.all(
    nodeIds.map((nodeId) => session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: states })),
  );
}

const STATES = { hover: ['hover'], focus: ['focus', 'focus-visible'] };

test('every piece under a hand and with the focus looks as it was approved, in both themes', async ({ page }) => {
  await openGallery(page, 'vi');
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  for (const [state, pseudo] of Object.entries(STATES)) {
    await force(session, pseudo);
    for (const theme of THEMES) {
      await dress(page, { theme, density: 'regular' });
      await expectSections(page, HANDLED, (id) => `${id}-${state}-${theme}`);
    }
  }
});

type Opened = { by: string; as: string };

/** What opens over a page: the button that opens it, and what then stands there. */
const OVERLAYS: Record<string, Opened> = {
  dialog: { by: '#overlays button >> nth=0', as: '[role=dialog]' },
  confirm: { by: '#overlays button >> nth=1', as: '[role=alertdialog]' },
  panel: { by: '#overlays button >> nth=2', as: '[data-beside]' },
  'panel-place': { by: '#overlays button >> nth=3', as: '[data-beside]' },
  popover: { by: '#overlays button >> nth=4', as: '[role=dialog]' },
  menu: { by: '#overlays button >> nth=5', as: '[role=menu]' },
  select: { by: '#choices button[aria-haspopup=listbox] >> nth=0', as: '[role=listbox]' },
  'combo-box': { by: '#choices input[role=combobox] >> nth=1', as: '[role=listbox]' },
  calendar: { by: '#fields button:has(.lucide-calendar-days) >> nth=0', as: '[role=dialog]:has([role=grid])' },
  'choice-filter': { by: '#table search [aria-haspopup=listbox]', as: '[role=listbox]' },
  'days-filter': { by: '#table search [aria-haspopup=dialog] >> nth=0', as: '[role=dialog]:has(input)' },
  'column-chooser': { by: '#table [aria-haspopup=dialog] >> nth=-1', as: '[role=dialog]:has(input)' },
  export: { by: '#lists [aria-haspopup=menu] >> nth=0', as: '[role=menu]' },
};

/** Each theme with each language, and each density: a box is made of pieces that are pictures in all of them. */
const OPENED_IN: Record<(typeof LANGUAGES)[number], Look[]> = {
  vi: [
    { theme: 'light', density: 'regular' },
    { theme: 'dark', density: 'compact' },
  ],
  en: [
    { theme: 'light', density: 'relaxed' },
    { theme: 'dark', density: 'regular' },
  ],
};

test.describe('what opens over a page', () => {
  // Wide enough for a panel to stand beside.
  test.use({ viewport: { width: 1040, height: 640 } });

  for (const lang of LANGUAGES) {
    test(`looks as it was approved, in both themes: ${lang}`, async ({ page }) => {
      await openGallery(page, lang);
      for (const [name, { by, as }] of Object.entries(OVERLAYS)) {
        await page.locator(by).click();
        const opened = page.locator(as).last();
        await expect(opened).toBeVisible();
        for (const look of OPENED_IN[lang]) {
          await dress(page, look);
          const picture = await opened.screenshot(masked(page));
          expectPicture(fewColours(readDots(picture)), `${name}-${look.theme}-${lang}-${look.density}`);
        }
        await page.keyboard.press('Escape');
        // It waits for its panel, and goes with it: no key is its own.
        if (name === 'panel-place') await page.locator(by).click();
        await expect(page.locator(as)).toHaveCount(0);
      }
    });
  }
});
