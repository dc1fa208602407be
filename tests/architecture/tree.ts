import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folders whose modules obey the import table. */
export const layered = ['app', 'components', 'server', 'inngest'];

/** Every folder that holds code of ours. */
export const written = [...layered, 'i18n', 'tests', 'bench', 'scripts', 'prisma/seed'];

const code = /\.(ts|tsx|mjs)$/;

function filesOnDisk(folder: string): string[] {
  try {
    return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  } catch {
    return []; // a folder that is not there yet holds no files
  }
}

/** The project as its laws see it: paths are relative to it, with forward slashes. */
export class Tree {
  constructor(private readonly changed: ReadonlyMap<string, string> = new Map()) {}

  /** The same project with one file written or replaced: what a wrong turn would look like. */
  with(file: string, text: string): Tree {
    return new Tree(new Map([...this.changed, [file, text]]));
  }

  /** All files in a folder and below whose path matches. */
  readonly filesIn = (folder: string, name = /./): string[] => {
    const added = [...this.changed.keys()].filter((file) => file.startsWith(`${folder}/`));
    return [...new Set([...filesOnDisk(folder), ...added])].filter((file) => name.test(file)).sort();
  };

  readonly read = (file: string): string => this.changed.get(file) ?? readFileSync(path.join(root, file), 'utf8');

  readonly has = (file: string): boolean =>
    this.changed.has(file) || filesOnDisk(path.posix.dirname(file)).includes(file);

  /** All code files in the folders. */
  codeIn(folders: readonly string[]): string[] {
    return folders.flatMap((folder) => this.filesIn(folder, code)).sort();
  }
}

export const project = new Tree();

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.startsWith('tests/');
