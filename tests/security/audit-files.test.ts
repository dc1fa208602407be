import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { writeWitness } from '@/server/platform/audit-witness';
import { inTransaction } from '@/server/platform/db';
import { withDatabase } from '../integration/database';

withDatabase();

const modeOf = async (at: string) => ((await stat(at)).mode & 0o777).toString(8);

it('what the trail keeps outside of the database is for no other account of the machine, whatever the mask', async () => {
  const folder = path.join(process.env.FILES_DIR ?? '', 'audit');
  const write = (action: string) =>
    inTransaction((tx) =>
      recordAudit(tx, { actor: systemActor('test'), action, entity: 'thing', entityId: '1', detail: {} }),
    );
  const former = process.umask(0);
  try {
    await write('thing.done');
    await sealEntries();
    await write('thing.seen');
    await writeWitness();
  } finally {
    process.umask(former);
  }
  const witnessed = (await readdir(path.join(folder, 'witness'))).map((name) => path.join('witness', name));
  expect(witnessed.length).toBeGreaterThan(0);
  const modes = await Promise.all(
    ['', 'witness', 'anchor.log', ...witnessed].map((at) => modeOf(path.join(folder, at))),
  );
  expect(modes).toEqual(['700', '700', '600', ...witnessed.map(() => '600')]);
});
