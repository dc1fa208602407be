import 'server-only';
import { headers } from 'next/headers';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import { requestContext } from '../api/session';

/** What this request says about who made it. */
export async function currentVisitor(method: string): Promise<Visitor> {
  return { ...(await requestContext()).visitor, method };
}

/**
 * Whether a form was sent from a page of this portal. Browsers say so themselves; the pages of the gate send no referrer, so
 * that `Origin` is null there and says nothing.
 */
export async function sentFromHere(): Promise<boolean> {
  const site = (await headers()).get('sec-fetch-site');
  return site === null || site === 'same-origin';
}
