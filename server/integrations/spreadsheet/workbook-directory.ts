import { isPercentFormat } from './cells';

/** The few facts about a workbook that its row stream does not tell: which sheet people see first, and where it lies. */
export interface SheetPlace {
  name: string;
  /** Position among all sheets of the workbook, hidden ones included. */
  index: number;
  part: string;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (name) return entities[name] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? decodeEntities(found[1] ?? found[2] ?? '') : null;
}

const tags = (xml: string, name: string) => xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? [];

function resolvePart(base: string, target: string): string {
  const segments = target.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const segment of target.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** The workbook's own part, by the package's relations. */
export function workbookPart(rootRelations: string): string | null {
  const relation = tags(rootRelations, 'Relationship').find((tag) =>
    attribute(tag, 'Type')?.endsWith('/officeDocument'),
  );
  const target = relation && attribute(relation, 'Target');
  return target ? resolvePart('', target) : null;
}

export function relationsPart(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** The first sheet that is neither hidden nor very hidden and holds cells (not a chart). */
export function firstVisibleSheet(workbookXml: string, relationsXml: string, workbook: string): SheetPlace | null {
  const parts = new Map<string, string>();
  for (const tag of tags(relationsXml, 'Relationship')) {
    const id = attribute(tag, 'Id');
    const target = attribute(tag, 'Target');
    if (id && target && attribute(tag, 'Type')?.endsWith('/worksheet')) parts.set(id, resolvePart(workbook, target));
  }
  for (const [index, tag] of tags(workbookXml, 'sheet').entries()) {
    const part = parts.get(/\s\w+:id\s*=\s*["']([^"']*)/i.exec(tag)?.[1] ?? '');
    const state = attribute(tag, 'state') ?? 'visible';
    if (part && state === 'visible') return { name: attribute(tag, 'name') ?? '', index, part };
  }
  return null;
}

/** The style numbers whose number format is a percentage. 9 and 10 are the built-in `0%` and `0.00%`. */
export function percentStyles(stylesXml: string): Set<string> {
  const formats = new Set(['9', '10']);
  for (const tag of tags(stylesXml, 'numFmt')) {
    const id = attribute(tag, 'numFmtId');
    if (id && isPercentFormat(attribute(tag, 'formatCode') ?? '')) formats.add(id);
  }
  const cellFormats = /<(?:\w+:)?cellXfs[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(stylesXml)?.[0] ?? '';
  const styles = tags(cellFormats, 'xf').map((tag, index) =>
    formats.has(attribute(tag, 'numFmtId') ?? '') ? index : -1,
  );
  return new Set(styles.filter((index) => index >= 0).map(String));
}
