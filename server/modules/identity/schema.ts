import { z } from 'zod';
import { ROLES } from '@/server/platform/permissions';

export const signInInput = z.object({
  email: z.string().trim().toLowerCase().max(200).pipe(z.email()),
  password: z.string().min(1).max(200),
});

/** One row of `users.csv`. */
export const userRow = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email()),
  name: z.string().trim().min(1).max(120),
  role: z.enum(ROLES),
  branch: z.string().trim().optional(),
  language: z.enum(['vi', 'en']).default('vi'),
});
export type UserRow = z.infer<typeof userRow>;

/** Who signed in, as the session keeps it. `epoch` ends the session when the account's own has moved on. */
export type SignedIn = { id: string; email: string; name: string; role: (typeof ROLES)[number]; epoch: number };

export const changePasswordInput = z.object({ current: z.string().min(1).max(200), next: z.string().min(10).max(200) });
