import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { SheetError, type SheetLimits } from './port';
import { firstVisibleSheet, percentStyles, relationsPart, type SheetPlace, workbookPart } from './workbook-directory';
import { MarkCollector, type SheetMarks } from './workbook-marks';

/** Below this size no ratio is suspicious. */
const SMALL_PART = 1024 * 1024;

export interface WorkbookScan {
  sheet: SheetPlace;
  marks: SheetMarks;
}

/** What other archives are, by a name that only they have. */
const strangers: [found: string, pattern: RegExp][] = [
  ['xlsb', /^xl\/workbook\.bin$/],
  ['ods', /^(content\.xml|META-INF\/manifest\.xml)$/],
  ['numbers', /^Index\/.*\.iwa$/],
  ['document', /^(word|ppt|visio)\//],
];

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
  return entries;
}

class Scan {
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;
  readonly #limits: SheetLimits;
  #inflated = 0;
  readonly #done = new Set<string>();

  constructor(zip: ZipFile, entries: Map<string, Entry>, limits: SheetLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  /**
   * Unpacks one part piece by piece. Sizes in an archive are claims, so the bytes that really come out are counted; the
   * checksum and the closing tag tell a part that was cut short, which would otherwise read as a shorter sheet.
   */
  async unpack(name: string, take: (piece: Buffer) => void): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry) throw new SheetError('corrupt', { place: name, found: 'missing' });
    this.#done.add(name);
    let sum = 0;
    let first = true;
    let tail = '';
    const stream = await this.#zip.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Buffer>) {
      this.#inflated += piece.length;
      if (this.#inflated > this.#limits.inflatedBytes) {
        throw new SheetError('zip_bomb', { place: name, limit: this.#limits.inflatedBytes });
      }
      sum = crc32(piece, sum);
      if (first && /<!(DOCTYPE|ENTITY)/i.test(piece.toString('latin1')))
        throw new SheetError('unsafe_xml', { place: name });
      first = false;
      tail = (tail + piece.subarray(-64).toString('latin1')).slice(-64);
      take(piece);
    }
    if (sum !== entry.crc32) throw new SheetError('corrupt', { place: name, found: 'checksum' });
    if (!tail.trimEnd().endsWith('>')) throw new SheetError('corrupt', { place: name, found: 'truncated' });
  }

  async text(name: string): Promise<string> {
    const pieces: Buffer[] = [];
    await this.unpack(name, (piece) => pieces.push(piece));
    return Buffer.concat(pieces).toString('utf8');
  }

  async optionalText(name: string): Promise<string> {
    return this.#entries.has(name) ? this.text(name) : '';
  }

  /** The rest of what the reader may open, counted only. */
  async countRest(): Promise<void> {
    for (const name of this.#entries.keys()) {
      if (!this.#done.has(name) && /\.(xml|rels)$/i.test(name)) await this.unpack(name, () => {});
    }
  }
}

function refuseStrangers(entries: Map<string, Entry>): void {
  const names = [...entries.keys()];
  if (names.includes('[Content_Types].xml') && names.some((name) => /workbook.*\.xml$/i.test(name))) return;
  const found = strangers.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0] ?? 'archive';
  throw new SheetError('not_a_spreadsheet', { found });
}

async function look(zip: ZipFile, limits: SheetLimits): Promise<WorkbookScan> {
  const entries = await listEntries(zip, limits);
  refuseStrangers(entries);
  const scan = new Scan(zip, entries, limits);
  const workbook = workbookPart(await scan.text('_rels/.rels')) ?? 'xl/workbook.xml';
  const sheet = firstVisibleSheet(await scan.text(workbook), await scan.text(relationsPart(workbook)), workbook);
  if (!sheet) throw new SheetError('empty', { place: workbook });
  const folder = workbook.slice(0, workbook.lastIndexOf('/') + 1);
  const collector = new MarkCollector(percentStyles(await scan.optionalText(`${folder}styles.xml`)));
  await scan.unpack(sheet.part, (piece) => collector.add(piece.toString('latin1')));
  await scan.countRest();
  return { sheet, marks: collector.end() };
}

/** A workbook's safety and its few extra facts, before a reader that trusts it is let in. */
export async function scanWorkbook(bytes: Uint8Array, limits: SheetLimits): Promise<WorkbookScan> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const zip = await yauzl.fromBufferPromise(buffer, { lazyEntries: true, validateEntrySizes: true });
    return await look(zip, limits);
  } catch (error) {
    if (error instanceof SheetError) throw error;
    const message = error instanceof Error ? error.message : '';
    if (/^too many bytes/.test(message)) throw new SheetError('zip_bomb', { found: 'size', cause: error });
    throw new SheetError('corrupt', { place: 'zip', cause: error });
  }
}
