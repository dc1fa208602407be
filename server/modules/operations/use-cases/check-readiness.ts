import { touchDatabase } from '../repository';

export type Readiness = { status: 'ok' | 'unready'; database: boolean };

/** Whether this process can serve: the database answers within two seconds. */
export async function checkReadiness(): Promise<Readiness> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 2_000).unref());
  const database = await Promise.race([touchDatabase(), late]).then(
    () => true,
    () => false,
  );
  return { status: database ? 'ok' : 'unready', database };
}
