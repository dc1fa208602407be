import { describe, expect, it } from 'vitest';
import { laws } from './laws';
import { layered, project } from './tree';

describe('the laws of the house', () => {
  it('look at the whole project', () => {
    expect(project.codeIn(layered).length).toBeGreaterThan(700);
    expect(project.filesIn('prisma/routines', /\.sql$/).length).toBeGreaterThan(10);
    expect(project.filesIn('i18n/messages/vi', /\.json$/).length).toBeGreaterThan(10);
    expect(project.filesIn('app', /page\.tsx$/).length).toBeGreaterThan(20);
  });

  it.each(laws)('$says', ({ broken }) => expect(broken(project)).toEqual([]));

  it.each(laws)('$says: a file that breaks it is found', ({ broken, by: [file, text] }) => {
    expect(broken(project.with(file, text)).length).toBeGreaterThan(0);
  });
});
