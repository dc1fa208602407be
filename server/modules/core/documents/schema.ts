import { z } from 'zod';

export const DOCUMENT_KINDS = ['receipt', 'refund', 'statement'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const documentLanguage = z.enum(['vi', 'en']);
export type DocumentLanguage = z.infer<typeof documentLanguage>;

/** A stored file: `kind` with the id of what it shows (an order's receipt, a refund's, a statement's PDF). */
export type StoredDocument = {
  id: string;
  kind: DocumentKind;
  ownerId: string;
  language: DocumentLanguage;
  version: number;
  storageKey: string;
  sha256: string;
  bytes: number;
};

/** A document being read: its bytes as a stream, and what the answer's headers say. */
export type OpenedDocument = { bytes: number; content: ReadableStream<Uint8Array>; sha256: string; fileName: string };
