import type { Environment } from '@marcbachmann/cel-js';
import { parseDuration } from './durations';

function joined(left: unknown, right: unknown): string {
  return String(left) + String(right);
}

function dateOf(value: unknown): Date {
  const date = new Date(typeof value === 'number' || typeof value === 'bigint' ? Number(value) : String(value));
  if (Number.isNaN(date.getTime())) throw new Error('not a date');
  return date;
}

function fromNow(text: string, sign: 1 | -1): Date {
  const span = parseDuration(text);
  if (span === undefined) throw new Error(`not a duration: ${text}`);
  return new Date(Date.now() + sign * span);
}

/** The official server's additions to CEL: text joins with numbers, and a few functions. */
export function registerLooseRules(environment: Environment): Environment {
  const time = 'google.protobuf.Timestamp';
  for (const other of ['double', 'int', 'bool']) {
    environment.registerOperator(`string + ${other}: string`, joined);
    environment.registerOperator(`${other} + string: string`, joined);
  }
  environment.registerFunction('lowercase(string): string', (text: string) => text.toLowerCase());
  environment.registerFunction('uppercase(string): string', (text: string) => text.toUpperCase());
  environment.registerFunction('b64decode(string): string', (text: string) => Buffer.from(text, 'base64').toString());
  environment.registerFunction('json_parse(string): dyn', (text: string): unknown => JSON.parse(text));
  environment.registerFunction(`date(dyn): ${time}`, dateOf);
  environment.registerFunction(`now(): ${time}`, () => new Date());
  environment.registerFunction(`now_plus(string): ${time}`, (text: string) => fromNow(text, 1));
  environment.registerFunction(`now_minus(string): ${time}`, (text: string) => fromNow(text, -1));
  return environment;
}
