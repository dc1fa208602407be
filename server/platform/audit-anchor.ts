import { createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { env } from './env';

/**
 * What is known of the audit trail outside of the database. `head`: the chain's end when it was sealed. `missing`: an entry that was
 * committed and gone before its seal. `accepted`: an operator's word that the database is meant to be as it is now, as after a
 * restored backup: what earlier lines say of positions after `common` is another past. Positions are decimal text.
 */
export type AnchorFact =
  | { kind: 'head'; position: string; hash: string }
  | { kind: 'missing'; entryId: string }
  | { kind: 'accepted'; common: string; position: string; hash: string };
export type AnchorLine = AnchorFact & { at: string };

/** A line of the anchor that was changed, removed or made with another key. */
export class AnchorBroken extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`line ${line} of the audit anchor does not fit`);
    this.line = line;
  }
}

const TAIL = 64 * 1024;
const place = (): string => path.join(env().FILES_DIR, 'audit', 'anchor.log');
const macOf = (before: string, json: string): string =>
  createHmac('sha256', `anchor:${env().AUDIT_KEY}`).update(`${before}\n${json}`).digest('hex');

/** How long the anchor is now; null where there is none. */
export async function anchorBytes(): Promise<number | null> {
  try {
    return (await stat(place())).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The first `bytes` of the anchor, line by line, each checked against its key and the line before. Throws `AnchorBroken`. */
export async function* readAnchor(bytes: number): AsyncGenerator<AnchorLine> {
  if (bytes === 0) return;
  const lines = createInterface({ input: createReadStream(place(), { end: bytes - 1, encoding: 'utf8' }) });
  let before = '';
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const mac = line.slice(0, 64);
    const json = line.slice(65);
    if (mac !== macOf(before, json)) throw new AnchorBroken(number);
    before = mac;
    yield JSON.parse(json) as AnchorLine;
  }
}

async function readTail(): Promise<{ whole: number; lines: string[] }> {
  const bytes = await anchorBytes();
  if (bytes === null || bytes === 0) return { whole: 0, lines: [] };
  const file = await open(place(), 'r');
  try {
    const from = Math.max(0, bytes - TAIL);
    const { buffer } = await file.read(Buffer.alloc(bytes - from), 0, bytes - from, from);
    const end = buffer.lastIndexOf(0x0a) + 1;
    // A line without its end was cut off by a crash while it was written: it counts as not written.
    return { whole: from + end, lines: buffer.subarray(0, end).toString('utf8').split('\n').filter(Boolean) };
  } finally {
    await file.close();
  }
}

/** What the anchor last said of the chain's end; null where it never said anything. */
export async function lastAnchoredHead(): Promise<{ position: bigint; hash: string } | null> {
  const { lines } = await readTail();
  for (const line of lines.reverse()) {
    const fact = JSON.parse(line.slice(65)) as AnchorLine;
    if (fact.kind !== 'missing') return { position: BigInt(fact.position), hash: fact.hash };
  }
  return null;
}

/** Appends lines and waits until they are on the disk. The caller holds the lock of the chain, so that nobody else appends. */
export async function appendAnchor(facts: readonly AnchorFact[]): Promise<void> {
  if (facts.length === 0) return;
  await mkdir(path.dirname(place()), { recursive: true, mode: 0o700 });
  const { whole, lines } = await readTail();
  let before = lines.at(-1)?.slice(0, 64) ?? '';
  const text = facts.map((fact) => {
    const json = JSON.stringify({ ...fact, at: new Date().toISOString() });
    before = macOf(before, json);
    return `${before} ${json}\n`;
  });
  const file = await open(place(), 'a', 0o600);
  try {
    if ((await file.stat()).size > whole) await file.truncate(whole);
    await file.appendFile(text.join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  const folder = await open(path.dirname(place()), 'r');
  await folder.sync().finally(() => folder.close());
}
