import { describe, expect, it } from 'vitest';
import { mistypedQuery, readSearch } from './search-text';

const each = (text: string) => readSearch(text)?.each;

describe('what a search asks for', () => {
  it('is words that begin as they are typed, in any order, without accents', () => {
    expect(each('Hoàng TRANG')).toBe("'hoang':* & 'trang':*");
    expect(each('Hoàng Trang'.normalize('NFD'))).toBe("'hoang':* & 'trang':*");
    expect(each("BS. O'Neil")).toBe("'bs':* & 'o':* & 'neil':*");
  });

  it.each(['', '  ', '%', '_', "'''", '\\'])('is nothing where "%s" holds no word', (text) =>
    expect(readSearch(text)).toBeNull(),
  );

  it.each([
    ['0912 345 678', ['0912345678', '912345678']],
    ['+84 912.345.678', ['84912345678', '912345678']],
    ['+84 (0)912345678', ['840912345678', '912345678']],
    ['0084912345678', ['0084912345678', '84912345678', '912345678']],
    ['912345678', ['912345678']],
    ['0912', ['0912', '912']],
  ])('takes %s for the beginning of a phone', (text, numbers) => {
    for (const number of numbers) expect(each(text)).toContain(`'${number}':*`);
  });

  it('takes figures with signs for words by themselves as well', () => {
    expect(each('2026-01')).toBe("('202601':* | '2026':* & '01':*)");
  });

  it('takes a day for the one of a birth, however it is written', () => {
    expect(each('05/12/1990')).toBe("('19901205':* | '05':* & '12':* & '1990':*)");
    expect(each('lê 1990-12-05')).toContain("'19901205':*");
    expect(each('0912345678 5.2.1990')).toContain("'19900205':*");
  });

  it('takes eight parts and no more', () => {
    expect(each('a b c d e f g h i k')?.split(' & ')).toHaveLength(8);
  });
});

describe('where names stand two by two', () => {
  const of = (text: string) => readSearch(text, true);

  it('words are looked for two by two, the last as far as it is typed', () => {
    expect(of('hoang')).toMatchObject({ whole: "'hoang'", begun: "'hoang':*", each: "'hoang':*" });
    expect(of('hoang tr')).toMatchObject({ whole: "'+hoang tr'", begun: "'+hoang tr':*", each: "'hoang':* & 'tr':*" });
    expect(of('hoang thi tr')).toMatchObject({
      whole: "'+hoang thi' & '+hoang tr' & '+thi tr'",
      begun: "'+hoang thi' & '+hoang tr':* & '+thi tr':*",
    });
  });

  it('figures stay by themselves', () => {
    expect(of('hoang trang 1990')).toMatchObject({
      whole: "'+hoang trang' & '1990'",
      begun: "'+hoang trang' & '1990':*",
    });
    expect(of('0912 hoang')).toMatchObject({ begun: "'hoang':* & ('0912':* | '912':*)" });
  });

  it('a word twice is one', () => {
    expect(of('an an')).toMatchObject({ whole: "'an'", begun: "'an':*" });
  });
});

describe('but for a mistake', () => {
  const meant = new Map([['hoangg', ['hoang', 'hoan']]]);

  it('each word is itself or what it may have been meant for', () => {
    const search = readSearch('hoangg 0912 tr');
    if (!search) throw new Error('nothing to look for');
    expect(search.mistypable).toEqual(['hoangg']);
    expect(mistypedQuery(search, meant)).toBe("('hoangg':* | 'hoang' | 'hoan') & 'tr':* & ('0912':* | '912':*)");
  });

  it('two by two where names stand so', () => {
    const search = readSearch('hoangg trang', true);
    if (!search) throw new Error('nothing to look for');
    expect(mistypedQuery(search, meant, true)).toBe("('+hoangg trang' | '+hoang trang' | '+hoan trang')");
  });
});
