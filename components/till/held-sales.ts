import { PERSONAL } from '@/components/identity/personal-storage';
import { transformer } from '@/server/api/transformer';
import type { Cart } from './cart-state';

/** A sale that waits in this browser. It was not sold and has no number. */
export type HeldSale = { heldAt: string; cart: Cart };

export type HeldSales = {
  /** The sales held in the shift, the latest first; what can't be read counts as none. */
  load: () => Promise<HeldSale[]>;
  /** Answers whether the browser kept them. */
  keep: (sales: readonly HeldSale[]) => Promise<boolean>;
};

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

// Where the browser has no cipher (a page without TLS), nothing is written; held sales then last as long as the page.
const unwritten = new Map<string, string>();

/**
 * Sales held at the till. They hold patients, and a browser is left open and shared: what is written is enciphered (AES-GCM,
 * bound to the shift) under the cashier's key, which the server hands to the page and which is written nowhere. Without a
 * session of that cashier nobody reads them, on a tab that was closed no more than after a sign-out.
 */
export function heldSales(
  shiftId: string,
  cashierKey: string,
  storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = () => window.localStorage,
): HeldSales {
  const name = `${PERSONAL}held.${shiftId}`;
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  const bound = new TextEncoder().encode(shiftId);
  const keyFor = (subtleHere: SubtleCrypto) =>
    subtleHere.importKey('raw', bytesOf(cashierKey), 'AES-GCM', false, ['encrypt', 'decrypt']);

  const load = async (): Promise<HeldSale[]> => {
    try {
      if (!subtle) return transformer.parse<HeldSale[]>(unwritten.get(name) ?? transformer.stringify([]));
      const written = storage().getItem(name);
      if (!written) return [];
      const [iv = '', sealed = ''] = written.split('.');
      const way = { name: 'AES-GCM', iv: bytesOf(iv), additionalData: bound };
      const plain = await subtle.decrypt(way, await keyFor(subtle), bytesOf(sealed));
      return transformer.parse<HeldSale[]>(new TextDecoder().decode(plain));
    } catch {
      return [];
    }
  };

  const keep = async (sales: readonly HeldSale[]): Promise<boolean> => {
    try {
      const text = transformer.stringify(sales);
      if (!subtle) unwritten.set(name, text);
      else if (sales.length === 0) storage().removeItem(name);
      else {
        const iv = globalThis.crypto.getRandomValues(new Uint8Array(12));
        const way = { name: 'AES-GCM', iv, additionalData: bound };
        const sealed = await subtle.encrypt(way, await keyFor(subtle), new TextEncoder().encode(text));
        storage().setItem(name, `${textOf(iv)}.${textOf(new Uint8Array(sealed))}`);
      }
      return true;
    } catch {
      return false;
    }
  };
  return { load, keep };
}
