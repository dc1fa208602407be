import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { readPdf } from './paper/read-pdf';
import { sampleReceipt, sampleStatement } from './paper/sample-views';
import { closePdfPool, PdfQueueFull, renderPdf } from './render';
import type { StatementView } from './statement/view-model';

afterAll(closePdfPool);

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a statement', () => {
  it.each(['vi', 'en'] as const)('has every figure as text that can be copied, in %s', async (language) => {
    const view = sampleStatement(30);
    const pdf = readPdf(await renderPdf('statement', language, view));
    const amount = (value: string) => BigInt(value).toLocaleString(language === 'vi' ? 'de-DE' : 'en-US');
    for (const value of [view.sums.base, view.sums.commission, view.sums.payable])
      expect(pdf.lines).toContain(amount(value));
    for (const line of view.days.flatMap((day) => day.orders).flatMap((order) => order.lines)) {
      expect(pdf.lines).toContain(amount(line.base));
      expect(pdf.lines).toContain(amount(line.commission));
    }
    expect(pdf.text).toContain(language === 'vi' ? 'Bảng kê hoa hồng giới thiệu' : 'Referral commission statement');
    expect(pdf.text).toContain('BS.CKII Nguyễn Hữu Nghĩa');
    expect(pdf.text).toContain('Lê Đức Ỷ');
    expect(pdf.text).toContain(view.seal?.hash);
    expect(pdf.pages).toBe(3);
    expect(pdf.lines).toContain(language === 'vi' ? 'Trang 3/3' : 'Page 3 of 3');
  });

  it('uses embedded fonts alone, and they have every Vietnamese letter', async () => {
    const letters = [...'aăâeêioôơuưy'].flatMap((vowel) =>
      ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (vowel + tone).normalize('NFC')),
    );
    const alphabet = [...letters, 'đ'].flatMap((letter) => [letter, letter.toUpperCase()]).join('');
    const view = sampleStatement(1);
    const spelled: StatementView = { ...view, doctor: { ...view.doctor, name: alphabet.slice(0, 28), plan: null } };
    const days = view.days.map((day) => ({
      ...day,
      orders: day.orders.map((order) => ({
        ...order,
        lines: order.lines.map((line) => ({ ...line, name: { vi: alphabet, en: alphabet } })),
      })),
    }));
    const pdf = readPdf(await renderPdf('statement', 'vi', { ...spelled, days }));
    expect(pdf.missingGlyphs).toBe(false);
    expect(pdf.text.replaceAll('\n', '')).toContain(alphabet);
    expect(pdf.fonts.sort()).toEqual(['BeVietnamPro-Medium', 'BeVietnamPro-Regular', 'BeVietnamPro-SemiBold']);
    expect(pdf.embedded.sort()).toEqual(pdf.fonts);
  });

  it('is the same to the byte for the same snapshot, whichever process renders it', async () => {
    const view = sampleStatement(40);
    const copies = await Promise.all(Array.from({ length: 6 }, () => renderPdf('statement', 'vi', view)));
    expect(new Set(copies.map(hash)).size).toBe(1);
    expect(hash(await renderPdf('statement', 'vi', { ...view, issuedAt: '2026-11-03T00:00:00.000Z' }))).not.toBe(
      hash(copies[0] ?? Buffer.alloc(0)),
    );
  });

  it('marks a draft, an empty month and a continued page', async () => {
    const view = sampleStatement(0);
    const draft: StatementView = { ...view, seal: null, statement: { ...view.statement, state: 'draft' } };
    const pdf = readPdf(await renderPdf('statement', 'vi', draft));
    expect(pdf.text).toContain('Bản nháp, chưa có giá trị thanh toán');
    expect(pdf.text).toContain('Không phát sinh dịch vụ nào trong kỳ.');
    expect(pdf.text).not.toContain('niêm phong');
    const long = readPdf(await renderPdf('statement', 'en', { ...sampleStatement(640), seal: null }));
    expect(long.text).toContain('(continued)');
    expect(long.lines.filter((line) => line === 'Calculation')).toHaveLength(long.pages);
  });
});

describe('a receipt', () => {
  it('of a test with a Greek letter in its name has no empty box for it', async () => {
    const name = { vi: 'Định lượng β-hCG', en: 'β-hCG, quantitative' };
    const [line] = sampleReceipt.lines;
    const view = { ...sampleReceipt, lines: line ? [{ ...line, name }] : [] };
    const pdf = readPdf(await renderPdf('receipt', 'vi', view));
    expect(pdf.missingGlyphs).toBe(false);
    expect(pdf.text).toContain('beta-hCG');
  });

  it.each(['vi', 'en'] as const)('fits one strip of 80 mm, in %s', async (language) => {
    const bytes = await renderPdf('receipt', language, sampleReceipt);
    const pdf = readPdf(bytes);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(bytes.toString('latin1')) ?? [];
    expect(Number(width)).toBeCloseTo(226.77, 1);
    expect(Number(height)).toBeGreaterThan(400);
    expect(pdf.pages).toBe(1);
    expect(pdf.missingGlyphs).toBe(false);
    expect(pdf.embedded.sort()).toEqual(pdf.fonts.sort());
    for (const text of ['HN1-261031-0042', 'Nguyễn Thị Hồng Nhung', language === 'vi' ? '1.215.000' : '1,215,000']) {
      expect(pdf.lines).toContain(text);
    }
    expect(pdf.text).toContain(language === 'vi' ? 'Cảm ơn quý khách' : 'Thank you');
  });

  it('says discount, change, what is due, tax and reprints only where there are any', async () => {
    const full = readPdf(
      await renderPdf('receipt', 'vi', {
        ...sampleReceipt,
        due: '5000',
        copy: 2,
        vat: { kind: 'included', rate: '8', amount: '90000' },
      }),
    );
    for (const text of ['Giảm giá', 'Tiền trả lại', 'Còn phải thu', 'Đã gồm thuế GTGT 8\u00a0%', 'Bản in lại lần 2'])
      expect(full.text).toContain(text);
    const plain = {
      ...sampleReceipt,
      totals: { ...sampleReceipt.totals, discount: '0' },
      change: '0',
      qr: null,
      vat: null,
    };
    const bare = readPdf(await renderPdf('receipt', 'vi', plain));
    for (const text of ['Giảm giá', 'Tiền trả lại', 'Còn phải thu', 'GTGT', 'Bản in lại'])
      expect(bare.text).not.toContain(text);
  });
});

describe('renderPdf', () => {
  it('refuses an incomplete snapshot before any work', async () => {
    const broken = { ...sampleReceipt, change: '1.5' };
    await expect(renderPdf('receipt', 'vi', broken)).rejects.toMatchObject({ name: 'ZodError' });
  });

  it('refuses more than its queue holds, and renders the rest', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 120 }, () => renderPdf('receipt', 'vi', sampleReceipt)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((outcome) => outcome.reason instanceof PdfQueueFull)).toBe(true);
    expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(64);
  });
});
