import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folders whose modules obey the import table. */
export const layered = ['app', 'components', 'server', 'inngest'];

/** Every folder that holds code of ours. */
export const written = [...layered, 'i18n', 'tests', 'bench', 'scripts', 'prisma/seed'];

const code = /\.(ts|tsx|mjs)$/;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  } catch {
    return []; // a folder that is not there yet holds no files
  }
}

/** Paths of all code files in the folders, relative to the project, with forward slashes. */
export const codeIn = (folders: string[]): string[] =>
  folders
    .flatMap(filesIn)
    .filter((file) => code.test(file))
    .sort();

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.startsWith('tests/');
