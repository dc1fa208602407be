import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { TextEncodingName } from '@/server/domain/encoding';
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

  it.each([
    ['Windows-1258', 1, 'line 6'],
    ['Windows-1258', 4, 'line 2'],
    ['Windows-1252', 1, 'line 6'],
  ])('names a line where rows of UTF-8 are pasted behind %s', (encoding, times, place) => {
    const name = encoding === 'Windows-1252' ? 'Lefèvre,déjà vu' : 'Nguyễn Thị Hồng,tái khám';
    const one = iconv.encode(encoding === 'Windows-1252' ? `R,Q1,${name}\n` : decomposed(`R,Q1,${name}\n`), encoding);
    const pasted = Buffer.from('R,Q1,Nguyễn Thị Hồng,tái khám\n'.repeat(times));
    const few = Buffer.concat([Buffer.from('ref,branch,name,note\n'), ...Array.from({ length: 4 }, () => one), pasted]);
    expect(() => decodeText(few)).toThrow(expect.objectContaining({ code: 'unsupported_encoding', place }));
  });

  it('refuses UTF-32 and an odd UTF-16', () => {
    expect(() => decodeText(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).toThrow(SheetError);
    expect(() => decodeText(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toThrow(SheetError);
  });
});

const head = 'external_ref,branch,patient_name,note\n';
const row = (name: string, note: string) => `R1,Q1,${name},${note}\n`;

/** People of other alphabets, as their own spreadsheets save them; one row is as much as a hundred. */
const others: [encoding: TextEncodingName | 'windows-1253' | 'windows-874', text: string][] = [
  ['shift_jis', row('田中太郎', '検査済み')],
  ['shift_jis', row('タナカ', 'メモ')],
  ['gb18030', row('王小明', '复查')],
  ['gb18030', row('李娜', '')],
  ['big5', row('陳大文', '複檢')],
  ['euc-kr', row('김철수', '재검')],
  ['koi8-r', row('Иванов Пётр', 'повторно')],
  ['windows-1251', row('Иванов Пётр', 'повторно')],
  ['windows-1251', row('Ли', 'нет')],
  ['windows-1253', row('Γιώργος', 'επανέλεγχος')],
  ['windows-874', row('สมชาย', 'ตรวจซ้ำ')],
];

describe('text of another alphabet', () => {
  it.each(others)('in %s is asked for, not garbled: %s', (encoding, text) => {
    const bytes = iconv.encode(head + text.repeat(3), encoding);
    expect(() => detectEncoding(bytes)).toThrow(expect.objectContaining({ code: 'unsupported_encoding' }));
    if (encoding !== 'windows-1253' && encoding !== 'windows-874')
      expect([...decodePieces(bytes, encoding)].join('')).toBe(head + text.repeat(3));
  });

  it('among many rows that are none is found too', () => {
    const bytes = iconv.encode(head + row('Anna', 'ok').repeat(5_000) + row('Иванов Пётр', 'повторно'), 'windows-1251');
    expect(() => detectEncoding(bytes)).toThrow(SheetError);
  });
});

describe('Western text', () => {
  it.each([
    row('Renée Lefèvre', 'déjà vérifié à l’hôpital'),
    row('Jürgen Groß', 'Prüfung „neu“'),
    row('José Núñez', '¿mañana?'),
    row('João Conceição', 'não'),
    row('Søren Ærø', 'på Fyn'),
    row('Zoë Müller', '5 € – 37,5 °C'),
    row('Anna', '©'),
  ])('is read: %s', (text) => {
    const bytes = iconv.encode(head + text.repeat(3), 'windows-1252');
    expect(detectEncoding(bytes)).toBe('windows-1252');
    expect(decodeText(bytes)).toBe(head + text.repeat(3));
  });
});

describe('UTF-16 without a mark', () => {
  it.each(['utf-16le', 'utf-16be'] as const)('is read in %s, decomposed accents and all', (encoding) => {
    const bytes = Buffer.from(`${head}${row('Nguyễn Thị Hoà', 'tái khám').normalize('NFD')}`, 'utf16le');
    const given = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16();
    expect(detectEncoding(given)).toBe(encoding);
  });
});

it('a character cut by the edge of a piece is whole', () => {
  const text = `${head}${row('x'.repeat(1_048_500), 'Đỗ Mỹ Duyên').repeat(3)}`;
  for (let shift = 0; shift < 4; shift += 1) {
    const bytes = Buffer.from('y'.repeat(shift) + text.replaceAll('Đ', 'Đế'));
    expect(decodeText(bytes)).toBe(bytes.toString());
  }
});
