import { db, type Transaction } from './db';

export type Organisation = {
  nameVi: string;
  nameEn: string;
  address: string;
  phone: string;
  taxCode: string;
  currency: string;
  timeZone: string;
  defaultLanguage: 'vi' | 'en';
  withholdingThreshold: bigint;
  cashierDiscountLimit: string;
};

let known: { at: number; value: Organisation } | undefined;

/** The chain's own settings. Read from the database, remembered for a few seconds: every request needs them. */
export async function organisation(): Promise<Organisation> {
  if (known && Date.now() - known.at < 5_000) return known.value;
  const value = await organisationIn(db());
  known = { at: Date.now(), value };
  return value;
}

/** The same as they stand now, in a transaction that writes them down for good. */
export async function organisationIn(reader: Pick<Transaction, 'organisation'>): Promise<Organisation> {
  const row = await reader.organisation.findUniqueOrThrow({ where: { id: 1 } });
  return {
    ...row,
    defaultLanguage: row.defaultLanguage === 'en' ? 'en' : 'vi',
    cashierDiscountLimit: row.cashierDiscountLimit.toString(),
  };
}
