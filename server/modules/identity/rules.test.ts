import { describe, expect, it } from 'vitest';
import { makeOneTimePassword, restAfter } from './rules';

describe('one-time passwords', () => {
  it('are readable and never alike', () => {
    const made = Array.from({ length: 200 }, makeOneTimePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  });
});

describe('rest after wrong passwords', () => {
  it('is gentle at first and bounded', () => {
    expect([0, 4, 5, 6, 8, 40].map(restAfter)).toEqual([0, 0, 30, 60, 240, 900]);
  });
});
