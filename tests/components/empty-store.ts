import { beforeEach } from 'vitest';
import { cleanup } from 'vitest-browser-react';

// Files follow one another in one browser, and what a screen keeps there would come back in the next test. A screen keeps what is
// being written when it goes, so it goes first.
beforeEach(async () => {
  await cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
