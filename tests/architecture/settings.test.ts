import { describe, expect, it } from 'vitest';
import { codeIn, isTest, layered, read } from './tree';

/** Set by the tools that build and run, and written into the code by them: no setting of ours. */
const builtIn = /process\.env\.NODE_ENV\b/g;

describe('settings', () => {
  it('are read from the environment in one file', () => {
    const readers = codeIn([...layered, 'i18n'])
      .filter((file) => !isTest(file) && !file.startsWith('inngest/engine/') && file !== 'server/platform/env.ts')
      .filter((file) => read(file).replace(builtIn, '').includes('process.env'));
    expect(readers).toEqual([]);
  });
});
