// What a module owns, read off the tree: the table of its README, which a law compares.
import path from 'node:path';

/** @typedef {import('./table-access.mjs').Project} Project */
/** @typedef {{ area: string, name: string, folder: string, tables: string[], routines: string[], events: string[], functions: string[] }} ModuleFacts */

const namesIn = (/** @type {string} */ text, /** @type {RegExp} */ pattern) =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

/** @param {Project} project @param {string} file @param {RegExp} pattern */
const namesOf = (project, file, pattern) => (project.has(file) ? namesIn(project.read(file), pattern) : []);

/** Functions whose handler calls this module's public face. @param {Project} project @param {string} folder */
const functionsOf = (project, folder) =>
  project
    .filesIn('inngest/functions', /\.handler\.ts$/)
    .filter((file) => project.read(file).includes(`'@/${folder}/public/`))
    .map((file) => path.posix.basename(file, '.handler.ts'))
    .sort();

/** Every module with what it owns. @param {Project} project @returns {ModuleFacts[]} */
export function moduleFacts(project) {
  const folders = new Set(
    project.filesIn('server/modules', /\.ts$/).map((file) => file.split('/').slice(0, 4).join('/')),
  );
  return [...folders].sort().map((folder) => {
    const [, , area = '', name = ''] = folder.split('/');
    return {
      area,
      name,
      folder,
      tables: namesOf(project, `prisma/schema/${name}.prisma`, /@@map\("(\w+)"\)/g).sort(),
      routines: namesOf(project, `prisma/routines/${name}.sql`, /^CREATE (?:FUNCTION|VIEW) (\w+)/gm).sort(),
      events: namesOf(project, `inngest/events/${area}/${name}.ts`, /defineEvent\(\s*'([^']+)'/g).sort(),
      functions: functionsOf(project, folder),
    };
  });
}

const code = (/** @type {string[]} */ names) => names.map((name) => `\`${name}\``).join(' ') || '–';

/** The table of a module's README. @param {ModuleFacts} facts */
export const factsTable = ({ tables, routines, events, functions }) =>
  [
    '| | |',
    '|---|---|',
    `| Tables | ${code(tables)} |`,
    `| Events | ${code(events)} |`,
    `| Functions | ${code(functions)} |`,
    `| Routines | ${code(routines)} |`,
  ].join('\n');
