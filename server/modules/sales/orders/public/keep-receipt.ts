import { createHash } from 'node:crypto';
import { effectKey } from '@/server/domain/effect-keys';
import { checkFile } from '@/server/modules/core/documents/public/check-file';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import type { ReceiptView } from '@/server/pdf/receipt/view-model';
import { PdfQueueFull, renderPdf } from '@/server/pdf/render';
import type { Actor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { claimEffect, effect, findEffect } from '@/server/platform/effects';
import { PortalError } from '@/server/platform/errors';
import type { Organisation } from '@/server/platform/organisation';

export type Paper = { actor: Actor; kind: 'receipt' | 'refund'; ownerId: string; language: 'vi' | 'en' };
export type Kept = { documentId: string };

/** What is being rendered now: a request for the same waits for it. */
const underWay = new Map<string, Promise<Kept>>();

/**
 * A paper of the counter: rendered when it is first requested, then stored for as long as it would show the same. Where its file was lost
 * it is rendered again. The same content gives the same bytes, so that two who render it at once in two processes create one document
 * together. Throws `documents_busy` (retryable).
 */
export async function keepReceipt(paper: Paper, view: ReceiptView): Promise<Kept> {
  const shown = createHash('sha256').update(JSON.stringify(view)).digest('hex');
  const key = effectKey.receipt(paper.ownerId, paper.language, shown);
  const kept = await findEffect(key);
  if (kept && (await checkFile({ documentId: kept }))) return { documentId: kept };
  const rendering = underWay.get(key) ?? renderOnce(paper, view, shown).finally(() => underWay.delete(key));
  underWay.set(key, rendering);
  return rendering;
}

async function renderOnce({ actor, kind, ownerId, language }: Paper, view: ReceiptView, shown: string): Promise<Kept> {
  const bytes = await renderPdf('receipt', language, view).catch((error: unknown) => {
    if (error instanceof PdfQueueFull) throw new PortalError('unavailable', 'documents_busy', { cause: error });
    throw error;
  });
  const { documentId } = await storeDocument({ actor, kind, ownerId, language, bytes });
  await inTransaction((tx) => claimEffect(tx, effect.receipt(ownerId, language, shown, documentId)));
  return { documentId };
}

/** Whose paper it is, as its head and foot say. */
export const letterheadOf = (settings: Organisation): ReceiptView['organisation'] => ({
  name: { vi: settings.nameVi, en: settings.nameEn },
  address: { vi: settings.address, en: settings.address },
  phone: settings.phone || null,
  email: null,
  website: null,
  taxCode: settings.taxCode || null,
  licence: null,
});
