import type { StaffActor } from '@/server/platform/actor';
import { env, isPublicAddress } from '@/server/platform/env';
import { decodeCursor, type Page, toPage } from '@/server/platform/paging';
import { recordRead } from '@/server/platform/reads';
import { boxPage } from '../queries';
import { withoutCode } from '../rules';
import type { BoxMessage } from '../schema';

/**
 * A page of the message box, newest first, and the record of who looked into it: it holds texts to people. Where the portal is
 * public no code is shown, also none from before it was.
 */
export async function openBox({
  actor,
  search,
  cursor,
  only,
  limit,
}: {
  actor: StaffActor;
  search?: string | undefined;
  cursor?: string | null | undefined;
  only?: readonly string[] | undefined;
  limit: number;
}): Promise<Page<BoxMessage>> {
  const [before] = decodeCursor(cursor, ['id']) ?? [];
  const rows = await boxPage({ search: search || null, before: before ?? null, only: only ?? null, limit });
  if (rows.length > 0) await recordRead({ actor, entity: 'message-box', entityId: 'local' });
  const hidden = isPublicAddress(env().PUBLIC_URL);
  const shown = rows.map((row) => ({ ...row, text: hidden ? withoutCode(row.text) : row.text }));
  return toPage(shown, limit, (message) => [message.id]);
}
