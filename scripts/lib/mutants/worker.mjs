/** Runs test files in the tree that it was started in, one at a time, for each message: a server of vitest that stays warm. */
import { createVitest } from 'vitest/node';

const vitest = await createVitest('test', {
  root: process.cwd(),
  watch: false,
  maxWorkers: 1,
  bail: 1,
  reporters: [{}],
  silent: true,
});
await vitest.standalone();
const known = new Map();
for (const specification of await vitest.globTestSpecifications()) {
  known.set(`${specification.project.name}:${specification.moduleId}`, specification);
}

/** What a test file came to: null when it passed, else the first test that failed. */
async function failureOf({ file, part }) {
  const specification = known.get(`${part}:${process.cwd()}/${file}`);
  if (!specification) throw new Error(`no test file ${file} in ${part}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
  // It answers the modules of earlier runs as well.
  for (const module of testModules.filter(({ moduleId }) => moduleId === specification.moduleId)) {
    for (const test of module.children.allTests('failed')) {
      return { test: test.fullName, why: test.result().errors?.map(said).join('\n') ?? '' };
    }
    for (const suite of module.children.allSuites()) {
      if (suite.errors().length > 0) return { test: suite.fullName, why: suite.errors().map(said).join('\n') };
    }
    if (module.errors().length > 0) return { test: '(loading it)', why: module.errors().map(said).join('\n') };
    if (module.state() === 'failed') return { test: '(as a whole)', why: '' };
  }
  if (unhandledErrors.length > 0) return { test: '(outside of a test)', why: unhandledErrors.map(said).join('\n') };
  return null;
}

/** @param {unknown} error */
function said(error) {
  const texts = [];
  for (let at = error, i = 0; at && i < 5; at = at.cause, i += 1)
    texts.push(String(at.message ?? at), String(at.code ?? ''));
  return texts.join('\n');
}

process.on('message', async ({ test, changed, template }) => {
  process.env.TEST_TEMPLATE = template;
  for (const file of changed) vitest.invalidateFile(`${process.cwd()}/${file}`);
  process.send({ failure: await failureOf(test).catch((error) => ({ test: '(running it)', why: said(error) })) });
});
process.send({ ready: true });
