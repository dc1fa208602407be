import { describe, expect, it } from 'vitest';
import { dateTimeText, dayOfInstant, dayText, isDay, parseDay, regroupDay, timeText } from './day-text';

describe('days', () => {
  it('knows the calendar', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2025-02-29')).toBe(false);
    expect(isDay('2025-13-01')).toBe(false);
    expect(isDay('0096-02-29')).toBe(true);
  });
  it('writes days as people do here', () => {
    expect(dayText('2026-11-02')).toBe('02/11/2026');
    expect(dayText('')).toBe('');
  });
  it('reads days however they are typed', () => {
    expect(parseDay('02/11/2026')).toBe('2026-11-02');
    expect(parseDay('2.11.2026')).toBe('2026-11-02');
    expect(parseDay('02112026')).toBe('2026-11-02');
    expect(parseDay('2026-11-02')).toBe('2026-11-02');
    expect(parseDay('31/02/2026')).toBeNull();
    expect(parseDay('02/11/26')).toBeNull();
  });
  it('puts slashes in while one types', () => {
    expect(regroupDay('1')).toBe('1');
    expect(regroupDay('14')).toBe('14');
    expect(regroupDay('140')).toBe('14/0');
    expect(regroupDay('14031985')).toBe('14/03/1985');
    expect(regroupDay('14/')).toBe('14/');
    expect(regroupDay('4/')).toBe('04/');
    expect(regroupDay('04/3/')).toBe('04/03/');
    expect(regroupDay('4/3/1985')).toBe('04/03/1985');
    expect(regroupDay('1985-3-14')).toBe('14/03/1985');
    expect(regroupDay('14/03/19')).toBe('14/03/19');
  });
});

describe('instants', () => {
  const zone = 'Asia/Ho_Chi_Minh';
  it('are shown in the zone of the organisation', () => {
    expect(dateTimeText(new Date('2026-10-31T17:30:00Z'), zone)).toBe('01/11/2026 00:30');
    expect(dateTimeText(new Date('2026-10-31T17:30:05Z'), zone, 'second')).toBe('01/11/2026 00:30:05');
    expect(dayOfInstant(new Date('2026-10-31T16:59:59Z'), zone)).toBe('2026-10-31');
    expect(dayOfInstant(new Date('2026-10-31T17:00:00Z'), zone, 'written')).toBe('01/11/2026');
    expect(timeText(new Date('2026-10-31T17:30:05Z'), zone)).toBe('00:30');
    expect(timeText(new Date('2026-10-31T17:30:05Z'), zone, 'second')).toBe('00:30:05');
  });
});
