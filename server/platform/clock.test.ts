import { describe, expect, it } from 'vitest';
import { businessDay, monthBounds, monthOf, startOfDay } from './clock';

describe('business days', () => {
  it('belong to the organisation, not to UTC', () => {
    expect(businessDay(new Date('2026-10-31T16:59:59Z'))).toBe('2026-10-31');
    expect(businessDay(new Date('2026-10-31T17:00:00Z'))).toBe('2026-11-01');
    expect(monthOf(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01');
  });

  it('bound a month half-open', () => {
    expect(monthBounds('2026-12')).toEqual({
      from: new Date('2026-11-30T17:00:00Z'),
      to: new Date('2026-12-31T17:00:00Z'),
    });
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toEqual(new Date('2026-03-28T23:00:00Z'));
  });
});
