import { expect, it } from 'vitest';
import { problemOf, waitParts } from './problem';

it('reads what the address says of the last form, and nothing that it should not say', () => {
  expect(problemOf(undefined, undefined)).toBeNull();
  expect(problemOf('wrong_code', undefined)).toEqual({ kind: 'wrong_code' });
  expect(problemOf('too_many_tries', '27')).toEqual({ kind: 'too_many_tries', seconds: 27 });
  expect(problemOf('too_many_tries', '<b>')).toEqual({ kind: 'too_many_tries', seconds: 60 });
  expect(problemOf('anything', undefined)).toEqual({ kind: 'unavailable' });
});

it('says a wait as people do', () => {
  expect(waitParts(27)).toEqual({ unit: 'seconds', count: 27 });
  expect(waitParts(3_541)).toEqual({ unit: 'minutes', count: 60 });
  expect(waitParts(80_000)).toEqual({ unit: 'hours', count: 23 });
});
