/**
 * The key of every effect of the portal: what happens once outside of one row, however often and however parallel it is asked
 * for. In one place, so that no two effects can meet under one key, and so that a function which states an effect, the use case
 * that claims it and the console that looks for it mean the same.
 */
export const effectKey = {
  // Looked for where they are: a document, a message, a code, a number, an upload, a run of a month.
  accession: (orderId: string) => `accession:${orderId}` as const,
  document: (ownerId: string, kind: 'receipt' | 'statement', language: 'vi' | 'en') =>
    `document:${ownerId}:${kind}:${language}` as const,
  message: (dedupeKey: string) => `message:${dedupeKey}` as const,
  otp: (challengeId: string) => `otp:${challengeId}` as const,
  upload: (uploadId: string) => `upload:${uploadId}` as const,
  statementRun: (runId: string) => `statement-run:${runId}` as const,
  // Claimed as a row of `effect_receipt`, see `server/platform/effects.ts`.
  lisOrder: (orderId: string) => `lis-order:${orderId}` as const,
  orderNotification: (orderId: string) => `notice:order-paid:${orderId}` as const,
  lisCancellation: (refundId: string) => `lis-cancellation:${refundId}` as const,
  refundRevenue: (refundId: string) => `revenue-refund:${refundId}` as const,
  orderRevenue: (orderId: string) => `revenue-order:${orderId}` as const,
  /** `shown` is the hash of what the receipt shows: a receipt that would show the same is the same. */
  receipt: (orderId: string, language: string, shown: string) => `receipt:${orderId}:${language}:${shown}` as const,
  statementDrafts: (runId: string, chunk: number) => `statement-drafts:${runId}:${chunk}` as const,
  statementPdf: (documentIds: readonly string[]) => `statement-pdf:${documentIds.join('+')}` as const,
  linkEvent: (eventId: string) => `link-event:${eventId}` as const,
};

export type EffectKey = ReturnType<(typeof effectKey)[keyof typeof effectKey]>;
