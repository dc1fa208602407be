import { Calculator } from 'lucide-react';
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { PageHeader } from '@/components/frame/page-header';
import { StatusBadge } from '@/components/ui/badge';
import { Code } from '@/components/ui/code';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { MainFigure } from '@/components/ui/main-figure';
import { Money } from '@/components/ui/money';
import { SidePanel } from '@/components/ui/side-panel';
import { StatTile } from '@/components/ui/stat-tile';
import { onScreen } from '../on-screen';

const sizeOf = (element: Element) => getComputedStyle(element).fontSize;
const figuresOf = (element: Element) => getComputedStyle(element).fontVariantNumeric;
const rectOf = (element: Element) => element.getBoundingClientRect();

it('the title of a page is 28, the figure of a tile 16', async () => {
  const screen = await onScreen(
    <>
      <PageHeader title="Bảng kê" />
      <StatTile label="Đơn" value="1.111" />
    </>,
  );
  expect(sizeOf(screen.getByRole('heading', { name: 'Bảng kê' }).element())).toBe('28px');
  expect(sizeOf(screen.getByText('1.111').element())).toBe('16px');
});

/** The widest white between the inks of a text, as a part of its size: what tears a number apart. */
async function widestGap(element: Element): Promise<number> {
  const base64 = await page.elementLocator(element).screenshot({ base64: true, save: false });
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const inked = Array.from({ length: image.width }, (_, x) =>
    Array.from({ length: image.height }, (__, y) => data[(y * image.width + x) * 4] ?? 255).some(
      (shade) => shade < 128,
    ),
  );
  const text = inked.slice(inked.indexOf(true), inked.lastIndexOf(true)).map((ink) => (ink ? 'x' : ' '));
  const gaps = text
    .join('')
    .split('x')
    .map((white) => white.length);
  return Math.max(...gaps) / (Number.parseFloat(sizeOf(element)) * devicePixelRatio);
}

it('figures of one width do not tear apart at the figure 1', async () => {
  const face = await new FontFace(
    'Portal',
    `url(${new URL('../../../app/fonts/be-vietnam-pro-400.woff2', import.meta.url)})`,
  ).load();
  document.fonts.add(face);
  const look = { fontFamily: 'Portal', fontSize: 100, lineHeight: '120px', background: '#fff', color: '#000' };
  const screen = await onScreen(
    <ul>
      <li>
        <span style={look}>111111</span>
      </li>
      <li>
        <span style={look}>111888</span>
      </li>
      <li>
        <span style={look}>000888</span>
      </li>
    </ul>,
  );
  const [ones, mixed, round] = ['111111', '111888', '000888'].map((text) => screen.getByText(text).element());
  if (!ones || !mixed || !round) throw new Error('no figures');
  expect(rectOf(ones).width).toBeCloseTo(rectOf(round).width, 0);
  // Between round figures stand 7 hundredths of their size; between plain ones in cells of the width of a 4 it would be 40.
  expect(await widestGap(ones)).toBeLessThan(0.24);
  expect(await widestGap(mixed)).toBeLessThan(0.24);
});

it('figures are of one width in tables and lists; a number that stands alone keeps the family’s own', async () => {
  const screen = await onScreen(
    <>
      <p>
        <Money minor={1n} />
      </p>
      <ul>
        <li>
          <Money minor={2n} />
        </li>
      </ul>
      <dl>
        <dd>
          <Money minor={3n} />
        </dd>
      </dl>
      <table>
        <tbody>
          <tr>
            <td>
              <Money minor={4n} />
            </td>
          </tr>
        </tbody>
      </table>
    </>,
  );
  const of = (text: RegExp) => figuresOf(screen.getByText(text).element());
  expect([of(/^1/), of(/^2/), of(/^3/), of(/^4/)]).toEqual(['normal', 'tabular-nums', 'tabular-nums', 'tabular-nums']);
});

it('a code stands in the mono of the house and stays on one line; a hash breaks', async () => {
  const screen = await onScreen(
    <div style={{ width: 60 }}>
      <Code>Q3-261105-0042</Code>
      <Code breaks>{'ab12'.repeat(16)}</Code>
    </div>,
  );
  const code = screen.getByText('Q3-261105-0042').element();
  expect(getComputedStyle(code).fontFamily).toMatch(/mono/);
  expect(code.getClientRects()).toHaveLength(1);
  expect(screen.getByText(/^ab12/).element().getClientRects().length).toBeGreaterThan(3);
});

it('what matters most stands alone at 28, and on one line in its place at twice the size of text', async () => {
  const figure = (
    <div style={{ width: 300 }}>
      <MainFigure>1.284.511.111 đ</MainFigure>
    </div>
  );
  const screen = await onScreen(figure);
  const number = screen.getByText('1.284.511.111 đ').element() as HTMLElement;
  expect(sizeOf(number)).toBe('28px');
  document.documentElement.style.fontSize = '200%';
  try {
    await expect.poll(() => Number.parseFloat(sizeOf(number))).toBeGreaterThan(30);
    expect(number.getBoundingClientRect().height).toBeLessThan(2 * Number.parseFloat(sizeOf(number)));
    expect(number.scrollWidth).toBeLessThanOrEqual(300);
  } finally {
    document.documentElement.style.fontSize = '';
  }
});

const colourOf = (element: Element, name: 'color' | 'backgroundColor' = 'color') => getComputedStyle(element)[name];

it('waiting is neutral, what is sealed is the accent with a lock, and neither has a warning triangle', async () => {
  const screen = await onScreen(
    <>
      <StatusBadge tone="waiting">Chờ duyệt</StatusBadge>
      <StatusBadge tone="neutral">Nháp</StatusBadge>
      <StatusBadge tone="sealed">Đã khóa sổ</StatusBadge>
      <p className="text-accent-ink">nhấn</p>
    </>,
  );
  const badge = (text: string) => screen.getByText(text).element().parentElement as HTMLElement;
  expect(colourOf(badge('Chờ duyệt'))).toBe(colourOf(badge('Nháp')));
  expect(colourOf(badge('Đã khóa sổ'))).toBe(colourOf(screen.getByText('nhấn').element()));
  expect(badge('Đã khóa sổ').querySelector('svg.lucide-lock')).not.toBeNull();
  expect(document.querySelector('svg.lucide-triangle-alert')).toBeNull();
});

it('sealing is asked for in the accent, with a lock, not in red', async () => {
  const ask = (tone: 'seal' | 'danger') => (
    <ConfirmDialog
      open
      onClose={() => {}}
      title="?"
      consequence=""
      confirmLabel="Duyệt"
      tone={tone}
      onConfirm={() => {}}
    />
  );
  const screen = await onScreen(ask('seal'));
  const act = screen.getByRole('button', { name: 'Duyệt' });
  await expect.element(act).toBeVisible();
  expect(act.element().querySelector('svg.lucide-lock')).not.toBeNull();
  const sealing = colourOf(act.element(), 'backgroundColor');
  await screen.rerender(ask('danger'));
  await expect.poll(() => act.element().querySelector('svg.lucide-lock')).toBeNull();
  await expect.poll(() => colourOf(act.element(), 'backgroundColor')).not.toBe(sealing);
});

it('a panel beside a page reaches from the bar above to the foot of the window, and the page makes room for it', async () => {
  await page.viewport(1440, 900);
  const screen = await onScreen(
    <main className="p-4 lg:p-6">
      <p>Danh sách</p>
      <SidePanel open onClose={() => {}} title="Chi tiết">
        <Calculator />
      </SidePanel>
    </main>,
  );
  const panel = screen.getByRole('complementary').element();
  const bar = 48;
  expect(rectOf(panel)).toMatchObject({ top: bar, bottom: 900, right: 1440 });
  expect(rectOf(screen.getByText('Danh sách').element()).right).toBeLessThanOrEqual(rectOf(panel).left - 16);
});
