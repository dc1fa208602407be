import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeIn, read } from './tree';

const files = new Set(codeIn(['app', 'components', 'i18n', 'server']));
const pages = [...files].filter((file) => /^app\/.*page\.tsx$/.test(file));

/** What is given to every page from above, by the folder that gives it. */
const ABOVE: Record<string, string[]> = {
  'app/(staff)/': ['ui', ...namespacesGiven('app/(staff)/layout.tsx')],
  'app/design/': ['ui', ...namespacesGiven('app/design/layout.tsx')],
  'app/': ['ui'],
};

/** The file that an import names, where it is one that the browser may get. */
function resolve(from: string, specifier: string): string | undefined {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : path.posix.join(path.posix.dirname(from), specifier.startsWith('.') ? specifier : '/nowhere');
  return ['.tsx', '.ts', ''].map((end) => `${base}${end}`).find((file) => files.has(file));
}

function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, specifier = ''] of read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    const next = resolve(file, specifier);
    if (next && /^(components|app)\//.test(next)) reached(next, seen);
  }
  return seen;
}

function namespacesRead(page: string): string[] {
  const asked = [...reached(page)].flatMap((file) => [...read(file).matchAll(/useTranslations\(([^)]*)\)/g)]);
  const names = asked.flatMap(([, argument = '']) =>
    [...argument.matchAll(/'([a-z-]+)/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)].sort();
}

function namespacesGiven(file: string): string[] {
  const lists = [...read(file).matchAll(/namespaces=\{\[([^\]]*)\]\}/g)].map(([, list = '']) => list);
  return lists.flatMap((list) => [...list.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name));
}

const above = (page: string): string[] => Object.entries(ABOVE).find(([folder]) => page.startsWith(folder))?.[1] ?? [];

describe('the messages of a page travel with it', () => {
  it('finds the pages', () => expect(pages.length).toBeGreaterThan(20));

  it.each(pages)('%s has what it reads', (page) => {
    const given = [...above(page), ...namespacesGiven(page)];
    // What only the server reads needs no place in the browser.
    const client = namespacesRead(page).filter((name) => !given.includes(name));
    expect(isOfServer(page) ? [] : client).toEqual([]);
  });

  it.each(pages)('%s carries nothing that it does not read', (page) => {
    const read = namespacesRead(page);
    expect(namespacesGiven(page).filter((name) => !read.includes(name) && !ALWAYS.includes(name))).toEqual([]);
  });
});

/** Pages whose components are all drawn by the server. */
const isOfServer = (page: string): boolean =>
  ![...reached(page)].some((file) => /^['"]use client['"]/.test(read(file)) && /useTranslations\(/.test(read(file)));

/** Read by the hooks of the house on any page. */
const ALWAYS = ['errors'];
