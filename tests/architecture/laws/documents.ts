import { factsTable, moduleFacts } from '@/scripts/lib/documents/module-facts.mjs';
import { modulePicture } from '@/scripts/lib/documents/module-picture.mjs';
import type { Tree } from '../tree';

/** Each module has a README: its purpose, and a table of what it owns, made by `npm run documents`. */
export const staleReadmes = (tree: Tree): string[] =>
  moduleFacts(tree)
    .filter((facts) => {
      const file = `${facts.folder}/README.md`;
      return !tree.has(file) || !tree.read(file).endsWith(`\n\n${factsTable(facts)}\n`);
    })
    .map(({ folder }) => `${folder}/README.md is not what \`npm run documents\` makes of the module`);

/** The picture of who imports whom is that of the code. */
export const stalePicture = (tree: Tree): string[] =>
  tree.read('docs/ARCHITECTURE.md').includes(modulePicture(tree))
    ? []
    : ['docs/ARCHITECTURE.md has a picture of other imports: `npm run documents`'];
