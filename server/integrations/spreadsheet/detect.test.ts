import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect';

const compound = (name: string) =>
  Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from(name, 'utf16le')]);

describe('detectFormat', () => {
  it.each([
    ['csv', Buffer.from('a,b\n1,2\n')],
    ['xlsx', Buffer.from([0x50, 0x4b, 3, 4])],
    ['xls', compound('Workbook')],
  ])('knows %s by its bytes', (format, bytes) => {
    expect(detectFormat(bytes)).toBe(format);
  });

  it.each([
    ['pdf', Buffer.from('%PDF-1.7')],
    ['image', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['archive', Buffer.from([0x1f, 0x8b, 8])],
    ['html', Buffer.from('\n <!DOCTYPE html><table>')],
    ['xml', Buffer.from('\ufeff<?xml version="1.0"?><Workbook/>')],
    ['json', Buffer.from('[{"a":1}]')],
    ['document', compound('WordDocument')],
  ])('refuses %s by name', (found, bytes) => {
    expect(() => detectFormat(bytes)).toThrow(expect.objectContaining({ code: 'not_a_spreadsheet', found }));
  });

  it('recognises encrypted and empty files', () => {
    expect(() => detectFormat(compound('EncryptedPackage'))).toThrow(expect.objectContaining({ code: 'encrypted' }));
    expect(() => detectFormat(Buffer.alloc(0))).toThrow(expect.objectContaining({ code: 'empty' }));
  });
});
