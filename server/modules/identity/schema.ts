import { z } from 'zod';
import { ROLES, type Role } from '@/server/platform/permissions';

/** Longer than any phrase a person types; hashed whole. */
const PASSWORD_MAX = 200;

export const signInInput = z.object({
  email: z.string().trim().toLowerCase().max(200).pipe(z.email()),
  password: z.string().min(1).max(PASSWORD_MAX),
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

/** How long and how common a new one may be is for the use case to say. */
export const changePasswordInput = z.object({
  current: z.string().min(1).max(PASSWORD_MAX),
  next: z.string().min(1).max(PASSWORD_MAX),
});

/** One row of `branches.csv`. */
export const branchRow = z.object({
  code: z.string().trim().min(1).max(20),
  name_vi: z.string().trim().min(1).max(120),
  name_en: z.string().trim().min(1).max(120),
});
export type BranchRow = z.infer<typeof branchRow>;

/** The one row of `organisation.csv`. The threshold in minor units, the limit in percent. */
export const organisationRow = z.object({
  name_vi: z.string().trim().min(1).max(120),
  name_en: z.string().trim().min(1).max(120),
  address: z.string().trim().max(300),
  phone: z.string().trim().max(60),
  tax_code: z.string().trim().max(20),
  currency: z.string().trim().length(3).default('VND'),
  time_zone: z.string().trim().min(1).default('Asia/Ho_Chi_Minh'),
  default_language: z.enum(['vi', 'en']).default('vi'),
  withholding_threshold: z.coerce.bigint().default(2_000_000n),
  cashier_discount_limit: z.coerce.number().min(0).max(100).default(10),
});
export type OrganisationRow = z.infer<typeof organisationRow>;

/** An account as sessions read it. `epoch` ends every session that began before it moved on. */
export type Account = {
  id: string;
  email: string;
  name: string;
  role: Role;
  branchId: string | null;
  branchCode: string | null;
  branchName: string | null;
  language: 'vi' | 'en';
  active: boolean;
  epoch: number;
  mustChangePassword: boolean;
};

/** How a person proved who they are when the session began. */
export type Proof = 'password' | 'oidc';

/** What a sign-in says about where it came from. The address itself is not kept. */
export type Caller = { addressHash: string; network: string | null; browser: string | null };

/** A session that is good now, and whose it is. */
export type LiveSession = { id: string; proof: Proof; account: Account };

/** One of a person's own sessions, as their list shows it. */
export type OwnSession = {
  id: string;
  current: boolean;
  proof: Proof;
  network: string | null;
  browser: string | null;
  createdAt: Date;
  seenAt: Date;
};

export const endSessionInput = z.object({ id: z.uuid() });
