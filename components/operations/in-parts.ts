import type { ActionResult } from '@/server/modules/core/operations/schema';

/** As many as are done within a second or two: the count moves, and what refuses in the middle goes on there. */
const PART = 20;

/** An act on many runs, part by part; `count` hears of each, and `from` is where it goes on. */
export function inParts(runIds: readonly string[], act: (part: string[]) => Promise<ActionResult>) {
  const sum: ActionResult = { done: 0, left: 0 };
  return async (count: (done: number) => void, from: number): Promise<ActionResult> => {
    for (let at = from; at < runIds.length; at += PART) {
      const { done, left } = await act(runIds.slice(at, at + PART));
      sum.done += done;
      sum.left += left;
      count(Math.min(at + PART, runIds.length));
    }
    return { ...sum };
  };
}
