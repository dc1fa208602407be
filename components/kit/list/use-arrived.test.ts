import { describe, expect, it } from 'vitest';
import { arrivedAmong } from './use-arrived';

describe('what arrived in a list', () => {
  it('is what stands above or among what was there', () => {
    expect(arrivedAmong(['b', 'c', 'd'], ['a', 'b', 'x', 'c', 'd'])).toEqual(['a', 'x']);
  });

  it('is nothing where one scrolled to the next page', () => {
    expect(arrivedAmong(['a', 'b'], ['a', 'b', 'c', 'd'])).toEqual([]);
  });

  it('is nothing in the first answer, nor in another list', () => {
    expect(arrivedAmong([], ['a', 'b'])).toEqual([]);
    expect(arrivedAmong(['x', 'y'], ['a', 'b'])).toEqual([]);
  });
});
