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

  it('leave no message empty', async () => {
    for (const locale of ['vi', 'en'] as const) {
      const flat = JSON.stringify(await loadMessages(locale));
      expect(flat).not.toMatch(/:"\s*"/);
    }
  });
});
