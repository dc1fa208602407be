import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Messages, readable } from './compiled';
import type { Locale } from './locales';

export type { Messages } from './compiled';

const loaded = new Map<Locale, Promise<Messages>>();

async function readFolder(locale: Locale): Promise<Messages> {
  const folder = path.join(process.cwd(), 'i18n', 'messages', locale);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const entries = await Promise.all(
    files.map(async (name): Promise<[string, Messages]> => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return [path.basename(name, '.json'), JSON.parse(text)];
    }),
  );
  return readable(Object.fromEntries(entries));
}

/**
 * All messages of a language: one namespace a file, named after it, whichever area's folder it lies in. Kept in memory in production, where files do not
 * change; read again on each request in development, where they do.
 */
export function loadMessages(locale: Locale): Promise<Messages> {
  if (process.env.NODE_ENV !== 'production') return readFolder(locale);
  const known = loaded.get(locale) ?? readFolder(locale);
  loaded.set(locale, known);
  return known;
}
