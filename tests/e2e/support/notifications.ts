import pg from 'pg';
import { runningInstance } from '../../../scripts/lib/runtime.mjs';

const BREAK = `
  CREATE FUNCTION trial_break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trial' USING ERRCODE = 'XX001'; END $$;
  CREATE TRIGGER trial_break BEFORE INSERT ON outbox_event FOR EACH ROW WHEN (NEW.name = 'notification/requested')
    EXECUTE FUNCTION trial_break()`;

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: runningInstance()?.environment.MIGRATION_DATABASE_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** From now on nothing can ask for a notice, as with a table that is damaged. */
export const breakNotifications = () => asOwner(BREAK);

export const repairNotifications = () => asOwner('DROP FUNCTION IF EXISTS trial_break CASCADE');
