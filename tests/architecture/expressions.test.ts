import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isTest, project } from './tree';

// The checker's own build in JavaScript: no binary of another platform is installed for it.
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** Expressions that are made of texts and cannot be read off the source, with what they come to. */
const composed: Record<string, string> = {
  'server/domain/vietnamese.ts SYLLABLE':
    'one of a fixed list of onsets, nuclei and codas each, held to both ends; no part repeats',
  'server/integrations/spreadsheet/alphabets.ts UNLIKELY': 'three alternatives of one class of signs each',
};

/** Expressions that only ever see what we made ourselves. */
const ownText: ReadonlySet<string> = new Set(['server/pdf/paper/read-pdf.ts']);

type Found = { literals: { file: string; text: string }[]; composed: string[] };

function expressionsIn(file: string): Found {
  const found: Found = { literals: [], composed: [] };
  const visit = (node: ts.Node, owner: string) => {
    if (ts.isRegularExpressionLiteral(node)) found.literals.push({ file, text: node.text });
    const made = ts.isNewExpression(node) || ts.isCallExpression(node) ? node : null;
    if (made?.expression.getText() === 'RegExp') found.composed.push(`${file} ${owner}`);
    const name = ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) ? node.name?.getText() : undefined;
    ts.forEachChild(node, (child) => visit(child, name ?? owner));
  };
  visit(ts.createSourceFile(file, project.read(file), ts.ScriptTarget.Latest, true), '');
  return found;
}

const sources = project.codeIn(['app', 'components', 'server', 'inngest', 'i18n']).filter((file) => !isTest(file));
const all = sources.map(expressionsIn);

describe('regular expressions have no backtracking traps', () => {
  it('those of the sources take time in proportion to the text', () => {
    const verdicts = new Map<string, string>();
    const bad: string[] = [];
    for (const { file, text } of all.flatMap(({ literals }) => literals)) {
      if (ownText.has(file)) continue;
      const slash = text.lastIndexOf('/');
      const verdict =
        verdicts.get(text) ?? checkSync(text.slice(1, slash), text.slice(slash + 1), { timeout: null }).status;
      verdicts.set(text, verdict);
      if (verdict !== 'safe') bad.push(`${file}: ${text} is ${verdict}`);
    }
    expect(verdicts.size).toBeGreaterThan(100);
    expect(bad).toEqual([]);
  }, 300_000);

  it('those that are put together are few and each is explained', () => {
    expect(all.flatMap((found) => found.composed).sort()).toEqual(Object.keys(composed).sort());
  });

  it('finds a trap where there is one', () => {
    expect(checkSync('^(a+)+$', '').status).toBe('vulnerable');
    expect(checkSync('\\s+$', '').status).toBe('vulnerable');
  });
});
