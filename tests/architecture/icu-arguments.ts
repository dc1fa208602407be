/** What a message in ICU syntax asks for: `{name}`, `{count, plural, …}` and tags such as `<b>`. */
export function icuArguments(message: string): string[] {
  const found = new Set<string>();
  let at = 0;

  const skipSpace = () => {
    while (/\s/.test(message[at] ?? '')) at += 1;
  };
  const word = () => {
    skipSpace();
    const match = /^[^\s{},]+/.exec(message.slice(at))?.[0] ?? '';
    at += match.length;
    skipSpace();
    return match;
  };
  // 'text in apostrophes' is literal when it begins with a brace; two apostrophes are one.
  const skipQuoted = () => {
    const isQuote = /^'[{}<#]/.test(message.slice(at));
    const end = isQuote ? message.indexOf("'", at + 1) : at;
    at = end < 0 ? message.length : end + 1;
  };
  const argument = () => {
    found.add(word());
    if (message[at] === ',') {
      at += 1;
      const kind = word();
      const branches = /^(plural|select|selectordinal)$/.test(kind);
      while (at < message.length && message[at] !== '}') {
        if (branches && message[at] === '{') {
          at += 1;
          text();
        }
        at += 1;
      }
    }
  };
  const text = () => {
    while (at < message.length && message[at] !== '}') {
      if (message[at] === "'") {
        skipQuoted();
        continue;
      }
      const tag = /^<([a-zA-Z][\w-]*)\/?>/.exec(message.slice(at))?.[1];
      if (tag) found.add(`<${tag}>`);
      if (message[at] === '{') {
        at += 1;
        argument();
      }
      at += 1;
    }
  };
  text();
  return [...found].sort();
}
