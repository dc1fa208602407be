import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { registerLooseRules } from './expression-rules';
import { indexable } from './indexable';
import { leafOf, lookUp, readable, withMissingAsNull } from './member-paths';

/** What an expression can see: `event` is the trigger, `async` the event that comes in later. */
export type Scope = Record<string, unknown>;

interface Presence {
  start: number;
  end: number;
  path: string[];
}

interface Compiled {
  run: (scope: Scope) => unknown;
  ast: ASTNode;
  /** Member paths read outside `has()`, root first: missing ones count as null. */
  paths: string[][];
  presence: Presence[];
}

/** Expressions may carry values of users, so the number kept is bounded. */
const CACHE_SIZE = 2_000;
const cache = new Map<string, Compiled>();
const environment = registerLooseRules(new Environment({ unlistedVariablesAreDyn: true }));

/** `event.data["id"]` as ['event', 'data', 'id']; undefined for anything that is not a plain path. */
function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const base = pathOf(node.args[0]);
    return base && [...base, node.args[1]];
  }
  if (node.op === '[]' && node.args[1].op === 'value' && typeof node.args[1].args === 'string') {
    const base = pathOf(node.args[0]);
    return base && [...base, node.args[1].args];
  }
  return undefined;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function visit(value: unknown, into: Compiled): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, into);
    return;
  }
  if (!isNode(value)) return;
  const path = pathOf(value);
  if (path) {
    if (path.length > 1) into.paths.push(path);
    return;
  }
  if (value.op === 'call' && value.args[0] === 'has' && value.args[1][0]) {
    const target = pathOf(value.args[1][0]);
    if (target) into.presence.push({ start: value.start, end: value.end, path: target });
    return;
  }
  visit(value.args, into);
}

function compile(expression: string): Compiled {
  const known = cache.get(expression);
  if (known) return known;
  const parsed = environment.parse(expression);
  const compiled: Compiled = { run: (scope) => parsed(scope), ast: parsed.ast, paths: [], presence: [] };
  visit(parsed.ast, compiled);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(expression, compiled);
  return compiled;
}

/** `has()` must see what is really there, not the nulls that stand in for missing members: it is answered beforehand. */
function answerPresence(expression: string, presence: Presence[], scope: Scope): string {
  let text = expression;
  for (const { start, end, path } of [...presence].sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + String(lookUp(scope, path) !== undefined) + text.slice(end);
  }
  return text;
}

/** The value of an expression. Throws what CEL throws: unknown operators, wrong types, syntax. */
export function evaluate(expression: string, scope: Scope): unknown {
  let compiled = compile(expression);
  if (compiled.presence.length > 0) {
    const { paths } = compiled;
    compiled = { ...compile(answerPresence(expression, compiled.presence, scope)), paths };
  }
  const values = withMissingAsNull(scope, compiled.paths);
  try {
    return compiled.run(values);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('Unsupported type: object'))) throw error;
    return compiled.run(readable(values) as Scope);
  }
}

/** Only a plain `true` counts; an expression that fails does not match. */
export function matches(expression: string | undefined | null, scope: Scope): boolean {
  if (!expression) return true;
  try {
    return evaluate(expression, scope) === true;
  } catch {
    return false;
  }
}

function keyText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return indexable(value);
  return indexable(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part)));
}

/** The value of a key expression as text. A failing or missing key is the empty text, so the run still starts. */
export function keyOf(expression: string, scope: Scope): string {
  try {
    return keyText(evaluate(expression, scope));
  } catch {
    return '';
  }
}

/**
 * The same for rules that turn events away: undefined where the event has no such key, or one that is `false` or fails. All events
 * without a key would else share one, and be turned away for nothing that they have in common.
 */
export function limitingKey(expression: string, scope: Scope): string | undefined {
  try {
    const value = evaluate(expression, scope);
    return value === false || value === null || value === undefined ? undefined : keyText(value);
  } catch {
    return undefined;
  }
}

/** Whether the text can be parsed at all; the reason when it cannot. */
export function syntaxProblem(expression: string): string | undefined {
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'invalid') : String(error);
  }
}

/** The conjuncts of `a && b && c`. */
function conjuncts(node: ASTNode): ASTNode[] {
  return node.op === '&&' ? [...conjuncts(node.args[0]), ...conjuncts(node.args[1])] : [node];
}

/**
 * The one value of the incoming event that an expression insists on, as `path=json`: `event.data.id == async.data.id`
 * with `event.data.id` "7" gives `data.id="7"`. Waits are found by it instead of trying each. Empty when there is none.
 */
export function indexOf(expression: string | undefined, event: unknown): string {
  if (!expression || syntaxProblem(expression)) return '';
  for (const node of conjuncts(compile(expression).ast)) {
    if (node.op !== '==') continue;
    for (const [incoming, wanted] of [node.args, [...node.args].reverse()] as [ASTNode, ASTNode][]) {
      const path = pathOf(incoming);
      if (path?.[0] !== 'async' || path.length < 2) continue;
      const from = pathOf(wanted);
      const value = wanted.op === 'value' ? wanted.args : from?.[0] === 'event' ? lookUp({ event }, from) : undefined;
      if (typeof value === 'string') return leafOf(path.slice(1).join('.'), value);
    }
  }
  return '';
}
