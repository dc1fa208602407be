import { expect, it } from 'vitest';
import { privateStore } from './private-store';

function shelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const key = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

it('what is taken away stays away, though it was still being enciphered', async () => {
  const storage = shelf();
  const store = privateStore<string>({ name: 'form', key }, () => storage);
  await Promise.all([store.keep('typed'), store.keep(null)]);
  expect(storage.kept.size).toBe(0);
});

it('the last of several that are kept at once is the one that is kept', async () => {
  const storage = shelf();
  const store = privateStore<string>({ name: 'form', key }, () => storage);
  const texts = ['x'.repeat(2_000_000), 'short'];
  await Promise.all(texts.map((text) => store.keep(text)));
  expect(await store.load()).toBe('short');
});
