import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { receiptAddress } from '@/components/till/sold-panel';
import { useCatalogue } from '@/components/till/use-catalogue';
import { hookOnScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { Refusal, refuses, sentTo, serverAnswers } from '../server-answers';
import { services, sold, tillAtWork } from './till-at-work';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

/** What a scanner does: signs faster than any hand, then Enter. */
function scan(code: string, target: EventTarget = document.activeElement ?? document.body) {
  const box = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
  const began = performance.now();
  for (const [at, key] of [...code, 'Enter'].entries()) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    // A scanner's pace, however slow the browser draws between.
    Object.defineProperty(event, 'timeStamp', { value: began + at * 10 });
    if (target.dispatchEvent(event) && box && key !== 'Enter') document.execCommand('insertText', false, key);
  }
}

const release = () => (document.activeElement as HTMLElement).blur();

describe('keys of the till (useTillKeys, useTillCommands)', () => {
  it('F2 and F3 go to their boxes, a letter typed anywhere begins a search', async () => {
    const { screen, search } = await tillAtWork();
    await userEvent.keyboard('{F2}');
    const patient = screen.getByRole('combobox', { name: 'Bệnh nhân' });
    await expectFocus(patient);
    await userEvent.keyboard('{F3}');
    await expectFocus(search);
    release();
    await userEvent.keyboard('g');
    await expect.element(search).toHaveValue('g');
  });

  it('F2 frees a chosen patient for another, ready to be typed', async () => {
    const { screen, patient } = await tillAtWork();
    await patient();
    await expect.element(screen.getByText('Nữ, 36 tuổi (1990)')).toBeVisible();
    await userEvent.keyboard('{F2}');
    await expectFocus(screen.getByRole('combobox', { name: 'Bệnh nhân' }));
  });

  it('arrows move along the lines, Delete takes the chosen one, and in a box neither does', async () => {
    const { screen, add, lines } = await tillAtWork();
    for (const code of ['CBC', 'GLU', 'GLU2']) await add(code);
    const chosen = () => document.querySelector('[aria-current="true"]')?.getAttribute('aria-label');
    await expect.poll(chosen).toBe('Chọn dòng Đường huyết sau ăn');
    release();
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(chosen).toBe('Chọn dòng Đường huyết');
    await screen.getByRole('textbox', { name: 'Ghi chú' }).click();
    await userEvent.keyboard('{Delete}{ArrowUp}');
    expect(lines()).toHaveLength(3);
    release();
    await userEvent.keyboard('{Delete}');
    await expect.poll(lines).toEqual(['Chọn dòng Công thức máu', 'Chọn dòng Đường huyết sau ăn']);
    // In the empty search both do, for that is where one is.
    await userEvent.keyboard('{F3}{Delete}');
    await expect.poll(lines).toHaveLength(1);
  });

  it('the key of all keys works from every box, but for a note that is being written; their dialog is left by Enter', async () => {
    const { screen } = await tillAtWork();
    const keys = screen.getByRole('dialog', { name: 'Phím tắt' });
    for (const key of ['{F2}', '{F3}']) {
      await userEvent.keyboard(`${key}?`);
      await expect.element(keys).toBeVisible();
      await userEvent.keyboard('{Enter}');
      await expect.element(keys).not.toBeInTheDocument();
    }
    const note = screen.getByRole('textbox', { name: 'Ghi chú' });
    await note.click();
    await userEvent.keyboard('đói?');
    await expect.element(note).toHaveValue('đói?');
    expect(keys.elements()).toEqual([]);
  });

  it('F4 asks for a discount, F8 for held sales (HeldDialog), ? for the keys (KeysDialog); none of them in a dialog', async () => {
    const { screen, add } = await tillAtWork();
    await userEvent.keyboard('{F4}');
    expect(screen.getByRole('dialog').elements()).toHaveLength(0);
    await add('CBC');
    await userEvent.keyboard('{F4}');
    await expect.element(screen.getByRole('dialog', { name: 'Giảm giá' })).toBeVisible();
    await userEvent.keyboard('{F8}');
    expect(screen.getByRole('dialog', { name: 'Đơn đang giữ' }).elements()).toHaveLength(0);
    await screen.getByRole('textbox', { name: 'Phần trăm' }).fill('10');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByTestId('total'), '108.000');
    release();
    await userEvent.keyboard('{F8}');
    await expect.element(screen.getByText('Không giữ đơn nào')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => screen.getByRole('dialog').elements()).toHaveLength(0);
    release();
    await userEvent.keyboard('?');
    await expect.element(screen.getByRole('dialog', { name: 'Phím tắt' })).toBeVisible();
  });

  it('F10 prints what was just sold, and says so where nothing was', async () => {
    const { screen, add, patient, open } = await tillAtWork();
    await userEvent.keyboard('{F10}');
    await expect.element(screen.getByText('Chưa có đơn nào vừa thu để in.')).toBeVisible();
    expect(open).not.toHaveBeenCalled();
    await patient();
    await add('CBC');
    await userEvent.keyboard('{F9}{F9}');
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    await userEvent.keyboard('{F10}');
    expect(open).toHaveBeenCalledExactlyOnceWith(receiptAddress(sold().orderId), '_blank', 'noopener');
    expect(receiptAddress('7', 'en')).toBe('/orders/7/receipt?language=en');
  });

  it('after a sale Enter begins the next one at its patient; nothing of the old one is left', async () => {
    const { screen, add, patient, lines } = await tillAtWork();
    await patient();
    await add('CBC');
    await userEvent.keyboard('{F9}{F9}');
    const panel = screen.getByRole('region', { name: 'Đơn vừa thu' });
    await expectFocus(panel);
    await userEvent.keyboard('{Delete}{Enter}');
    await expect.element(panel).not.toBeInTheDocument();
    await expectFocus(screen.getByRole('combobox', { name: 'Bệnh nhân' }));
    expect(lines()).toEqual([]);
  });

  it('a key that is held down acts once, and a note keeps its Enter', async () => {
    const { screen, sent, add, patient } = await tillAtWork();
    await patient();
    await add('CBC');
    await userEvent.keyboard('{F9}');
    const press = (repeat: boolean, key = 'F9') =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, repeat, bubbles: true, cancelable: true }),
      );
    for (let times = 0; times < 4; times += 1) press(true);
    expect(sentTo(sent, 'orders.createPaid')).toHaveLength(0);
    await screen.getByRole('textbox', { name: 'Ghi chú' }).click();
    expect(press(true, 'Enter')).toBe(true);
    release();
    expect(press(true, 'Enter')).toBe(false);
  });
});

describe('a scanner', () => {
  it('is heard in any box, and what it typed there is taken out again', async () => {
    const { screen, lines } = await tillAtWork();
    const note = screen.getByRole('textbox', { name: 'Ghi chú' });
    await note.fill('nhịn ăn ');
    (note.element() as HTMLElement).focus();
    scan('GLU2');
    await expect.poll(lines).toEqual(['Chọn dòng Đường huyết sau ăn']);
    await expect.element(note).toHaveValue('nhịn ăn ');
  });

  it('reads a code without regard to capitals; of an unknown one it says so and changes nothing', async () => {
    const { screen, lines } = await tillAtWork();
    scan('glu2', document.body);
    await expect.poll(lines).toHaveLength(1);
    scan('99887766', document.body);
    await expect.element(screen.getByText(/Không có dịch vụ nào mang mã 99887766/)).toBeVisible();
    expect(lines()).toHaveLength(1);
  });

  it('over what was just sold begins the next sale', async () => {
    const { screen, add, patient, lines } = await tillAtWork();
    await patient();
    await add('CBC');
    await userEvent.keyboard('{F9}{F9}');
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    scan('GLU2', document.body);
    await expect.poll(lines).toEqual(['Chọn dòng Đường huyết sau ăn']);
    expect(screen.getByTestId('order-number').elements()).toHaveLength(0);
  });
});

describe('the catalogue (useCatalogue)', () => {
  it('ranks the code itself, then what begins with it, then names, then words anywhere, without accents', async () => {
    serverAnswers({ 'till.sellable': () => services });
    const { result } = await hookOnScreen(() => useCatalogue(null));
    await expect.poll(() => result.current.loading).toBe(false);
    const codes = (query: string) => result.current.find(query).map(({ code }) => code);
    expect(codes('glu')).toEqual(['GLU', 'GLU2']);
    expect(codes('duong')).toEqual(['GLU', 'GLU2']);
    expect(codes('an duong')).toEqual(['GLU2']);
    expect(codes('khong co')).toEqual([]);
    expect(codes('  ')).toEqual([]);
    expect(result.current.byCode.get('CBC')?.price).toBe(120_000n);
  });

  it('names services in the reader’s language, and says of prices that cannot be read that they cannot', async () => {
    serverAnswers({ 'till.sellable': () => services });
    const english = await hookOnScreen(() => useCatalogue(null), { locale: 'en' });
    expect(english.result.current.nameOf({ nameVi: 'Máu', nameEn: 'Blood' })).toBe('Blood');
    await english.unmount();
    const { screen, search } = await tillAtWork({ 'till.sellable': refuses('not_permitted', {}, 403) });
    await expect.element(screen.getByText('Chưa tải được bảng giá')).toBeVisible();
    await search.fill('glu');
    await expect.element(screen.getByText('Không có dịch vụ nào khớp với “glu”.')).toBeVisible();
  });

  it('a patient’s search that failed says so and does not offer to register them', async () => {
    const find = () => {
      throw new Refusal('reads_busy', 429);
    };
    const { screen } = await tillAtWork({ 'patients.find': find });
    await screen.getByRole('combobox', { name: 'Bệnh nhân' }).fill('mai');
    await expect.element(screen.getByText(/Bạn đang mở quá nhiều thứ cùng lúc/)).toBeVisible();
    expect(screen.getByRole('option').elements()).toHaveLength(0);
  });
});
