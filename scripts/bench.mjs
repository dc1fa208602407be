#!/usr/bin/env node
// `npm run bench -- <name> [arguments]`: runs bench/<name>.ts, which prints one line of JSON a figure.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { bootstrap } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { Refusal, sayFailure } from './lib/say.mjs';

await bootstrap({ silent: true });
const { fromSource } = await import('./lib/commands.mjs');
const { runningInstance } = await import('./lib/runtime.mjs');

const known = () =>
  (existsSync(inRoot('bench')) ? readdirSync(inRoot('bench')) : []).filter((file) => /^[a-z-]+\.ts$/.test(file));
const [name, ...args] = process.argv.slice(2);
if (!known().includes(`${name}.ts`)) {
  const names = known().map((file) => file.replace('.ts', ''));
  sayFailure(new Refusal(`usage: npm run bench -- ${names.join('|')}`));
  process.exit(2);
}
// A bench that needs an instance takes the running one; each says itself when there must be one.
const running = runningInstance();
const environment = { ...process.env, ...running?.environment, ...(running ? { BASE_URL: running.url } : {}) };
const [program, ...before] = fromSource(`bench/${name}.ts`);
const child = spawn(program, [...before, ...args], { stdio: 'inherit', env: environment });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
