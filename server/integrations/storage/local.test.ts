import { mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalStorage } from './local';
import type { Storage } from './port';

let folder: string;
let storage: Storage;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'storage-'));
  storage = createLocalStorage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('local storage', () => {
  it('keeps bytes and streams under their key, with size and hash', async () => {
    const kept = await storage.put('statement/a/vi-1.pdf', Buffer.from('abc'));
    expect(kept).toEqual({ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' });
    const chunks = (async function* () {
      yield Buffer.from('ab');
      yield Buffer.from('c');
    })();
    expect(await storage.put('upload/b.csv', chunks)).toEqual(kept);
    const { bytes, content } = await storage.open('upload/b.csv');
    expect([bytes, await new Response(content).text()]).toEqual([3, 'abc']);
    expect(Buffer.from(await storage.read('statement/a/vi-1.pdf')).toString()).toBe('abc');
  });

  it('leaves nothing behind when the writing breaks', async () => {
    const broken = (async function* () {
      yield Buffer.from('half');
      throw new Error('line cut');
    })();
    await expect(storage.put('broken/c.pdf', broken)).rejects.toThrow('line cut');
    expect(await readdir(path.join(folder, 'broken'))).toEqual([]);
  });

  it('keeps files of patients in 600 and their folders in 700, whatever the mask of the process', async () => {
    const former = process.umask(0);
    try {
      await storage.put('masked/deep/e.pdf', Buffer.from('abc'));
    } finally {
      process.umask(former);
    }
    const modes = await Promise.all(
      ['masked', 'masked/deep', 'masked/deep/e.pdf'].map(
        async (at) => (await stat(path.join(folder, at))).mode & 0o777,
      ),
    );
    expect(modes.map((mode) => mode.toString(8))).toEqual(['700', '700', '600']);
  });

  it('sweeps what dead writers left half-written, and nothing that is being written or is whole', async () => {
    await storage.put('swept/deep/whole.pdf', Buffer.from('abc'));
    const place = (name: string) => path.join(folder, 'swept/deep', name);
    for (const name of ['old.pdf.1.part', 'new.pdf.2.part']) await writeFile(place(name), 'half');
    const longAgo = new Date(Date.now() - 7_200_000);
    for (const name of ['old.pdf.1.part', 'whole.pdf']) await utimes(place(name), longAgo, longAgo);
    expect(await storage.removeUnfinished(3_600_000)).toBe(1);
    expect((await readdir(path.join(folder, 'swept/deep'))).toSorted()).toEqual(['new.pdf.2.part', 'whole.pdf']);
  });

  it('says that it cannot be written, where a file stands in the place of a folder', async () => {
    await writeFile(path.join(folder, 'taken'), '');
    const put = storage.put('taken/deep/d.pdf', Buffer.from('abc'));
    await expect(put).rejects.toMatchObject({ code: 'storage_unavailable', retryable: true });
  });

  it('says that it cannot be written, and not that a file is missing, where its folder cannot be made', async () => {
    await symlink(path.join(folder, 'nowhere'), path.join(folder, 'gone'));
    const put = storage.put('gone/deep/d.pdf', Buffer.from('abc'));
    await expect(put).rejects.toMatchObject({ code: 'storage_unavailable', retryable: true });
  });

  it('says what is missing, and forgives removing it', async () => {
    await expect(storage.open('statement/none.pdf')).rejects.toMatchObject({ code: 'file_missing', retryable: false });
    await expect(storage.read('statement/none.pdf')).rejects.toMatchObject({ code: 'file_missing' });
    await expect(storage.remove('statement/none.pdf')).resolves.toBeUndefined();
  });

  it('takes no key that leads out of its folder', async () => {
    for (const key of ['../x', '/etc/passwd', 'a/../../x', 'a//b', '', 'A/b', 'a/./b']) {
      await expect(storage.put(key, Buffer.from('x')), key).rejects.toThrow('not a storage key');
    }
  });
});
