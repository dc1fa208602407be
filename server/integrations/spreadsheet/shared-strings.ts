import { SheetError, type SheetLimits } from './port';
import { RichText } from './rich-text';
import { readXml, type XmlVisitor } from './xml';

/** What a string costs beside its characters. */
const OVERHEAD = 16;

/** The table of strings that most cells point into. `isCut` marks a string that is longer than a cell may be. */
export interface SharedStrings {
  at(index: number): string | undefined;
  isCut(index: number): boolean;
}

export const noStrings: SharedStrings = { at: () => undefined, isCut: () => false };

class StringTable implements XmlVisitor, SharedStrings {
  readonly #strings: string[] = [];
  readonly #cut = new Set<number>();
  readonly #rich: RichText;
  readonly #place: string;
  readonly #limit: number;
  #open = false;
  #size = 0;

  constructor(place: string, limits: SheetLimits) {
    this.#place = place;
    // The table lies in memory whole; rows pass through it.
    this.#limit = Math.floor(limits.textChars / 2);
    this.#rich = new RichText(limits.cellChars);
  }

  open(name: string): void {
    if (this.#open) this.#rich.open(name);
    else if (name === 'si') {
      this.#open = true;
      this.#rich.begin();
    }
  }

  text(text: string): void {
    if (this.#open) this.#rich.text(text);
  }

  close(name: string): void {
    if (!this.#open) return;
    if (name !== 'si') {
      this.#rich.close(name);
      return;
    }
    this.#open = false;
    this.#size += this.#rich.value.length + OVERHEAD;
    if (this.#size > this.#limit) throw new SheetError('too_much_text', { place: this.#place, limit: this.#limit });
    if (this.#rich.cut) this.#cut.add(this.#strings.length);
    this.#strings.push(this.#rich.value);
  }

  at(index: number): string | undefined {
    return this.#strings[index];
  }

  isCut(index: number): boolean {
    return this.#cut.has(index);
  }
}

/** Reads the part of shared strings. Throws `too_much_text` where there are more than are worth a sheet. */
export async function readSharedStrings(
  pieces: AsyncIterable<Buffer>,
  place: string,
  limits: SheetLimits,
): Promise<SharedStrings> {
  const table = new StringTable(place, limits);
  await readXml(pieces, place, table);
  return table;
}
