import { expect, it } from 'vitest';
import { dataDictionary } from '@/scripts/lib/documents/data-dictionary.mjs';
import { project } from '../architecture/tree';
import { ownerPool, withDatabase } from './database';

withDatabase();

it('docs/data-dictionary.md is what `npm run documents` makes of the database', async () => {
  expect(await dataDictionary(ownerPool(), project)).toBe(project.read('docs/data-dictionary.md'));
});
