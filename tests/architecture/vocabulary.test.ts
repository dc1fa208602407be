import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeIn, read, written } from './tree';

const files = codeIn(written);
const module = /^server\/modules\/(core|sales|referral|intake|clinical|imaging)\/[a-z-]+\//;
const inModules = /^server\/modules\//;
const moduleFile = /^(router|schema|policy|rules|queries|repository)(\.test)?\.ts$/;
const useCase = /^(use-cases|public)\/[a-z]+(-[a-z0-9]+)+(\.test)?\.ts$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const vague = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'shared', 'lib']);

/** Routes name parameters and groups in brackets, private folders begin with an underscore. */
const withoutRouting = (part: string) => part.replace(/^[[(._]+|[\])]+$/g, '');
const stems = (file: string) => file.split('/').map((part) => withoutRouting(part.split('.')[0] ?? ''));

describe('the tree is the documentation', () => {
  it('has in each module only the files that every module has', () => {
    const strangers = files
      .filter((file) => inModules.test(file))
      .filter((file) => {
        const inside = file.replace(module, '');
        return !moduleFile.test(inside) && !useCase.test(inside);
      });
    expect(strangers).toEqual([]);
  });

  it('exports from a use case a function of the same name', () => {
    const unnamed = files
      .filter((file) => /\/(use-cases|public)\/[^/]+(?<!\.test)\.ts$/.test(file))
      .filter((file) => {
        const name = path.basename(file, '.ts').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
        return !new RegExp(`export (async )?(function\\*?|const) ${name}\\b`).test(read(file));
      });
    expect(unnamed).toEqual([]);
  });

  it('is written in kebab-case', () => {
    const wrong = files.filter((file) => stems(file).some((stem) => stem !== '' && !kebab.test(stem)));
    expect(wrong).toEqual([]);
  });

  it('has no drawer for what has no name', () => {
    const application = files.filter((file) => !file.startsWith('scripts/'));
    expect(application.filter((file) => stems(file).some((stem) => vague.has(stem)))).toEqual([]);
  });
});
