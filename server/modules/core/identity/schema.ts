import { z } from 'zod';
import { choice, choiceOr, code, currency, email, line, lineOrNull, numberOrNull } from '@/server/domain/fields';
import { AMOUNT_RULE, PERCENT_RULE } from '@/server/domain/number';
import { ROLES, type Role } from '@/server/domain/role';

/** Longer than any phrase a person types; hashed whole. */
const PASSWORD_MAX = 200;

export const signInInput = z.object({
  email,
  password: z.string().min(1).max(PASSWORD_MAX),
});

/** One row of `users.csv`. */
export const userRow = z.object({
  email,
  name: line('personName'),
  role: choice(ROLES),
  branch: lineOrNull('shortCode'),
  language: choiceOr(['vi', 'en'], 'vi'),
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
  code: code('shortCode'),
  name_vi: line('personName'),
  name_en: line('personName'),
});
export type BranchRow = z.infer<typeof branchRow>;

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The one row of `organisation.csv`. The threshold in minor units, the limit in percent. */
export const organisationRow = z.object({
  name_vi: line('personName'),
  name_en: line('personName'),
  address: lineOrNull('address').transform((text) => text ?? ''),
  /** As the letterhead prints it. */
  phone: lineOrNull('phone').transform((text) => text ?? ''),
  tax_code: lineOrNull('taxCode').transform((text) => text ?? ''),
  currency: currency.nullish().transform((text) => text ?? 'VND'),
  time_zone: lineOrNull('title')
    .transform((text) => text ?? 'Asia/Ho_Chi_Minh')
    .refine((zone) => isTimeZone(zone), 'bad_time_zone'),
  default_language: choiceOr(['vi', 'en'], 'vi'),
  withholding_threshold: numberOrNull(AMOUNT_RULE).transform((text) => BigInt(text ?? 2_000_000)),
  /** What of an order one person alone may give back. */
  refund_limit: numberOrNull(AMOUNT_RULE).transform((text) => BigInt(text ?? 500_000)),
  cashier_discount_limit: numberOrNull({ ...PERCENT_RULE, decimals: 2 }).transform((text) => text ?? '10'),
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
  branchNameVi: string | null;
  branchNameEn: string | null;
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
