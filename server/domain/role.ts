/** What a person of the staff is; each role may do what `server/authorization` grants it. */
export const ROLES = [
  'cashier',
  'branch-manager',
  'upload-operator',
  'finance',
  'clinician',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];
