import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { project, root } from './tree';

interface Row {
  threat: string;
  defence: string;
  requirement: string;
  tests: { file: string; title: string }[];
}

const cellsOf = (line: string) =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
const testsOf = (cell: string) =>
  [...cell.matchAll(/`([^`›]+?) › ([^`]+)`/g)].map(([, file = '', title = '']) => ({ file, title }));

const rows: Row[] = project
  .read('docs/security/threat-model.md')
  .split('\n')
  .filter((line) => line.startsWith('|') && !line.startsWith('|---') && !line.startsWith('| threat |'))
  .map((line) => {
    const [threat = '', defence = '', requirement = '', tests = ''] = cellsOf(line);
    return { threat, defence, requirement, tests: testsOf(tests) };
  });

const standsIn = ({ file, title }: Row['tests'][number]) =>
  existsSync(path.join(root, file)) && project.read(file).includes(title);

it('every threat names its defence, its requirement and a test that is there', () => {
  const wanting = rows.filter(
    ({ defence, requirement, tests }) =>
      !defence || !/^V\d+(\.\d+){1,2}/.test(requirement) || tests.length === 0 || !tests.every(standsIn),
  );
  expect(wanting.map(({ threat, tests }) => ({ threat, absent: tests.filter((test) => !standsIn(test)) }))).toEqual([]);
});
