import { describe, expect, it } from 'vitest';
import { tableAccess } from '@/scripts/lib/table-access.mjs';
import { read } from './tree';

const { lines, foreignWrites } = tableAccess();

describe('tables have owners', () => {
  it('only the module that owns a table writes it', () => {
    expect(lines.length).toBeGreaterThan(100);
    expect(foreignWrites).toEqual([]);
  });

  it('every reading of another module’s table is listed: npm run table-access writes the list, a change of it is reviewed', () => {
    const listed = read('prisma/table-access.txt')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(lines).toEqual(listed);
  });
});
