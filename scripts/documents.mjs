#!/usr/bin/env node
// Writes what is read off the code: docs/data-dictionary.md, prisma/table-access.txt, the picture of docs/ARCHITECTURE.md and the
// tables of the modules' READMEs. Tests compare all of them.
import { writeFileSync } from 'node:fs';
import { bootstrap } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';

await bootstrap({ silent: true });
const { default: pg } = await import('pg');
const { withScratchDatabase } = await import('./lib/scratch-postgres.mjs');
const { migrate } = await import('./lib/migrations/migrate.mjs');
const { dataDictionary } = await import('./lib/documents/data-dictionary.mjs');
const { factsTable, moduleFacts } = await import('./lib/documents/module-facts.mjs');
const { modulePicture } = await import('./lib/documents/module-picture.mjs');
const { onDisk, tableAccess, TABLE_ACCESS_HEAD } = await import('./lib/documents/table-access.mjs');

const write = (/** @type {string} */ file, /** @type {string} */ text) =>
  writeFileSync(inRoot(...file.split('/')), text);

const { lines, foreignWrites } = tableAccess();
write('prisma/table-access.txt', `${TABLE_ACCESS_HEAD}\n${lines.join('\n')}\n`);
for (const line of foreignWrites) console.log(`not the owner: ${line}`);

for (const facts of moduleFacts(onDisk)) {
  const file = `${facts.folder}/README.md`;
  const text = onDisk.has(file) ? onDisk.read(file) : `# ${facts.name}\n\n| | |\n`;
  write(file, `${text.slice(0, text.indexOf('| | |'))}${factsTable(facts)}\n`);
}

const architecture = onDisk.read('docs/ARCHITECTURE.md');
write('docs/ARCHITECTURE.md', architecture.replace(/```mermaid[\s\S]*?```/, modulePicture(onDisk)));

await withScratchDatabase(async (url) => {
  process.env.MIGRATION_DATABASE_URL = url;
  await migrate(['deploy']);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  write('docs/data-dictionary.md', await dataDictionary(client, onDisk));
  await client.end();
});
process.exit();
