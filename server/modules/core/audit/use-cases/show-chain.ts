import { findSeal, lastSealedAt } from '../repository';
import type { ChainState } from '../schema';

/** How far the audit trail is sealed. */
export async function showChain(): Promise<ChainState> {
  const [last, sealedAt] = await Promise.all([findSeal('last'), lastSealedAt()]);
  return { position: last?.position ?? 0n, sealedAt };
}
