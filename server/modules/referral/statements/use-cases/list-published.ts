import { linkAddress } from '@/server/modules/referral/statement-access/public/link-address';
import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { recordRead } from '@/server/platform/reads';
import { publishedLinks } from '../queries';

export type PublishedLink = { doctor: string; link: string; pdf: string | null };

const LOOK_EVERY_MS = 500;
const WAIT_MS = 10 * 60_000;

/**
 * The published statements of a month with the address of each link and, for staff, of the Vietnamese PDF; null where that
 * is not rendered yet. With `waitForDocuments` it waits for the PDFs, ten minutes at most.
 */
export async function listPublished({
  actor,
  month,
  waitForDocuments,
}: {
  actor: Actor;
  month: string;
  waitForDocuments: boolean;
}): Promise<PublishedLink[]> {
  const until = Date.now() + WAIT_MS;
  let rows = await publishedLinks(month);
  while (waitForDocuments && rows.some(({ rendered }) => !rendered) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    rows = await publishedLinks(month);
  }
  if (rows.length > 0)
    await recordRead({ actor, entity: 'statement-month', entityId: month, detail: { links: rows.length } });
  const site = env().PUBLIC_URL.replace(/\/$/, '');
  return Promise.all(
    rows.map(async ({ doctor, statementId, linkId, rendered }) => ({
      doctor,
      link: await linkAddress({ linkId }),
      pdf: rendered ? `${site}/api/documents/of/statement/${statementId}?lang=vi` : null,
    })),
  );
}
