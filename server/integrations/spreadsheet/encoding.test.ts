import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText as decodePieces, detectEncoding } from './encoding';
import { SheetError } from './port';

const decodeText = (bytes: Buffer) => [...decodePieces(bytes, detectEncoding(bytes))].join('');

const vietnamese = 'Họ tên;Ghi chú\nNguyễn Thị Hồng Nhung;Khám định kỳ lần 2\nĐỗ Mỹ Duyên;Lấy mẫu tại nhà\n';

/** Windows-1258 holds the tones as marks after the vowel; iconv-lite encodes them only when they are apart. */
const decomposed = (text: string) =>
  text.normalize('NFD').replace(/([aAeEoO])\u0302|([aA])\u0306|([oOuU])\u031b/g, (pair) => pair.normalize('NFC'));

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(vietnamese)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(vietnamese)])],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${vietnamese}`, 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from(`\ufeff${vietnamese}`, 'utf16le').swap16()],
    ['UTF-16 LE without a mark', Buffer.from(vietnamese, 'utf16le')],
    ['Windows-1258', iconv.encode(decomposed(vietnamese.replaceAll('Đ', 'Đ')), 'windows-1258')],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(vietnamese);
  });

  it('does not take Western text for Vietnamese', () => {
    const western = 'Prénom;Città\nÀ bientôt;Perché no, così è però\n';
    expect(decodeText(iconv.encode(western, 'windows-1252'))).toBe(western);
  });

  it('names the line of a broken byte instead of garbling the whole file', () => {
    const bytes = Buffer.from(vietnamese);
    const spoilt = Buffer.concat([bytes.subarray(0, 40), Buffer.from([0xff]), bytes.subarray(40)]);
    expect(() => decodeText(spoilt)).toThrow(
      expect.objectContaining({ name: 'SheetError', code: 'unsupported_encoding', place: 'line 2' }),
    );
  });

  it('refuses UTF-32 and an odd UTF-16', () => {
    expect(() => decodeText(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).toThrow(SheetError);
    expect(() => decodeText(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toThrow(SheetError);
  });
});
