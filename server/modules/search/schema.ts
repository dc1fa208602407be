import { z } from 'zod';

export const searchInput = z.object({ text: z.string().trim().min(2).max(100) });

/** One thing found, with the address where it opens. */
export type Found = {
  kind: 'patients' | 'orders' | 'doctors';
  id: string;
  title: string;
  detail: string;
  href: string;
};
