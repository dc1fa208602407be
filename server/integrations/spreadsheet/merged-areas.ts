import { SheetError } from './port';
import type { Archive } from './scan';
import { readXml, type XmlVisitor } from './xml';

/** Cells that a workbook shows as one. Rows from 1, columns from 0, both ends included. */
export interface MergedArea {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

const REFERENCE = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/i;

function columnOf(letters: string): number {
  let index = 0;
  for (const letter of letters.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** `B2:B5` as an area; null for what is none. */
export function areaOf(reference: string): MergedArea | null {
  const [, left, top, right, bottom] = REFERENCE.exec(reference) ?? [];
  if (!left || !right) return null;
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) };
}

/**
 * The cells that lie under others. Such a cell holds nothing, or nothing that people see: what the area says stands in its first
 * cell alone, and a reader who takes the others for empty loses it without a word. To be asked row by row, downwards.
 */
export class MergedCells {
  readonly #areas: MergedArea[];
  readonly #columns: number;
  #next = 0;
  #open: MergedArea[] = [];

  /** @param columns how many columns a sheet may have */
  constructor(areas: readonly MergedArea[], columns: number) {
    this.#areas = [...areas].sort((a, b) => a.top - b.top);
    this.#columns = columns;
  }

  /**
   * Columns of a row that lie under another cell, each once. Areas of people's workbooks share no cell; throws `corrupt` where they
   * are together wider than a row, since each row would have to look through all of them.
   */
  under(row: number): number[] {
    while ((this.#areas[this.#next]?.top ?? Number.POSITIVE_INFINITY) <= row) {
      const area = this.#areas[this.#next];
      if (area && area.bottom >= row) this.#open.push(area);
      this.#next += 1;
    }
    if (this.#open.length === 0) return [];
    this.#open = this.#open.filter(({ bottom }) => bottom >= row);
    const under = new Set<number>();
    let width = 0;
    for (const { top, left, right } of this.#open) {
      const last = Math.min(right, this.#columns - 1);
      width += Math.max(0, last - left + 1);
      if (width > this.#columns) throw new SheetError('corrupt', { place: `row ${row}`, found: 'merged cells' });
      for (let column = top === row ? left + 1 : left; column <= last; column += 1) under.add(column);
    }
    return [...under];
  }
}

const NAME = 'mergeCell';
const REF = /\sref\s?=\s?["']([^"']*)["']/;
/** Longer than any tag of a merged area. */
const LONGEST = 512;
/** More than any sheet of people has. */
const MOST = 200_000;

const isUtf16 = ([a, b]: Buffer): boolean => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

/** The references of the tags that end in a piece of markup; answers what may be the beginning of another one. */
function takeTags(text: string, take: (reference: string) => void): string {
  let at = text.indexOf(NAME);
  while (at >= 0) {
    const end = text.indexOf('>', at);
    if (end < 0) return text.slice(at).length > LONGEST ? '' : text.slice(at);
    const [, reference] = REF.exec(text.slice(at, Math.min(end, at + LONGEST))) ?? [];
    if (reference) take(reference);
    at = text.indexOf(NAME, end);
  }
  return text.slice(-NAME.length);
}

async function byMarkup(archive: Archive, part: string, take: (reference: string) => void): Promise<void> {
  const open: XmlVisitor['open'] = (name, { ref }) => {
    if (name === NAME && ref) take(ref);
  };
  await readXml(archive.glance(part), part, { open, close: () => {}, text: () => {} });
}

/**
 * The merged areas of a sheet, which stand behind its rows and are needed before them: looked for in its bytes, which takes a
 * small part of what parsing them does.
 */
export async function readMergedAreas(archive: Archive, part: string): Promise<MergedArea[]> {
  const areas: MergedArea[] = [];
  const take = (reference: string) => {
    const area = areaOf(reference);
    if (area && areas.push(area) > MOST) throw new SheetError('corrupt', { place: part, found: 'merged cells' });
  };
  let carried: string | null = null;
  for await (const piece of archive.glance(part)) {
    if (carried === null && isUtf16(piece)) {
      await byMarkup(archive, part, take);
      return areas;
    }
    carried = takeTags((carried ?? '') + piece.toString('latin1'), take);
  }
  return areas;
}
