// Writes prisma/table-access.txt: who reads and writes which table.
import { writeFileSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { tableAccess } from './lib/table-access.mjs';

const HEAD = `# Who reads and writes which table: made by \`npm run table-access\` from TypeScript and SQL, held by tests/architecture/ownership.test.ts.
# The owner of a table is the file of prisma/schema that defines it. Only the owner writes; a new line that reads is a wish of one module
# to know another's table, and is reviewed as such: a view or a function in public/ may be better. Triggers and constraints are not listed.
`;

const { lines, foreignWrites } = tableAccess();
writeFileSync(inRoot('prisma', 'table-access.txt'), `${HEAD}\n${lines.join('\n')}\n`);
console.log(`${lines.length} lines`);
for (const line of foreignWrites) console.log(`not the owner: ${line}`);
