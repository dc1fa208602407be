import type { Locale } from '../../i18n/locales';

export type StandingPage = {
  locale: Locale;
  title: string;
  sentence: string;
  link?: { text: string; href: string };
  /** Where the browser goes by itself after so many seconds. */
  again?: { href: string; seconds: number };
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What such a page may load: nothing. */
export const STANDING_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page that stands by itself, with one thing to say: for what is no page of the application, or while there is none. */
export function standingPage({ locale, title, sentence, link, again }: StandingPage): string {
  const refresh = again ? `<meta http-equiv="refresh" content="${again.seconds};url=${escaped(again.href)}">` : '';
  const further = link ? `<a href="${escaped(link.href)}">${escaped(link.text)}</a>` : '';
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
${refresh}<title>${escaped(title)}</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0;padding:1.5rem}
main{max-width:28rem;text-align:center}h1{font-size:1.125rem;margin:0}a{display:inline-block;margin-top:1rem;padding:.625rem 1rem}</style></head>
<body><main role="alert"><h1>${escaped(title)}</h1><p>${escaped(sentence)}</p>${further}</main></body></html>`;
}
