import { expect, it } from 'vitest';
import { ROLES, type Role } from '@/server/domain/role';
import type { StaffActor } from '@/server/platform/actor';
import { type DocumentFacts, ownerMayRead, staffMayRead } from './policy';
import { fileName } from './rules';

const staff = (role: Role): StaffActor => ({ kind: 'user', id: 'u', role, branchId: 'q1', correlationId: 'c' });
const receipt = (branchId: string): DocumentFacts => ({ kind: 'receipt', ownerId: 'o', branchId });
const readers = (facts: DocumentFacts) => ROLES.filter((role) => staffMayRead(staff(role), facts));

it('a receipt is for staff of its branch, and for whom every branch is open; a statement for who reads statements', () => {
  expect(readers(receipt('q1'))).toEqual(['cashier', 'branch-manager', 'finance', 'administrator', 'auditor']);
  expect(readers(receipt('hn'))).toEqual(['finance', 'administrator', 'auditor']);
  expect(readers({ kind: 'statement', ownerId: 's', branchId: null })).toEqual(['finance', 'administrator', 'auditor']);
});

it('an owner reads what is the owner’s, of its kind', () => {
  const facts = receipt('q1');
  expect(ownerMayRead(facts, { kind: 'receipt', id: 'o' })).toBe(true);
  expect(ownerMayRead(facts, { kind: 'statement', id: 'o' })).toBe(false);
  expect(ownerMayRead(facts, { kind: 'receipt', id: 'p' })).toBe(false);
});

it('a file is named after what it shows, in plain letters', () => {
  expect(fileName({ kind: 'receipt', language: 'vi', ownerName: 'Q1-261101-0001' })).toBe(
    'receipt-Q1-261101-0001-vi.pdf',
  );
  expect(fileName({ kind: 'statement', language: 'en', ownerName: '2026-10 «Đ»/x' })).toBe(
    'statement-2026-10-x-en.pdf',
  );
  expect(fileName({ kind: 'receipt', language: 'en', ownerName: '' })).toBe('receipt-en.pdf');
});
