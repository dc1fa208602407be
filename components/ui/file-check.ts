/** Why a file is refused before it is sent: its name's ending, or its size in bytes. Null when it may go. */
export function fileProblem(
  file: { name: string; size: number },
  accept: readonly string[],
  maxBytes?: number,
): 'type' | 'size' | null {
  const name = file.name.toLowerCase();
  if (!accept.some((ending) => name.endsWith(ending.toLowerCase()))) return 'type';
  return maxBytes !== undefined && file.size > maxBytes ? 'size' : null;
}

const UNITS = ['B', 'KB', 'MB', 'GB'];

/** Size for people: 1,536 bytes is "1.5 KB". `format` writes the figure in the reader's language. */
export function bytesText(bytes: number, format: (value: number) => string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${format(value)} ${UNITS[unit]}`;
}
