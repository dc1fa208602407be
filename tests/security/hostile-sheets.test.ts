import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '@/i18n/messages/en/core/errors.json';
import vi from '@/i18n/messages/vi/core/errors.json';
import { readSheet } from '@/server/integrations/spreadsheet/read-sheet';
import { archives, markup } from './hostile-archives';
import { sizes, strangers } from './hostile-texts';

/** The most memory that the children of this process have had, in megabytes. */
function childrenPeak(): number {
  const tasks = `/proc/${process.pid}/task`;
  const listed = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').trim());
  const peaks = listed
    .flatMap((ids) => ids.split(' ').filter(Boolean))
    .map((child) => {
      try {
        return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0) / 1024;
      } catch {
        return 0; // it has ended since
      }
    });
  return Math.max(0, ...peaks);
}

async function outcomeOf(bytes: Buffer): Promise<{ error: unknown; peak: number }> {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, childrenPeak());
  };
  const watch = setInterval(look, 20);
  try {
    const found = await readSheet(bytes);
    for await (const _ of found.batches) look();
    return { error: null, peak };
  } catch (error) {
    return { error, peak };
  } finally {
    clearInterval(watch);
  }
}

const all = [...archives, ...markup, ...sizes, ...strangers];

describe('a hostile or broken file', () => {
  it('is one of more than fifty', () => expect(all.length).toBeGreaterThan(50));

  it.each(all)(
    '%s is refused in a sentence with its place, within bounded memory',
    async (_, bytes, codes, place) => {
      const { error, peak } = await outcomeOf(bytes());
      const { code, place: where } = (error ?? {}) as { code?: string; place?: string | null };
      expect(codes).toContain(code);
      if (place) expect(String(where)).toMatch(place);
      expect(Object.keys(en)).toContain(`sheet_${code}`);
      expect(Object.keys(vi)).toContain(`sheet_${code}`);
      expect(peak).toBeLessThan(300);
    },
    180_000,
  );

  it('leaves the process alive, and the next sheet is read', async () => {
    const found = await readSheet(Buffer.from('ref,note\n1,2\n'));
    const rows = [];
    for await (const batch of found.batches) rows.push(...batch);
    expect(rows).toEqual([{ number: 2, cells: ['1', '2'] }]);
  });
});
