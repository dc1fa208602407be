import { describe, expect, it } from 'vitest';
import { spanOf, timelineRange } from './timeline';

const at = (ms: number) => new Date(1_000_000 + ms);
const timed = (from: number, to: number | null) => ({ startedAt: at(from), endedAt: to === null ? null : at(to) });

describe('a timeline', () => {
  it('goes from the first start to the last end', () => {
    const range = timelineRange(timed(100, 900), [timed(0, 300), timed(300, 1_000)], at(5_000).getTime());
    expect(range).toEqual({ from: at(0).getTime(), to: at(1_000).getTime() });
    expect(spanOf(timed(300, 800), range, 0)).toEqual({ left: 30, width: 50 });
  });

  it('goes on until now while something runs', () => {
    const now = at(2_000).getTime();
    const range = timelineRange(timed(0, null), [timed(0, 500), timed(500, null)], now);
    expect(range.to).toBe(now);
    expect(spanOf(timed(500, null), range, now)).toEqual({ left: 25, width: 75 });
  });

  it('shows what took no time, inside its frame', () => {
    const range = timelineRange(timed(0, 1_000), [], 0);
    expect(spanOf(timed(500, 500), range, 0)).toEqual({ left: 50, width: 1 });
    expect(spanOf(timed(1_000, 1_000), range, 0)).toEqual({ left: 99, width: 1 });
  });

  it('stands even where nothing has taken any time', () => {
    const range = timelineRange(timed(0, 0), [timed(0, 0)], 0);
    expect(spanOf(timed(0, 0), range, 0)).toEqual({ left: 0, width: 1 });
  });
});
