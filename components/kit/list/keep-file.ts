import { HandlerRefusal, refusalOf } from '@/components/api/handler-refusal';
import { shownToHeaders } from '@/components/api/shown-to';

const KILOBYTE = 1024;
/** What a page holds of a file at most: what it hands over to the browser as a part may lie on its disk. */
const PART = 8 * 1024 * KILOBYTE;
/** Some browsers begin to read a moment after the click. */
const READ_WITHIN_MS = 60_000;

/** What the server calls the file, else the name of the list. */
function nameOf(answer: Response, fallback: string): string {
  const written = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  return written ? decodeURIComponent(written) : fallback;
}

/** Gets a file piece by piece, counting, and hands it to the browser to keep. Throws the server's refusal. */
export async function keepFile(address: string, fallback: string, count: (kilobytes: number) => void): Promise<void> {
  const answer = await fetch(address, { headers: { accept: 'application/json', ...shownToHeaders() } }).catch(() => {
    throw new HandlerRefusal(null);
  });
  if (!answer.ok || !answer.body) throw await refusalOf(answer);
  const parts: Blob[] = [];
  let pieces: BlobPart[] = [];
  let [bytes, held] = [0, 0];
  const handOver = () => {
    parts.push(new Blob(pieces));
    [pieces, held] = [[], 0];
  };
  const reader = answer.body.getReader();
  const read = () =>
    reader.read().catch(() => {
      throw new HandlerRefusal(null);
    });
  for (let piece = await read(); !piece.done; piece = await read()) {
    pieces.push(piece.value);
    bytes += piece.value.byteLength;
    held += piece.value.byteLength;
    if (held >= PART) handOver();
    count(Math.round(bytes / KILOBYTE));
  }
  handOver();
  const file = URL.createObjectURL(new Blob(parts));
  Object.assign(document.createElement('a'), { href: file, download: nameOf(answer, fallback) }).click();
  setTimeout(() => URL.revokeObjectURL(file), READ_WITHIN_MS);
}
