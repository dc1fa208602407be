import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMessages, type Messages } from './catalogue';

function keysOf(messages: Messages, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

describe('messages', () => {
  it('say everything in both languages', async () => {
    const [vi, en] = await Promise.all([loadMessages('vi'), loadMessages('en')]);
    expect(keysOf(vi).sort()).toEqual(keysOf(en).sort());
  });

  it('keep to the glossary: one word a thing', async () => {
    const [, table = ''] = readFileSync('docs/glossary.md', 'utf8').split('## Words on screens');
    const not = table
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| thing'))
      .flatMap((line) => line.split('|').at(4)?.split(',') ?? [])
      .map((word) => word.trim())
      .filter(Boolean);
    expect(not.length).toBeGreaterThan(5);
    for (const locale of ['vi', 'en'] as const) {
      const said = JSON.stringify(await loadMessages(locale));
      expect(
        not.filter((word) => said.includes(word)),
        locale,
      ).toEqual([]);
    }
  });

  it('leave no message empty', async () => {
    for (const locale of ['vi', 'en'] as const) {
      const flat = JSON.stringify(await loadMessages(locale));
      expect(flat).not.toMatch(/:"\s*"/);
    }
  });
});
