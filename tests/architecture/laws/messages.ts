import path from 'node:path';
import { icuArguments } from '../icu-arguments';
import type { Tree } from '../tree';

type Sentences = { [key: string]: string | Sentences };

const FOLDER = 'i18n/messages';
const filesOf = (tree: Tree, language: string) =>
  tree.filesIn(`${FOLDER}/${language}`, /\.json$/).map((file) => path.posix.relative(`${FOLDER}/${language}`, file));

function flatten(sentences: Sentences, prefix = ''): Map<string, string> {
  const entries = Object.entries(sentences).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const sentencesOf = (tree: Tree, language: string, file: string) =>
  flatten(JSON.parse(tree.read(path.posix.join(FOLDER, language, file))) as Sentences);

/** Both languages have the same files, and each namespace lies in one area. */
export const missingFiles = (tree: Tree): string[] => {
  const [vi, en] = [filesOf(tree, 'vi'), filesOf(tree, 'en')];
  const names = vi.map((file) => path.basename(file));
  return [
    ...vi.filter((file) => !en.includes(file)).map((file) => `en/${file} is missing`),
    ...en.filter((file) => !vi.includes(file)).map((file) => `vi/${file} is missing`),
    ...vi.filter((file, place) => names.indexOf(path.basename(file)) !== place).map((file) => `${file} comes twice`),
  ];
};

/** Both languages say the same, with the same arguments. */
export const differingMessages = (tree: Tree): string[] =>
  filesOf(tree, 'vi')
    .filter((file) => filesOf(tree, 'en').includes(file))
    .flatMap((file) => {
      const [vi, en] = [sentencesOf(tree, 'vi', file), sentencesOf(tree, 'en', file)];
      const keys = [...new Set([...vi.keys(), ...en.keys()])];
      return keys
        .filter(
          (key) =>
            icuArguments(vi.get(key) ?? '').join() !== icuArguments(en.get(key) ?? '').join() ||
            !vi.has(key) ||
            !en.has(key),
        )
        .map((key) => `${file}: ${key}`);
    });
