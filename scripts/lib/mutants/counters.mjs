import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../paths.mjs';

/**
 * The pieces of a file that run or do not run as a whole: bodies of functions and blocks. The first is the file itself.
 * @returns {{ key: string, start: number, end: number, arrow: boolean }[]}
 */
export function piecesOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const pieces = [{ key: file, start: 0, end: text.length, arrow: false }];
  const visit = (node) => {
    const arrow = ts.isArrowFunction(node) && !ts.isBlock(node.body);
    const body = arrow ? node.body : ts.isBlock(node) ? node : null;
    if (body)
      pieces.push({ key: `${file}:${body.getStart(source)}`, start: body.getStart(source), end: body.end, arrow });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return pieces;
}

/** The file with a counter in each of its pieces; `tests/seed.ts` of the copy writes down what was counted. */
export function withCounters(file, text) {
  const puts = [];
  for (const { key, start, end, arrow } of piecesOf(file, text).slice(1)) {
    const counter = `globalThis.__ran?.add(${JSON.stringify(key)})`;
    if (arrow) puts.push([start, `(${counter}, `], [end, ')']);
    else puts.push([start + 1, ` ${counter};`]);
  }
  // From the end on, so that places stay; of two at one place, what opens stands outside.
  const ordered = puts
    .map((put, i) => [...put, i])
    .sort((a, b) => b[0] - a[0] || (a[1] === ')' ? a[2] - b[2] : b[2] - a[2]));
  let counted = text;
  for (const [at, put] of ordered) counted = counted.slice(0, at) + put + counted.slice(at);
  return `${counted}\nglobalThis.__ran?.add(${JSON.stringify(file)});\n`;
}

/** What a test file of a counted tree does last: it says what has run. */
export const REPORTER = `
import { writeFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
globalThis.__ran = new Set();
afterAll(() => {
  const file = expect.getState().testPath ?? '';
  writeFileSync(process.env.MUTANTS_RAN + '/' + encodeURIComponent(file) + '.json', JSON.stringify({ file, ran: [...globalThis.__ran] }));
});
`;

/** The smallest piece around a place of a file. */
export function pieceAround(file, start, end) {
  const inside = piecesOf(file, readFileSync(path.join(root, file), 'utf8')).filter(
    (piece) => piece.start <= start && end <= piece.end,
  );
  return inside.reduce((smallest, piece) =>
    piece.end - piece.start <= smallest.end - smallest.start ? piece : smallest,
  ).key;
}
