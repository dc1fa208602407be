import ts from 'typescript';
import { sqlChanges } from './sql.mjs';
import { HOLE } from './sql-tokens.mjs';

const { SyntaxKind: Kind } = ts;

const OPERATORS = new Map([
  [Kind.EqualsEqualsEqualsToken, ['!==']],
  [Kind.ExclamationEqualsEqualsToken, ['===']],
  [Kind.LessThanToken, ['<=', '>=']],
  [Kind.LessThanEqualsToken, ['<', '>']],
  [Kind.GreaterThanToken, ['>=', '<=']],
  [Kind.GreaterThanEqualsToken, ['>', '<']],
  [Kind.AmpersandAmpersandToken, ['||']],
  [Kind.BarBarToken, ['&&']],
  [Kind.PlusToken, ['-']],
  [Kind.MinusToken, ['+']],
  [Kind.AsteriskToken, ['/']],
  [Kind.SlashToken, ['*']],
  [Kind.PercentToken, ['*']],
]);
const METHODS = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  floor: 'ceil',
  ceil: 'floor',
};
const LEFT_OUT = new Set([
  'filter',
  'toSorted',
  'sort',
  'reverse',
  'toReversed',
  'trim',
  'slice',
  'normalize',
  'toLowerCase',
  'flat',
]);
/** What is said to a log, a metric or a developer is no behaviour that a test should hold word for word; `notFound` names a thing for the log. */
const SAID = /^(log|logger|console|metrics?)\b/;
const SAID_PROPERTIES = new Set(['cause', 'message']);
const SQL =
  /\b(SELECT|INSERT INTO|UPDATE \w+|DELETE FROM|WHERE|FROM|ORDER BY|AND|EXISTS|JOIN|VALUES|IS NULL|IS NOT NULL)\b/;

/**
 * Every change of a TypeScript file that makes another sense of it; what stands in it as SQL is changed as SQL.
 * @returns {import('./sql.mjs').Change[]}
 */
export function typescriptChanges(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const changes = [];
  const visit = (node) => {
    if (isIgnored(node, source)) return;
    for (const make of [operator, condition, statement, literal, member, call]) changes.push(...make(node, source));
    const sql = sqlOf(node, source);
    if (sql) changes.push(...sql);
    else ts.forEachChild(node, visit);
    if (sql && ts.isTemplateExpression(node)) for (const span of node.templateSpans) visit(span.expression);
  };
  visit(source);
  return changes;
}

function isIgnored(node, source) {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isCallExpression(node) && SAID.test(node.expression.getText(source))) return true;
  return ts.isPropertyAssignment(node) && SAID_PROPERTIES.has(node.name.getText(source));
}

const change = (node, source, text, what) => ({ start: node.getStart(source), end: node.end, text, what });
const short = (text) => (text.length > 40 ? `${text.slice(0, 38)} …` : text).replace(/\s+/g, ' ');

/** Comparisons, sums, both sides of a condition, and a default that is not given. */
function operator(node, source) {
  if (ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken)
    return [change(node, source, node.operand.getText(source), `!x → x: ${short(node.getText(source))}`)];
  if (!ts.isBinaryExpression(node)) return [];
  const { operatorToken: sign } = node;
  const others = OPERATORS.get(sign.kind) ?? [];
  const swapped = others.map((other) => change(sign, source, other, `${sign.getText(source)} → ${other}`));
  if (sign.kind !== Kind.QuestionQuestionToken) return swapped;
  return [change(node, source, `(${node.left.getText(source)})`, `removed ?? ${short(node.right.getText(source))}`)];
}

function condition(node, source) {
  if (!ts.isIfStatement(node) && !ts.isConditionalExpression(node) && !ts.isWhileStatement(node)) return [];
  const test = ts.isConditionalExpression(node) ? node.condition : node.expression;
  return [change(test, source, `!(${test.getText(source)})`, `turned round: ${short(test.getText(source))}`)];
}

/** A call whose answer nobody takes, and an early end. */
function statement(node, source) {
  if (ts.isExpressionStatement(node)) {
    const inner = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
    const said = ts.isCallExpression(inner) && SAID.test(inner.expression.getText(source));
    const directive = ts.isStringLiteral(inner);
    return said || directive ? [] : [change(node, source, ';', `removed: ${short(node.getText(source))}`)];
  }
  if (!ts.isIfStatement(node) || node.elseStatement) return [];
  const body = ts.isBlock(node.thenStatement) ? node.thenStatement.statements.at(-1) : node.thenStatement;
  if (!body || !(ts.isReturnStatement(body) || ts.isThrowStatement(body) || ts.isContinueStatement(body))) return [];
  return [change(node, source, ';', `removed: ${short(node.getText(source))}`)];
}

function literal(node, source) {
  const text = node.getText(source);
  if (ts.isNumericLiteral(node) && isSign(node)) return [];
  if (ts.isNumericLiteral(node))
    return [change(node, source, String(Number(text.replaceAll('_', '')) + 1), `${text} → one more`)];
  if (ts.isBigIntLiteral(node))
    return [change(node, source, `${BigInt(text.slice(0, -1).replaceAll('_', '')) + 1n}n`, `${text} → one more`)];
  if (node.kind === Kind.TrueKeyword) return [change(node, source, 'false', 'true → false')];
  if (node.kind === Kind.FalseKeyword) return [change(node, source, 'true', 'false → true')];
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0)
    return [change(node, source, '[]', `emptied ${short(text)}`)];
  if (ts.isRegularExpressionLiteral(node)) return withoutAnchors(node, text, source);
  if (isPlainText(node) && !SQL.test(text)) return [change(node, source, "''", `emptied ${short(text)}`)];
  return [];
}

const isPlainText = (node) =>
  (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) &&
  node.getText().length > 2 &&
  !ts.isTaggedTemplateExpression(node.parent) &&
  !(ts.isPropertyAssignment(node.parent) && node.parent.name === node) &&
  !ts.isExpressionStatement(node.parent) &&
  !(ts.isCallExpression(node.parent) && node.parent.expression.getText() === 'notFound');

function withoutAnchors(node, text, source) {
  const changes = [];
  if (text.startsWith('/^')) changes.push(change(node, source, `/${text.slice(2)}`, `${short(text)} without ^`));
  const end = text.lastIndexOf('/');
  if (text[end - 1] === '$' && text[end - 2] !== '\\')
    changes.push(change(node, source, `${text.slice(0, end - 1)}${text.slice(end)}`, `${short(text)} without $`));
  return changes;
}

/** One of the ends of `a < b ? -1 : 1`, of which only the sign counts. */
function isSign(node) {
  const value = ts.isPrefixUnaryExpression(node.parent) ? node.parent : node;
  const { parent } = value;
  const isOne = (one) => ts.isConditionalExpression(one) || /^-?[01]$/.test(one.getText());
  return (
    ts.isConditionalExpression(parent) &&
    value !== parent.condition &&
    isOne(parent.whenTrue) &&
    isOne(parent.whenFalse)
  );
}

/** A property, or what is spread into an object, left out. */
function member(node, source) {
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties
    .filter((property) => !(property.name && SAID_PROPERTIES.has(property.name.getText(source))))
    .map((property) => {
      const index = node.properties.indexOf(property);
      const next = node.properties[index + 1];
      const end = next ? next.getStart(source) : property.end;
      return { start: property.getStart(source), end, text: '', what: `left out ${short(property.getText(source))}` };
    });
}

/** `some` for `every`, and a step of a chain left out. */
function call(node, source) {
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken && !ts.isCallExpression(node.parent))
    return [change(node.questionDotToken, source, '.', '?. → .')];
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { name, expression } = node.expression;
  const other = METHODS[name.text];
  if (other) return [change(name, source, other, `${name.text} → ${other}`)];
  return LEFT_OUT.has(name.text) ? [change(node, source, expression.getText(source), `left out .${name.text}(…)`)] : [];
}

/** The changes of a text that is SQL, tagged or not; null for every other node. */
function sqlOf(node, source) {
  if (!ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateExpression(node) && !ts.isStringLiteral(node))
    return null;
  const raw = node.getText(source);
  const tagged = ts.isTaggedTemplateExpression(node.parent) && /^sql\b/i.test(node.parent.tag.getText(source));
  if (!tagged && !SQL.test(raw)) return null;
  const from = node.getStart(source);
  let text = ` ${raw.slice(1, -1)} `;
  if (ts.isTemplateExpression(node)) {
    for (const span of node.templateSpans) {
      const begin = span.expression.getFullStart() - from - 2;
      const end = span.literal.getStart(source) - from + 1;
      text = text.slice(0, begin) + HOLE.repeat(end - begin) + text.slice(end);
    }
  }
  return sqlChanges(text).map((made) => ({ ...made, start: made.start + from, end: made.end + from, sql: true }));
}
