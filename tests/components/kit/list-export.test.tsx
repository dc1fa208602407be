import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { onScreen } from '../on-screen';
import { choose, expectText } from '../press';
import { answers, Doctors } from './doctors-list';

describe('a list as a file (ExportMenu, keepFile)', () => {
  const file = () =>
    new Response('a,b\r\n', {
      headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('Bác sĩ.xlsx')}` },
    });
  const exporting = (answer: () => Response | Promise<Response>) => {
    answers();
    const procedures = globalThis.fetch;
    const exports: string[] = [];
    globalThis.fetch = vi.fn(async (target: RequestInfo | URL, init?: RequestInit) => {
      const url = new URL(String(target), location.href);
      if (!url.pathname.endsWith('/export')) return procedures(target, init);
      exports.push(url.search);
      return answer();
    });
    return exports;
  };

  it('is as it is filtered, sorted and arranged; or its selected rows alone', async () => {
    const exports = exporting(file);
    const screen = await onScreen(<Doctors />, { address: '/?q=mai&sort=-name' });
    const address = 'format=xlsx&columns=name%2Ccode&search=mai&sort=-name';
    const kept = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await screen.getByRole('button', { name: 'Xuất' }).click();
    const xlsx = page.getByRole('menuitem', { name: 'Excel (XLSX)' });
    await xlsx.click();
    await expect.poll(() => exports).toEqual([`?${address}`]);
    await expect.poll(() => (kept.mock.contexts[0] as HTMLAnchorElement | undefined)?.download).toBe('Bác sĩ.xlsx');
    await choose(screen.getByRole('checkbox', { name: 'Chọn Bác sĩ 2' }));
    await screen.getByRole('button', { name: 'Xuất dòng đã chọn' }).click();
    await xlsx.click();
    await expect.poll(() => exports.at(-1)).toBe(`?${address}&only=id-2`);
    kept.mockRestore();
  });

  it('that takes long is counted in the frame and can be left; a refusal is a sentence', async () => {
    let send: (piece: string | null) => void = () => {};
    const slow = new ReadableStream<Uint8Array>({
      start: (way) => {
        send = (piece) => (piece === null ? way.close() : way.enqueue(new TextEncoder().encode(piece)));
      },
    });
    const kept = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const turns = [() => new Response(slow), () => Response.json({ reason: 'not_permitted' }, { status: 403 })];
    exporting(() => turns.shift()?.() ?? file());
    const screen = await onScreen(<Doctors />);
    await screen.getByRole('button', { name: 'Xuất' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    send('x'.repeat(3 * 1024));
    await expectText(screen.getByRole('progressbar', { name: 'Đang xuất Bác sĩ (KB)' }), /3$/);
    await screen.rerender(<p>Trang khác</p>);
    await expect.element(screen.getByText(/giữ thẻ trình duyệt này mở/)).toBeVisible();
    send(null);
    await expect.element(screen.getByRole('progressbar')).not.toBeInTheDocument();
    expect(kept).toHaveBeenCalledOnce();
    await screen.rerender(<Doctors />);
    await screen.getByRole('button', { name: 'Xuất' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    await expect.element(screen.getByText('Vai trò của bạn không được phép làm việc này.')).toBeVisible();
    kept.mockRestore();
  });

  it('that is very long is not held whole by the page', async () => {
    const MEGABYTE = 1024 * 1024;
    let left = 40;
    const long = new ReadableStream<Uint8Array>({
      pull: (way) => {
        left -= 1;
        if (left < 0) way.close();
        else way.enqueue(new Uint8Array(MEGABYTE));
      },
    });
    const parts: Blob[] = [];
    const whole = vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      parts.push(file as Blob);
      return 'blob:x';
    });
    const kept = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    let most = 0;
    const Real = globalThis.Blob;
    vi.stubGlobal(
      'Blob',
      class extends Real {
        constructor(some: BlobPart[] = []) {
          super(some);
          most = Math.max(
            most,
            some.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.byteLength : 0), 0),
          );
        }
      },
    );
    exporting(() => new Response(long));
    const screen = await onScreen(<Doctors />);
    await screen.getByRole('button', { name: 'Xuất' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    await expect.poll(() => kept.mock.calls.length).toBe(1);
    expect([parts[0]?.size, most]).toEqual([40 * MEGABYTE, 8 * MEGABYTE]);
    vi.unstubAllGlobals();
    for (const spy of [whole, kept]) spy.mockRestore();
  });

  it('on paper it is a page of its own that asks for the printer', async () => {
    answers();
    const opened = Object.assign(new EventTarget(), { print: vi.fn<() => void>() });
    const open = vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window);
    const screen = await onScreen(<Doctors />);
    await screen.getByRole('button', { name: 'Xuất' }).click();
    await page.getByRole('menuitem', { name: 'In' }).click();
    expect(open.mock.calls).toEqual([['/api/lists/doctors/export?format=html&columns=name%2Ccode', '_blank']]);
    opened.dispatchEvent(new Event('load'));
    expect(opened.print).toHaveBeenCalledOnce();
  });
});
