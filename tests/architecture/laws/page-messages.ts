import path from 'node:path';
import type { Tree } from '../tree';

/** What stands above every page of a folder. */
const LAYOUTS = ['app/(staff)/layout.tsx', 'app/design/layout.tsx'];
/** Read by the hooks of the house on any page. */
const ALWAYS = ['ui', 'errors'];

const pagesOf = (tree: Tree) => tree.filesIn('app', /page\.tsx$/);

/** The file that an import names, where it is one that the browser may get. */
function resolve(files: ReadonlySet<string>, from: string, specifier: string): string | undefined {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : path.posix.join(path.posix.dirname(from), specifier.startsWith('.') ? specifier : '/nowhere');
  return ['.tsx', '.ts', ''].map((end) => `${base}${end}`).find((file) => files.has(file));
}

function reached(tree: Tree, file: string, files: ReadonlySet<string>, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, specifier = ''] of tree.read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    const next = resolve(files, file, specifier);
    if (next && /^(components|app)\//.test(next)) reached(tree, next, files, seen);
  }
  return seen;
}

function namespacesRead(texts: readonly string[]): string[] {
  const asked = texts.flatMap((text) => [...text.matchAll(/useTranslations\(([^)]*)\)/g)]);
  return asked.flatMap(([, argument = '']) => [...argument.matchAll(/'([a-z-]+)/g)].map(([, name = '']) => name));
}

function namespacesGiven(text: string): string[] {
  const lists = [...text.matchAll(/namespaces=\{\[([^\]]*)\]\}/g)].map(([, list = '']) => list);
  return lists.flatMap((list) => [...list.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name));
}

function messagesOf(tree: Tree, page: string, files: ReadonlySet<string>) {
  const texts = [...reached(tree, page, files)].map((file) => tree.read(file));
  // What the server alone draws needs no words in the browser.
  const isOfBrowser = texts.some((text) => /^['"]use client['"]/.test(text) && /useTranslations\(/.test(text));
  const layout = LAYOUTS.find((file) => page.startsWith(path.posix.dirname(file)));
  const own = namespacesGiven(tree.read(page));
  const given = new Set([...ALWAYS.slice(0, 1), ...own, ...(layout ? namespacesGiven(tree.read(layout)) : [])]);
  return { own, given, read: namespacesRead(texts), isOfBrowser };
}

const codeOfBrowser = (tree: Tree) => new Set(tree.codeIn(['app', 'components', 'i18n', 'server']));

/** A page gives the browser the messages that its components read. */
export const missingPageMessages = (tree: Tree): string[] => {
  const files = codeOfBrowser(tree);
  return pagesOf(tree).flatMap((page) => {
    const { given, read, isOfBrowser } = messagesOf(tree, page, files);
    const missing = isOfBrowser ? [...new Set(read)].filter((name) => !given.has(name)) : [];
    return missing.map((name) => `${page} lacks '${name}'`);
  });
};

/** A page carries no messages that nothing on it reads. */
export const unreadPageMessages = (tree: Tree): string[] => {
  const files = codeOfBrowser(tree);
  return pagesOf(tree).flatMap((page) => {
    const { own, read } = messagesOf(tree, page, files);
    return own.filter((name) => !read.includes(name) && !ALWAYS.includes(name)).map((name) => `${page}: '${name}'`);
  });
};
