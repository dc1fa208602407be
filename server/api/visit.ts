import type { Visitor } from '@/server/modules/referral/statement-access/schema';

/** What the headers of a request say about who made it. */
export function visitOf(given: Headers, known: Pick<Visitor, 'correlationId' | 'addressHash'>): Visitor {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => given.get(name)).filter(Boolean);
  return {
    ...known,
    // Pages and procedures run for no other (proxy.ts).
    method: 'GET',
    agent: given.get('user-agent'),
    purpose: purposes.join(' ') || null,
    language: given.get('accept-language'),
  };
}
