import { closing, isOperator, isWord, tokensOf } from './sql-tokens.mjs';

/**
 * @typedef {{ start: number, end: number, text: string, what: string }} Change a piece of a text, what it is replaced by, and how that is named
 */

const COMPARED = { '<>': '=', '!=': '=', '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const SWAPPED = {
  MIN: 'max',
  MAX: 'min',
  SUM: 'max',
  BOOL_AND: 'bool_or',
  BOOL_OR: 'bool_and',
  GREATEST: 'least',
  LEAST: 'greatest',
  TRUE: 'false',
  FALSE: 'true',
}; // prettier-ignore
/** What ends a condition at its own depth. */
const AFTER_CONDITION = [
  'AND',
  'OR',
  'GROUP',
  'ORDER',
  'LIMIT',
  'HAVING',
  'RETURNING',
  'UNION',
  'WHERE',
  'FOR',
  'ON',
  'JOIN',
  'LEFT',
  'CROSS',
  'THEN',
  'LOOP',
  'AS',
  'OFFSET',
  'WINDOW',
  'EXCEPT',
  'SET',
  'WHEN',
  'ELSE',
  'END',
  'INTO',
]; // prettier-ignore
const KEYWORDS = new Set([
  ...AFTER_CONDITION,
  'SELECT',
  'FROM',
  'BY',
  'IN',
  'NOT',
  'IS',
  'NULL',
  'CASE',
  'DISTINCT',
  'VALUES',
  'RETURN',
  'BETWEEN',
  'ALL',
  'ANY',
]); // prettier-ignore

const isValue = (token) =>
  token !== undefined &&
  (['number', 'string', 'value'].includes(token.type) ||
    isOperator(token, ')', ']') ||
    (token.type === 'word' && !KEYWORDS.has(token.text.toUpperCase())));

/** Every change of an SQL text that makes another sense of it. Locks, casts, names and hints of the planner stay as they are. */
export function sqlChanges(text) {
  const tokens = tokensOf(text);
  const settled = { assignments: assignmentsOf(tokens), betweens: betweensOf(tokens) };
  const changes = [];
  for (let i = 0; i < tokens.length; i += 1) {
    for (const make of [comparison, conjunction, negation, removal, swap, sum, joined, constant, order, branch]) {
      for (const change of make(tokens, i, settled, text)) changes.push(change);
    }
  }
  return changes;
}

const replaced = (token, text, what) => ({ start: token.start, end: token.end, text, what });
const cut = (from, to, text, what) => ({ start: from.start, end: to.end, text, what });

/** Where `=` gives a value: after SET up to the next clause, in the heads of functions, and in settings. */
function assignmentsOf(tokens) {
  const found = new Set();
  for (let i = 0; i < tokens.length; i += 1) {
    if (!isWord(tokens[i], 'SET')) continue;
    const { depth } = tokens[i];
    for (let k = i + 1; k < tokens.length; k += 1) {
      const token = tokens[k];
      if (token.depth < depth || (token.depth === depth && endsAssignments(token))) break;
      const begins = isOperator(tokens[k - 2], ',') || isOperator(tokens[k - 2], ')') || k === i + 2;
      if (token.depth === depth && isOperator(token, '=') && (begins || isWord(tokens[k - 2], 'LOCAL')))
        found.add(token);
    }
  }
  return found;
}

const endsAssignments = (token) =>
  isWord(token, 'WHERE', 'FROM', 'RETURNING', 'AS') ||
  isOperator(token, ';') ||
  (token.type === 'operator' && /^\$\w*\$$/.test(token.text));

/** The `AND` that belongs to a BETWEEN. */
function betweensOf(tokens) {
  const found = new Set();
  tokens.forEach((token, i) => {
    if (!isWord(token, 'BETWEEN')) return;
    const and = tokens.slice(i).find((later) => later.depth === token.depth && isWord(later, 'AND'));
    if (and) found.add(and);
  });
  return found;
}

function comparison(tokens, i, { assignments }) {
  const token = tokens[i];
  if (isOperator(token, '=') && !assignments.has(token) && isValue(tokens[i - 1]))
    return [replaced(token, '<>', '= → <>')];
  if (token.type !== 'operator' || !COMPARED[token.text] || !isValue(tokens[i - 1])) return [];
  // Nobody meets a moment to the microsecond.
  const near = [...tokens.slice(Math.max(0, i - 3), i), ...tokens.slice(i + 1, i + 4)];
  if (token.text !== '<>' && token.text !== '!=' && near.some((one) => isWord(one, 'NOW'))) return [];
  return [replaced(token, COMPARED[token.text], `${token.text} → ${COMPARED[token.text]}`)];
}

function conjunction(tokens, i, { betweens }) {
  const token = tokens[i];
  if (betweens.has(token) || !isWord(token, 'AND', 'OR') || isWord(tokens[i + 1], 'REPLACE')) return [];
  const other = isWord(token, 'AND') ? 'OR' : 'AND';
  const swapped = replaced(token, other, `${token.text.toUpperCase()} → ${other}`);
  const last = endOfCondition(tokens, i, betweens);
  return last < 0 ? [swapped] : [swapped, cut(token, tokens[last], '', `removed ${token.text.toUpperCase()} …`)];
}

/** The last token of the condition that begins behind `from`. */
function endOfCondition(tokens, from, betweens) {
  const { depth } = tokens[from];
  let i = from + 1;
  let cases = 0;
  for (; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token.depth < depth) break;
    if (isWord(token, 'CASE')) cases += 1;
    if (token.depth === depth && cases === 0 && !betweens.has(token)) {
      if (isWord(token, ...AFTER_CONDITION) || isOperator(token, ';', ',') || /^\$\w*\$$/.test(token.text)) break;
    }
    if (isWord(token, 'END')) cases -= 1;
  }
  return i - 1 > from ? i - 1 : -1;
}

function negation(tokens, i) {
  const [token, next, third] = tokens.slice(i, i + 3);
  if (isWord(token, 'IS') && isWord(next, 'NULL')) return [cut(token, next, 'IS NOT NULL', 'IS NULL → IS NOT NULL')];
  if (isWord(token, 'IS') && isWord(next, 'NOT') && isWord(third, 'NULL'))
    return [cut(token, third, 'IS NULL', 'IS NOT NULL → IS NULL')];
  if (isWord(token, 'IS') && isWord(next, 'NOT') && isWord(third, 'DISTINCT'))
    return [cut(token, third, 'IS DISTINCT', 'IS NOT DISTINCT → IS DISTINCT')];
  if (isWord(token, 'IS') && isWord(next, 'DISTINCT'))
    return [cut(token, next, 'IS NOT DISTINCT', 'IS DISTINCT → IS NOT DISTINCT')];
  if (isWord(token, 'NOT') && isWord(next, 'EXISTS', 'IN') && !isWord(tokens[i - 1], 'IF'))
    return [cut(token, next, next.text, `NOT ${next.text} → ${next.text}`)];
  return [];
}

/** A condition as a whole, the first of a WHERE, a limit, DISTINCT, a filter of a sum, and what is done about a conflict. */
function removal(tokens, i, { betweens }) {
  const token = tokens[i];
  const next = tokens[i + 1];
  if (isWord(token, 'FILTER') && isOperator(next, '('))
    return [cut(token, tokens[closing(tokens, i + 1)], '', 'removed FILTER (…)')];
  if (isWord(token, 'WHERE', 'HAVING')) {
    const last = endOfCondition(tokens, i, betweens);
    return last < 0 ? [] : [cut(next, tokens[last], 'true', `${token.text} … → ${token.text} true`)];
  }
  if (isWord(token, 'LIMIT') && next?.type === 'number' && !isOperator(tokens[i + 2], '+'))
    return [cut(token, next, '', `removed LIMIT ${next.text}`)];
  if (isWord(token, 'DISTINCT') && isWord(tokens[i - 1], 'SELECT') && !isWord(next, 'ON'))
    return [replaced(token, '', 'removed DISTINCT')];
  if (isWord(token, 'DISTINCT') && isOperator(tokens[i - 1], '(')) return [replaced(token, '', 'removed DISTINCT')];
  if (isWord(token, 'PERFORM')) {
    const end = tokens.findIndex((later, k) => k > i && isOperator(later, ';'));
    return end < 0 ? [] : [cut(token, tokens[end - 1], 'NULL', 'removed PERFORM …')];
  }
  return [];
}

function swap(tokens, i) {
  const token = tokens[i];
  const other = token.type === 'word' ? SWAPPED[token.text.toUpperCase()] : undefined;
  const constant = isWord(token, 'TRUE', 'FALSE');
  if (!other || isOperator(tokens[i - 1], '.') || (!constant && !isOperator(tokens[i + 1], '('))) return [];
  return [replaced(token, other, `${token.text} → ${other}`)];
}

function sum(tokens, i) {
  const token = tokens[i];
  if (!isOperator(token, '+', '-', '*') || !isValue(tokens[i - 1]) || isOperator(tokens[i + 1], ')', ',')) return [];
  if (isWord(tokens[i + 1], 'FROM')) return [];
  const other = { '+': '-', '-': '+', '*': '/' }[token.text];
  return [replaced(token, other, `${token.text} → ${other}`)];
}

function joined(tokens, i) {
  const token = tokens[i];
  if (isWord(token, 'LEFT') && isWord(tokens[i + 1], 'JOIN')) return [replaced(token, '', 'LEFT JOIN → JOIN')];
  if (isWord(token, 'JOIN') && !isWord(tokens[i - 1], 'LEFT', 'CROSS', 'FULL', 'RIGHT', 'INNER'))
    return [replaced(token, 'LEFT JOIN', 'JOIN → LEFT JOIN')];
  if (isWord(token, 'UNION') && !isWord(tokens[i + 1], 'ALL'))
    return [replaced(token, 'UNION ALL', 'UNION → UNION ALL')];
  return [];
}

const NO_CONSTANT = /^'(\s*|[0-9a-fA-F]{8}-.*|[[{].*)'$/s;

function constant(tokens, i, _, text) {
  const token = tokens[i];
  const before = tokens[i - 1];
  if (token.type === 'number' && !isTypeLength(tokens, i) && !isOrdinal(tokens, i) && !isOperator(before, '[')) {
    const more = String(Number(token.text) + 1);
    return [replaced(token, more, `${token.text} → ${more}`)];
  }
  if (token.type !== 'string' || NO_CONSTANT.test(token.text) || isWord(before, 'ZONE', 'SET', 'TO')) return [];
  if (isOperator(before, '=') && isWord(tokens[i - 2], 'ERRCODE', 'WORK_MEM')) return [];
  const span = /^'(\d+) (\w+)'$/.exec(token.text);
  if (span) return [replaced(token, `'${Number(span[1]) + 1} ${span[2]}'`, `${token.text} → one more`)];
  if (
    isOperator(tokens[i + 1], '::') ||
    isWord(before, 'INTERVAL', 'EXCEPTION') ||
    /search_path|TIME ZONE $/.test(text.slice(token.start - 16, token.start))
  )
    return [];
  return [replaced(token, `${token.text.slice(0, -1)}#'`, `${token.text} → another text`)];
}

const isTypeLength = (tokens, i) =>
  isOperator(tokens[i - 1], '(') && isWord(tokens[i - 2], 'CHAR', 'NUMERIC', 'VARCHAR');

/** `GROUP BY 1, 2` names columns, and `ROWS 5000` is a hint. */
function isOrdinal(tokens, i) {
  let k = i - 1;
  while (isOperator(tokens[k], ',') || tokens[k]?.type === 'number') k -= 1;
  return isWord(tokens[k], 'BY', 'ROWS', 'COST', 'LOCK');
}

/** Each term of an ORDER BY the other way round. */
function order(tokens, i) {
  if (!isWord(tokens[i], 'BY') || !isWord(tokens[i - 1], 'ORDER')) return [];
  const { depth } = tokens[i];
  const changes = [];
  for (let k = i + 1; k <= tokens.length; k += 1) {
    const token = tokens[k];
    const last = tokens[k - 1];
    const inside = token && (token.depth > depth || (token.depth === depth && !endsOrder(token)));
    if (inside) continue;
    if (isWord(last, 'DESC')) changes.push(replaced(last, 'ASC', 'DESC → ASC'));
    else if (last && !isWord(last, 'FIRST', 'LAST') && k > i + 1)
      changes.push({ start: last.end, end: last.end, text: ' DESC', what: 'ASC → DESC' });
    if (!token || !isOperator(token, ',')) break;
  }
  return changes;
}

const endsOrder = (token) =>
  isOperator(token, ',', ')', ';') ||
  /^\$\w*\$$/.test(token.text) ||
  isWord(token, 'LIMIT', 'OFFSET', 'FOR', 'ON', 'RETURNING');

/** The branches of a CASE, and the default of a coalesce. */
function branch(tokens, i) {
  const token = tokens[i];
  if (isWord(token, 'COALESCE') && isOperator(tokens[i + 1], '(')) {
    const end = closing(tokens, i + 1);
    const comma = tokens.findIndex(
      (later, k) => k > i + 1 && k < end && isOperator(later, ',') && later.depth === tokens[i + 1].depth + 1,
    );
    return comma < 0 ? [] : [cut(tokens[comma], tokens[end - 1], '', 'coalesce without its default')];
  }
  if (isWord(token, 'ELSE') && isWord(tokens[i + 2], 'END') && !isWord(tokens[i + 1], 'NULL'))
    return [replaced(tokens[i + 1], 'NULL', 'ELSE … → ELSE NULL')];
  return [];
}
