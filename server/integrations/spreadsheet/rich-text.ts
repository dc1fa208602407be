/** Excel's own way to write what XML cannot hold: `_x000D_`; `_x005F_` stands for an underscore before such a text. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/**
 * Gathers the text of a string item (`si`, `is`): its direct text and that of each run in their order. The readings of Chinese
 * characters (`rPh`) are no part of it.
 */
export class RichText {
  readonly #most: number;
  #text = '';
  #inText = false;
  #reading = 0;
  #cut = false;

  /** No more than `most` characters are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  begin(): void {
    this.#text = '';
    this.#inText = false;
    this.#reading = 0;
    this.#cut = false;
  }

  open(name: string): void {
    if (name === 'rPh') this.#reading += 1;
    this.#inText = name === 't' && this.#reading === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.#reading -= 1;
    this.#inText = false;
  }

  text(text: string): void {
    if (!this.#inText) return;
    const value = unescapeText(text);
    const room = this.#most - this.#text.length;
    this.#cut ||= value.length > room;
    this.#text += value.length > room ? value.slice(0, room) : value;
  }

  /** What was gathered, and whether that is not all of it. */
  get value(): string {
    return this.#text;
  }

  get cut(): boolean {
    return this.#cut;
  }
}
