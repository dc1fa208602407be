const MB = 1024 * 1024;

/** What bodies may weigh together that the application has and has not done with. */
export const HEAVIEST = 128 * MB;
/** What waits for nothing: forms, carts. */
const LIGHT = 64 * 1024;

/** Bytes as they come, as text, and as they are put in order for their signature. */
const COPIES = 3;
/** What a value takes at least once it is parsed: an empty object of three characters takes 64 bytes. */
const SIGN_BYTES = 40;
const isSign = new Uint8Array(256);
for (const sign of '[{,:') isSign[sign.charCodeAt(0)] = 1;

/** What a piece of a body takes of the memory when it is parsed, in bytes: small values in great number take many times their text. */
export function weightOf(piece: Buffer): number {
  let signs = 0;
  for (let at = 0; at < piece.length; at += 1) signs += isSign[piece[at] ?? 0] ?? 0;
  return piece.length * COPIES + signs * SIGN_BYTES;
}

type Waiting = { weight: number; start: () => void };

let carried = 0;
let waiting: Waiting[] = [];

function lift(weight: number): () => void {
  let isDown = false;
  carried += weight;
  return () => {
    if (isDown) return;
    isDown = true;
    carried -= weight;
    for (const one of [...waiting]) if (carried + one.weight <= HEAVIEST) one.start();
  };
}

/**
 * Calls `start` as soon as there is room for a body of this weight, at once where it is light. Answers what puts it down again, or
 * takes it out of the queue.
 */
export function carry(weight: number, start: () => void): () => void {
  let putDown = () => {};
  const begin = () => {
    waiting = waiting.filter((one) => one !== mine);
    putDown = lift(weight);
    start();
  };
  const mine: Waiting = { weight, start: begin };
  if (weight <= LIGHT || carried + weight <= HEAVIEST) begin();
  else waiting.push(mine);
  return () => {
    waiting = waiting.filter((one) => one !== mine);
    putDown();
  };
}
