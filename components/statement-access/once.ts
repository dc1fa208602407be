/** How long a form that was sent takes no second press: whoever stopped the page, or came back to it, may press again. */
const PAUSE_MS = 8_000;

/**
 * Answers whether a press is the first: six typed digits send the form, and the Enter or tap that follows would send the code
 * again. The browser then drops the answer that opened the gate, and the code is used.
 */
export function firstOfMany(): (now: number) => boolean {
  let sent = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now - sent < PAUSE_MS) return false;
    sent = now;
    return true;
  };
}
