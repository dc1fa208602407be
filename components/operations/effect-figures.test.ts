import { expect, it } from 'vitest';
import { effectFigures } from './effect-figures';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 8, minute));

it('adds up effects of a kind: how many are done, when the last was, how many are left', () => {
  const figures = effectFigures([
    { kind: 'numbers', key: 'a', doneAt: at(5), done: 1, coming: 0 },
    { kind: 'lis', key: 'a', doneAt: null, done: 0, coming: 1 },
    { kind: 'numbers', key: 'b', doneAt: at(9), done: 1, coming: 0 },
    { kind: 'numbers', key: 'c', doneAt: at(7), done: 1, coming: 0 },
    { kind: 'orders', key: 'upload', doneAt: null, done: 500, coming: 1_495 },
  ]);
  expect(figures).toEqual([
    { kind: 'numbers', done: 3, left: 0, doneAt: at(9) },
    { kind: 'lis', done: 0, left: 1, doneAt: null },
    { kind: 'orders', done: 500, left: 1_495, doneAt: null },
  ]);
});
