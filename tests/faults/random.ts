/** The same moments for the same seed; KILL_SEED=7 asks for others. What falls into them still differs from run to run. */
export const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

/** Mulberry32: numbers from 0 to 1. */
export function randomNumbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const shuffled = <T>(list: T[], random: () => number): T[] =>
  list
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
