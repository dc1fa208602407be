// The picture of docs/ARCHITECTURE.md: which module imports which, read off the imports.

/** @typedef {import('./table-access.mjs').Project} Project */

const MODULE = /^server\/modules\/([a-z-]+)\/([a-z-]+)\//;

/** Modules that each module imports. @param {Project} project @returns {Map<string, Set<string>>} */
function importsOfModules(project) {
  const graph = new Map();
  for (const file of project.filesIn('server/modules', /(?<!\.test)\.ts$/)) {
    const [, , from = ''] = MODULE.exec(file) ?? [];
    graph.set(from, graph.get(from) ?? new Set());
    for (const [, to = ''] of project.read(file).matchAll(/from '@\/server\/modules\/[a-z-]+\/([a-z-]+)\//g))
      if (to !== from) graph.get(from).add(to);
  }
  return graph;
}

/** A Mermaid picture: an area a box, an arrow where one module imports another. @param {Project} project */
export function modulePicture(project) {
  const areas = new Map();
  for (const file of project.filesIn('server/modules', /\.ts$/)) {
    const [, area = '', name = ''] = MODULE.exec(file) ?? [];
    areas.set(area, (areas.get(area) ?? new Set()).add(name));
  }
  const boxes = ['core', 'sales', 'referral', 'intake', 'clinical', 'imaging']
    .filter((area) => areas.has(area))
    .flatMap((area) => [`  subgraph ${area}`, ...[...areas.get(area)].sort().map((name) => `    ${name}`), '  end']);
  const arrows = [...importsOfModules(project)].flatMap(([from, to]) =>
    [...to].sort().map((name) => `  ${from} --> ${name}`),
  );
  return ['```mermaid', 'flowchart BT', ...boxes, ...arrows, '```'].join('\n');
}
