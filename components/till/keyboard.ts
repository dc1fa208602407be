export type TillCommand =
  | 'patient'
  | 'service'
  | 'discount'
  | 'hold'
  | 'balance'
  | 'recall'
  | 'pay'
  | 'receipt'
  | 'keys';

const KEYS: Record<string, TillCommand> = {
  F2: 'patient',
  F3: 'service',
  F4: 'discount',
  F6: 'hold',
  F7: 'balance',
  F8: 'recall',
  F9: 'pay',
  F10: 'receipt',
};

export type KeyPress = { key: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean; repeat: boolean };

/** Keys of the till that act; held down they act once, since a second payment is one key repeat away. */
export const runsOnce = (press: KeyPress): boolean =>
  press.key in KEYS || press.key === 'Enter' || press.key === 'Delete';

/** What a key asks of the till, from every box; one that is held down asks once. Where a note is being written, `?` is a part of it. */
export function tillCommand(press: KeyPress, writing: boolean): TillCommand | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.key === '?' && !writing) return 'keys';
  return KEYS[press.key] ?? null;
}

/** Whether a key begins a search when nothing has the focus: one printable sign, without Ctrl, Alt or Meta. */
export const startsSearch = (press: KeyPress): boolean =>
  !press.ctrlKey && !press.altKey && !press.metaKey && press.key.length === 1 && press.key !== ' ' && press.key !== '?';

export type Burst = { text: string; lastAt: number; slowest: number };
export const NO_BURST: Burst = { text: '', lastAt: 0, slowest: 0 };

const FAST_MS = 45;
const LEAST_SIGNS = 4;

/** Follows the keys of a scanner, which types faster than any hand. `at` in milliseconds; a pause starts over. */
export function followBurst(burst: Burst, key: string, at: number): Burst {
  if (key.length !== 1) return NO_BURST;
  const gap = at - burst.lastAt;
  if (burst.text === '' || gap > FAST_MS) return { text: key, lastAt: at, slowest: 0 };
  return { text: burst.text + key, lastAt: at, slowest: Math.max(burst.slowest, gap) };
}

/** The code that was scanned, if Enter at this moment ends a scanner's burst; null where a person typed. */
export function scannedCode(burst: Burst, at: number): string | null {
  const fast = at - burst.lastAt <= FAST_MS && burst.slowest <= FAST_MS;
  return fast && burst.text.length >= LEAST_SIGNS ? burst.text : null;
}
