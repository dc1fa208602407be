import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { SheetError, type SheetLimits } from './port';

/** Below this size no ratio is suspicious. */
const SMALL_PART = 1024 * 1024;

/** What other archives are, by a name that only they have. */
const strangers: [found: string, pattern: RegExp][] = [
  ['xlsb', /^xl\/workbook\.bin$/],
  ['ods', /^(content\.xml|META-INF\/manifest\.xml)$/],
  ['numbers', /^Index\/.*\.iwa$/],
  ['document', /^(word|ppt|visio)\//],
];

function refuseForeign(entries: Map<string, Entry>): void {
  const names = [...entries.keys()];
  if (names.includes('[Content_Types].xml') && names.some((name) => /workbook/i.test(name) && /\.xml$/i.test(name)))
    return;
  const found = strangers.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0] ?? 'archive';
  throw new SheetError('not_a_spreadsheet', { found });
}

async function listEntries(zip: ZipFile, limits: SheetLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new SheetError('zip_bomb', { found: 'entries', limit: limits.entries });
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new SheetError('encrypted', { place: entry.fileName });
    total += entry.uncompressedSize;
    if (total > limits.inflatedBytes) throw new SheetError('zip_bomb', { limit: limits.inflatedBytes });
    const dense = entry.uncompressedSize > SMALL_PART && entry.uncompressedSize > limits.ratio * entry.compressedSize;
    if (dense) throw new SheetError('zip_bomb', { place: entry.fileName, found: 'ratio', limit: limits.ratio });
    if (entries.has(entry.fileName)) throw new SheetError('corrupt', { place: entry.fileName, found: 'duplicate' });
    entries.set(entry.fileName, entry);
  }
  refuseOverlaps(entries);
  return entries;
}

/** The fixed part of a header before a part's name and body. */
const HEADER = 30;

/** No part may lie in another: a body that two entries share is stored once and unpacked for each. */
function refuseOverlaps(entries: Map<string, Entry>): void {
  let end = 0;
  const placed = [...entries.values()].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const { fileName, relativeOffsetOfLocalHeader: begin, compressedSize } of placed) {
    if (begin < end) throw new SheetError('corrupt', { place: fileName, found: 'overlap' });
    end = begin + HEADER + compressedSize;
  }
}

function explain(error: unknown, place: string): SheetError {
  if (error instanceof SheetError) return error;
  const tooMany = error instanceof Error && /^too many bytes/.test(error.message);
  return tooMany
    ? new SheetError('zip_bomb', { place, found: 'size', cause: error })
    : new SheetError('corrupt', { place, cause: error });
}

function foldedName(name: string): string {
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return name.toLowerCase();
  }
}

/** The end of the last tag, also where each sign has a second half, as in UTF-16. */
const BRACKET_AT_END = />[\s\0]*$/;

/** A workbook's archive, of which no part is unpacked beyond what it claims, and none is trusted to be what it claims. */
export class Archive {
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;
  readonly #limits: SheetLimits;
  #folded: ReadonlyMap<string, Entry> | null = null;
  #inflated = 0;

  private constructor(zip: ZipFile, entries: Map<string, Entry>, limits: SheetLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  static async open(bytes: Uint8Array, limits: SheetLimits): Promise<Archive> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      const zip = await yauzl.fromBufferPromise(buffer, {
        lazyEntries: true,
        validateEntrySizes: true,
        autoClose: false,
      });
      const entries = await listEntries(zip, limits);
      refuseForeign(entries);
      return new Archive(zip, entries, limits);
    } catch (error) {
      throw explain(error, 'zip');
    }
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /** By its name; else without regard to case and to what is percent-encoded, as the standard compares names of parts. */
  #find(name: string): Entry | undefined {
    this.#folded ??= new Map([...this.#entries.values()].reverse().map((entry) => [foldedName(entry.fileName), entry]));
    return this.#entries.get(name) ?? this.#folded.get(foldedName(name));
  }

  /**
   * A part, piece by piece. The bytes that come out are counted; the checksum and the closing tag reveal a part that was
   * cut short, which would otherwise read as a shorter sheet: the last piece is given only after both are right.
   */
  async *pieces(name: string): AsyncGenerator<Buffer> {
    const entry = this.#find(name);
    if (!entry) throw new SheetError('corrupt', { place: name, found: 'missing' });
    let sum = 0;
    let held: Buffer | null = null;
    let tail = '';
    try {
      for await (const piece of (await this.#zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
        this.#count(piece, name);
        sum = crc32(piece, sum);
        tail = (tail + piece.subarray(-64).toString('latin1')).slice(-64);
        if (held) yield held;
        held = piece;
      }
    } catch (error) {
      throw explain(error, name);
    }
    if (sum !== entry.crc32) throw new SheetError('corrupt', { place: name, found: 'checksum' });
    if (!BRACKET_AT_END.test(tail)) throw new SheetError('corrupt', { place: name, found: 'truncated' });
    if (held) yield held;
  }

  /** The bytes of a part, for a look before its reading; that counts and proves them. No more comes out than the part claims. */
  async *glance(name: string): AsyncGenerator<Buffer> {
    const entry = this.#find(name);
    if (!entry) return;
    try {
      yield* (await this.#zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
    } catch (error) {
      throw explain(error, name);
    }
  }

  #count(piece: Buffer, place: string): void {
    this.#inflated += piece.length;
    const limit = this.#limits.inflatedBytes;
    if (this.#inflated > limit) throw new SheetError('zip_bomb', { place, limit });
  }
}
