/** Text without accents, case or doubled blanks: names are matched without regard to them ("Đặng" is found by "dang"). */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether every word of the query begins somewhere in the text. */
export function matchesText(text: string, query: string): boolean {
  const folded = ` ${foldText(text)}`;
  return foldText(query)
    .split(' ')
    .every((word) => folded.includes(word));
}
