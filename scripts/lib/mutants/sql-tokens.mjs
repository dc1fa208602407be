/**
 * @typedef {{ type: 'word' | 'number' | 'string' | 'operator' | 'value', text: string, start: number, end: number, depth: number }} Token
 *   `value` stands for what a template inserts; `depth` counts the parentheses around it
 */

/** What a hole of a template is filled with before its text is read as SQL: nothing that SQL itself has. */
export const HOLE = '\u0001';

const PATTERNS = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['value', new RegExp(`${HOLE}+|\\$\\d+`, 'y')],
  ['operator', /\$\w*\$/y], // the quotes of a body: what stands in it is read as well
  ['string', /E?'(?:[^']|'')*'/y],
  ['word', /"[^"]*"|[A-Za-z_]\w*/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['operator', /::|:=|=>|<>|!=|<=|>=|->>|->|#>>|#>|\|\||@>|<@|!~\*?|~\*?|[-+*/%<>=(),;.[\]:?&|^#@!]/y],
];

/** The tokens of an SQL text, without spaces and comments. @returns {Token[]} */
export function tokensOf(text) {
  const tokens = [];
  let at = 0;
  let depth = 0;
  while (at < text.length) {
    const [type, length] = lexeme(text, at);
    const token = { type, text: text.slice(at, at + length), start: at, end: at + length, depth };
    if (token.text === ')') depth -= 1;
    if (token.text === ')' || token.text === '(') token.depth = depth;
    if (token.text === '(') depth += 1;
    if (type !== 'space' && type !== 'comment') tokens.push(token);
    at += length;
  }
  return tokens;
}

function lexeme(text, at) {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return [type, found[0].length];
  }
  return ['operator', 1];
}

export const isWord = (token, ...words) => token?.type === 'word' && words.includes(token.text.toUpperCase());
export const isOperator = (token, ...signs) => token?.type === 'operator' && signs.includes(token.text);

/** The place of the parenthesis that closes the one at `from`. */
export function closing(tokens, from) {
  for (let i = from + 1; i < tokens.length; i += 1) {
    if (tokens[i].text === ')' && tokens[i].depth === tokens[from].depth) return i;
  }
  return -1;
}
