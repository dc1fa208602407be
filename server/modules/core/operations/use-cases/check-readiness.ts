import { databaseState } from '@/server/platform/db/health';

export type Readiness = { status: 'ok' | 'unready'; database: boolean };

/** Whether this process can serve: the database answers. */
export async function checkReadiness(): Promise<Readiness> {
  const database = (await databaseState()) === null;
  return { status: database ? 'ok' : 'unready', database };
}
