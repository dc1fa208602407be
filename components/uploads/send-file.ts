import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { shownToHeaders } from '@/components/api/shown-to';
import type { TextEncodingName } from '@/server/domain/encoding';

/** Bytes that left this browser. */
export type Sent = { done: number; total: number };

/** What the server says of a file: its upload, or why it was not taken. */
export type SendAnswer = {
  id?: string;
  reason?: string;
  params?: Record<string, string | number>;
  correlationId?: string;
};

/** The hash of the file as it lies here. A browser's own digest is there on https only, and wants the file whole in memory. */
async function hashOf(file: Blob): Promise<string> {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return bytesToHex(hash.digest());
}

function answerOf(text: string): SendAnswer {
  try {
    return JSON.parse(text) as SendAnswer;
  } catch {
    return {};
  }
}

/** Sends a file with its size and hash, so that what arrives is all of it or refused. Rejects when the line is cut. */
export async function sendFile(
  file: File,
  onSent: (sent: Sent) => void,
  encoding: TextEncodingName | null,
): Promise<SendAnswer> {
  const hash = await hashOf(file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('x-file-size', String(file.size));
    request.setRequestHeader('x-file-sha256', hash);
    for (const [name, value] of Object.entries(shownToHeaders())) request.setRequestHeader(name, value);
    if (encoding) request.setRequestHeader('x-file-encoding', encoding);
    request.upload.onprogress = ({ loaded }) => onSent({ done: loaded, total: file.size });
    request.onload = () => resolve(answerOf(request.responseText));
    request.onerror = () => reject(new Error('offline'));
    request.onabort = request.onerror;
    request.send(file);
  });
}
