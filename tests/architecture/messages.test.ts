import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { icuArguments } from './icu-arguments';
import { read, root } from './tree';

type Tree = { [key: string]: string | Tree };

const folder = 'i18n/messages';
const filesOf = (language: string) =>
  readdirSync(path.join(root, folder, language), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const messagesOf = (language: string, file: string) =>
  flatten(JSON.parse(read(path.join(folder, language, file))) as Tree);

describe('the arguments of a message', () => {
  it('are found in plain, plural, nested and quoted text', () => {
    expect(icuArguments('{name}: {count, plural, one {one <b>row</b> of {total}} other {# rows}}')).toEqual([
      '<b>',
      'count',
      'name',
      'total',
    ]);
    expect(icuArguments("it''s '{quoted}' on {day, date, ::yyyyMMdd}")).toEqual(['day']);
  });
});

describe('messages', () => {
  it('have the same files in both languages', () => {
    expect(filesOf('vi')).toEqual(filesOf('en'));
    expect(filesOf('vi').length).toBeGreaterThan(10);
  });

  it('name each namespace once, in whichever area', () => {
    const names = filesOf('vi').map((file) => path.basename(file));
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  it.each(filesOf('vi'))('of %s have the same keys and arguments in both languages', (file) => {
    const [vi, en] = [messagesOf('vi', file), messagesOf('en', file)];
    expect([...vi.keys()].sort()).toEqual([...en.keys()].sort());
    const differing = [...vi].filter(
      ([key, text]) => icuArguments(text).join() !== icuArguments(en.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});
