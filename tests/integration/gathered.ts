/** All that an iteration gives. */
export async function gathered<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** The whole text of a file that is made as it is sent. */
export const wholeText = async (pieces: AsyncIterable<string> | Promise<AsyncIterable<string>>): Promise<string> =>
  (await gathered(await pieces)).join('');
