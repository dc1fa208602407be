import { transformer } from '@/server/api/transformer';
import { PERSONAL } from './personal-storage';

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export type PrivateStore<Value> = {
  /** What was kept, or null; what can't be read counts as nothing. */
  load: () => Promise<Value | null>;
  /** Answers whether the browser kept it; null takes it away. */
  keep: (value: Value | null) => Promise<boolean>;
};

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

// Where the browser has no cipher (a page without TLS), nothing is written; what is kept then lasts as long as the page.
const unwritten = new Map<string, string>();

/**
 * What a person keeps in this browser under a name. It may hold patients, and a browser is left open and shared: what is written is
 * enciphered (AES-GCM, bound to `bound`) under the person's key, which the server hands to the page and which is written nowhere.
 * Without a session of that person nobody reads it, on a tab that was closed no more than after a sign-out.
 */
export function privateStore<Value>(
  { name, bound = name, key }: { name: string; bound?: string; key: string },
  storage: () => Shelf = () => window.localStorage,
): PrivateStore<Value> {
  const kept = `${PERSONAL}${name}`;
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  const additionalData = new TextEncoder().encode(bound);
  const keyFor = (here: SubtleCrypto) => here.importKey('raw', bytesOf(key), 'AES-GCM', false, ['encrypt', 'decrypt']);

  const load = async (): Promise<Value | null> => {
    try {
      const written = subtle ? storage().getItem(kept) : unwritten.get(kept);
      if (!written) return null;
      if (!subtle) return transformer.parse<Value>(written);
      const [iv = '', sealed = ''] = written.split('.');
      const way = { name: 'AES-GCM', iv: bytesOf(iv), additionalData };
      const plain = await subtle.decrypt(way, await keyFor(subtle), bytesOf(sealed));
      return transformer.parse<Value>(new TextDecoder().decode(plain));
    } catch {
      return null;
    }
  };

  // To encipher takes a moment; what was kept before is not written after what was kept since.
  let newest = 0;
  const keep = async (value: Value | null): Promise<boolean> => {
    newest += 1;
    const mine = newest;
    try {
      if (value === null) {
        unwritten.delete(kept);
        storage().removeItem(kept);
        return true;
      }
      const text = transformer.stringify(value);
      if (!subtle) unwritten.set(kept, text);
      else {
        const iv = globalThis.crypto.getRandomValues(new Uint8Array(12));
        const way = { name: 'AES-GCM', iv, additionalData };
        const sealed = await subtle.encrypt(way, await keyFor(subtle), new TextEncoder().encode(text));
        if (mine === newest) storage().setItem(kept, `${textOf(iv)}.${textOf(new Uint8Array(sealed))}`);
      }
      return true;
    } catch {
      return false;
    }
  };
  return { load, keep };
}
