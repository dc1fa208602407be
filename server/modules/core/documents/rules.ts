import type { StoredDocument } from './schema';

/** The name a browser saves a document under: plain ASCII, nothing of a person. */
export function fileName({
  kind,
  language,
  ownerName,
}: Pick<StoredDocument, 'kind' | 'language'> & { ownerName: string }): string {
  const name = ownerName.replace(/[^A-Za-z0-9._-]+/g, '-');
  return `${[kind, name, language].filter((part) => part !== '').join('-')}.pdf`;
}
