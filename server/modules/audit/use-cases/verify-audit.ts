import { sealPending, walkChain } from '../repository';

export type AuditVerdict = { entries: bigint; intact: boolean; brokenAt?: { position: bigint; reason: string } };

/** Seals what is still open, then walks the whole chain: every entry must be there, unchanged, in its sealed order. */
export async function verifyAudit(): Promise<AuditVerdict> {
  while ((await sealPending()) === 10_000);
  const { entries, position, reason } = await walkChain();
  if (position === null || reason === null) return { entries, intact: true };
  return { entries, intact: false, brokenAt: { position, reason } };
}
