import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../paths.mjs';
import { mustRun } from '../run.mjs';

const NOT_IN_GIT = ['prisma/generated', 'next-env.d.ts'];

/** The files of the project as they lie there now, but for what git ignores. */
async function filesOfProject() {
  const listed = await mustRun('Listing the files', 'git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  return [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(inRoot(file)));
}

/**
 * A copy of the project's tree in a folder that goes afterwards: what is tried out is never written into the tree that somebody works in.
 * The packages are those of the project.
 */
export async function copyTree() {
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-mutants-'));
  for (const file of [...(await filesOfProject()), ...NOT_IN_GIT]) {
    if (!existsSync(inRoot(file))) continue;
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    cpSync(inRoot(file), path.join(folder, file), { recursive: true });
  }
  symlinkSync(inRoot('node_modules'), path.join(folder, 'node_modules'));
  return {
    folder,
    /** Puts a text in the place of a file, until it is restored. */
    write: (file, text) => writeFileSync(path.join(folder, file), text),
    restore: (file) => writeFileSync(path.join(folder, file), readFileSync(path.join(root, file))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
