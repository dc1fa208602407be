import { procedure, router } from '@/server/api/trpc';
import { decodeCursor, pageInput, toPage } from '@/server/platform/paging';
import { boxPage } from './queries';

export const messagesRouter = router({
  list: procedure('message.read')
    .input(pageInput)
    .query(async ({ input: { search, cursor, limit } }) => {
      const [before] = decodeCursor(cursor, ['id']) ?? [];
      const rows = await boxPage({ search: search || null, before: before ?? null, limit });
      return toPage(rows, limit, (message) => [message.id]);
    }),
});
