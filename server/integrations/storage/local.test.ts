import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

  it('says that it cannot be written, where a file stands in the place of a folder', async () => {
    await writeFile(path.join(folder, 'taken'), '');
    const put = storage.put('taken/deep/d.pdf', Buffer.from('abc'));
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
