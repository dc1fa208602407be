import { env } from '@/server/platform/env';
import { notFound } from '@/server/platform/errors';
import { findNonce } from '../repository';
import { linkToken } from '../rules';

/** The address that opens a link, to be put into a message and nowhere else. Throws `not_found`. */
export async function linkAddress({ linkId }: { linkId: string }): Promise<string> {
  const nonce = await findNonce(linkId);
  if (!nonce) throw notFound('statement link');
  return `${env().PUBLIC_URL.replace(/\/$/, '')}/s/${linkToken(nonce, env().LINK_KEY)}`;
}
