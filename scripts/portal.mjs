#!/usr/bin/env node
// `npm run -s portal -- <command>`: the operator's command line, against the running instance. JSON alone on stdout.
import { spawn } from 'node:child_process';
import { bootstrap } from './lib/install.mjs';

await bootstrap({ silent: true });
const { commandLine } = await import('./lib/command-line.mjs');

function refuse(code, message) {
  console.log(JSON.stringify({ error: { code, message } }));
  process.exit(1);
}

function find() {
  try {
    return commandLine();
  } catch (error) {
    return refuse('wrong_settings', error.message);
  }
}

const found =
  find() ?? refuse('not_running', 'No instance runs here and DATABASE_URL is not set: start one with npm start.');
const [program, ...args] = found.command;
const child = spawn(program, [...args, ...process.argv.slice(2)], { stdio: 'inherit', env: found.environment });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
