import { expect, it } from 'vitest';
import { hasEnded, isTakenByOther } from './rules';

it('a held sale has ended once it is sold, dropped or lapsed', () => {
  const states = ['held', 'taken', 'sold', 'dropped', 'lapsed'] as const;
  expect(states.filter((state) => hasEnded({ state }))).toEqual(['sold', 'dropped', 'lapsed']);
});

it('somebody else has it for as long as the shift that took it is open', () => {
  const hold = { state: 'taken' as const, takenBy: 'a', isAtTill: true };
  expect(isTakenByOther(hold, 'b')).toBe(true);
  expect(isTakenByOther(hold, 'a')).toBe(false);
  expect(isTakenByOther({ ...hold, isAtTill: false }, 'b')).toBe(false);
});
