import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { problemOf, waitForDiskSpace } from '@/scripts/lib/disk-space.mjs';
import { LogFile } from '@/scripts/lib/log-file.mjs';
import { freePort } from '@/scripts/lib/ports.mjs';
import { preparePostgres, superuser } from '@/scripts/lib/postgres.mjs';
import { createLocalStorage } from '@/server/integrations/storage/local';
import { pause, until } from './deadlines';
import { smallVolume } from './volume';

const PASSWORD = 'scratch';

let volume: ReturnType<typeof smallVolume>;
let reported: string[];
beforeEach(() => {
  volume = smallVolume(180);
  reported = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void reported.push(words.join(' ')));
});
afterEach(() => {
  vi.restoreAllMocks();
  volume.remove();
});

const reportedOf = (pattern: RegExp) => async () => reported.some((line) => pattern.test(line));

it('loses lines of its log where there is no room for them, and nothing else', async () => {
  const logs = path.join(volume.folder, 'logs');
  mkdirSync(logs);
  symlinkSync('/dev/full', path.join(logs, 'web.log')); // every write there finds the volume full
  const log = new LogFile(path.join(logs, 'web.log'));
  for (let line = 0; line < 50; line += 1) {
    log.write(`${line}\n`);
    await pause(2);
  }
});

it('outlives a full volume, says how much room is needed, and goes on by itself', async () => {
  if (!volume.mounted) {
    // Without a volume of its own: a real one that has less room than is asked for, until less is asked for.
    const files = { name: 'files', place: volume.folder, needed: 2 ** 60 };
    const waiting = waitForDiskSpace(files);
    expect(await until(reportedOf(/MB are free and \d+ MB are needed/), 5_000)).toBe(true);
    files.needed = 1;
    return waiting;
  }
  const directory = path.join(volume.folder, 'data');
  const stateDir = volume.folder;
  const { service, port } = await preparePostgres({ directory, choosePort: freePort, password: PASSWORD, stateDir });
  await service.start();
  const answers = async () => {
    const client = new pg.Client({ ...superuser(port, PASSWORD), connectionTimeoutMillis: 1_000 });
    client.on('error', () => {});
    return client
      .connect()
      .then(() => client.query('SELECT 1'))
      .then(
        () => true,
        () => false,
      )
      .finally(() => client.end().catch(() => {}));
  };
  expect(await answers()).toBe(true);
  volume.fill();
  process.kill(service.pid ?? 0, 'SIGKILL');
  expect(
    await until(reportedOf(/volume of the database .* is full: \d+ MB are free and 40 MB are needed/), 30_000),
  ).toBe(true);
  expect(await answers()).toBe(false);
  await pause(3_000);
  volume.empty();
  expect(await until(answers, 60_000), 'the database is back').toBe(true);
  await service.stop();
}, 150_000);

it('says what is wrong with a files folder that is full or can only be read, and keeps files again afterwards', async () => {
  const storage = createLocalStorage(path.join(volume.folder, 'files'));
  const put = () => storage.put('upload/a.csv', Buffer.alloc(1024 * 1024));
  // A document lies in a folder of its own, which is not there yet.
  const putFirst = (owner: string) => storage.put(`statement/${owner}/vi-1.pdf`, Buffer.from('%PDF'));
  await put();
  const files = { name: 'files', place: volume.folder, needed: 1024 * 1024 };
  if (volume.mounted) {
    volume.fill();
    await expect(put()).rejects.toMatchObject({ code: 'storage_full', retryable: true });
    expect(problemOf(files)).toMatch(/volume of the files .* is full/);
    volume.empty();
    volume.setReadOnly(true);
    await expect(put()).rejects.toMatchObject({ code: 'storage_read_only', retryable: true });
    await expect(putFirst('b')).rejects.toMatchObject({ code: 'storage_read_only', retryable: true });
    expect(problemOf(files)).toMatch(/can only be read/);
    volume.setReadOnly(false);
  }
  expect(problemOf(files)).toBeNull();
  expect(await put()).toMatchObject({ bytes: 1024 * 1024 });
  expect(await putFirst('b')).toMatchObject({ bytes: 4 });
});
