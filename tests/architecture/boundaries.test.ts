import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it } from 'vitest';
import { isTest, layered, project, root } from './tree';

let result: ICruiseResult;

beforeAll(async () => {
  const options = await extractConfiguration('./.dependency-cruiser.mjs');
  const { output } = await cruise(layered, { ...options, baseDir: path.resolve(root), validate: true }, undefined, {
    tsConfig: extractTypeScript('tsconfig.json'),
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text where a result was asked for');
  result = output;
});

describe('who may import whom', () => {
  it('is as the import table says, without cycles', () => {
    const reported = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(reported).toEqual([]);
  });

  it('has no cycle between modules', () => {
    const moduleOf = (file: string) => /^server\/modules\/([a-z-]+\/[a-z-]+)\//.exec(file)?.[1];
    const graph = new Map<string, Set<string>>();
    for (const { source, dependencies } of result.modules) {
      const from = moduleOf(source);
      if (!from || isTest(source)) continue;
      for (const { resolved } of dependencies) {
        const to = moduleOf(resolved);
        if (to && to !== from) graph.set(from, (graph.get(from) ?? new Set()).add(to));
      }
    }
    expect(graph.size).toBeGreaterThan(3);
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(graph.get(from) ?? [])].some(
        (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
      );
    expect([...graph.keys()].filter((name) => reaches(name, name))).toEqual([]);
  });

  it('has only rules that fail', () => {
    const rules = result.summary.ruleSetUsed?.forbidden ?? [];
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter((rule) => rule.severity !== 'error').map((rule) => rule.name)).toEqual([]);
  });

  it('was checked on every module that exists', () => {
    const isLayered = (file: string) => layered.some((folder) => file.startsWith(`${folder}/`));
    const seen = result.modules.map((module) => module.source).filter(isLayered);
    expect(seen.filter((file) => /\.(ts|tsx|mjs)$/.test(file)).sort()).toEqual(project.codeIn(layered));
  });
});
