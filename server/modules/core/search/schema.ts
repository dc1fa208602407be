import { z } from 'zod';
import { searchText } from '@/server/domain/fields';

export const searchInput = z.object({ text: searchText.pipe(z.string().min(2)) });

/** One thing found, with the address where it opens. */
export type Found = {
  kind: 'patients' | 'orders' | 'doctors';
  id: string;
  title: string;
  detail: string;
  href: string;
};
