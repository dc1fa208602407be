const startedAt = Number(process.env.PORTAL_STARTED_AT ?? Date.now());
process.env.PORTAL_STARTED_AT = String(startedAt);

// A terminal that was closed must not end the supervisor half-way through its work.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);

/** A condition that a person can put right: it is reported in one sentence, without a stack. */
export class Refusal extends Error {}

export const line = (text = '') => console.log(text);
export const warn = (text) => console.error(`${paint(33, '!')} ${text}`);
export const sinceStart = () => Date.now() - startedAt;

/**
 * Runs one stage and says it in one line with the time it took.
 * @param {string} name
 * @param {() => Promise<string | void> | string | void} work returns what to say about the outcome
 */
export async function stage(name, work) {
  const begun = Date.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${name} …`);
  const clear = () => process.stdout.isTTY && process.stdout.write('\r\u001b[K');
  try {
    const note = (await work()) ?? '';
    clear();
    line(`${paint(32, '✓')} ${name.padEnd(13)} ${note.padEnd(58)} ${paint(2, seconds(Date.now() - begun))}`);
  } catch (error) {
    clear();
    line(`${paint(31, '✗')} ${name.padEnd(13)} ${''.padEnd(58)} ${paint(2, seconds(Date.now() - begun))}`);
    throw error;
  }
}

/** Says why a command ends: a refusal in one sentence, anything else with its stack. */
export function sayFailure(error) {
  const refused = error instanceof Refusal;
  console.error(`${paint(31, '✗')} ${refused ? error.message : (error?.stack ?? error)}`);
}
