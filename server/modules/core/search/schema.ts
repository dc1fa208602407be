import { z } from 'zod';
import { searchText } from '@/server/domain/fields';
import { FOUND_KINDS, type FoundActName, type FoundKind } from '@/server/domain/found-things';

export const searchInput = z.object({ text: searchText.pipe(z.string().min(2)) });

/** Things that somebody was at, by their ids: what they are called now is asked for. */
export const recentInput = z.object({
  things: z.array(z.object({ kind: z.enum(FOUND_KINDS), id: z.uuid() })).max(12),
});
export type Thing = z.output<typeof recentInput>['things'][number];

export type Language = 'vi' | 'en';

/** What may be done with a thing, and where; `document` opens beside the page. */
export type FoundAct = { act: FoundActName; href: string; document?: true };

/** One thing found; the first of its acts opens it, and there is none that the finder may not do. */
export type Found = { kind: FoundKind; id: string; title: string; detail: string; acts: FoundAct[] };
