import { isPercentFormat } from './cells';

/** Which sheet people see first, and where its parts lie. */
export interface WorkbookPlan {
  sheetName: string;
  sheetPart: string;
  stylesPart: string | null;
  stringsPart: string | null;
  date1904: boolean;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
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

/** The parts that a workbook's relations name, by the end of their type. */
function relatedParts(relationsXml: string, workbook: string, type: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const tag of tags(relationsXml, 'Relationship')) {
    const id = attribute(tag, 'Id');
    const target = attribute(tag, 'Target');
    if (id && target && attribute(tag, 'Type')?.endsWith(`/${type}`)) parts.set(id, resolvePart(workbook, target));
  }
  return parts;
}

/** The first sheet that is neither hidden nor very hidden and holds cells (not a chart); `null` where there is none. */
export function planWorkbook(workbookXml: string, relationsXml: string, workbook: string): WorkbookPlan | null {
  const sheets = relatedParts(relationsXml, workbook, 'worksheet');
  const only = (type: string) => relatedParts(relationsXml, workbook, type).values().next().value ?? null;
  for (const tag of tags(workbookXml, 'sheet')) {
    const sheetPart = sheets.get(/\s\w+:id\s*=\s*["']([^"']*)/i.exec(tag)?.[1] ?? '');
    const state = attribute(tag, 'state') ?? 'visible';
    if (!sheetPart || state !== 'visible') continue;
    return {
      sheetName: attribute(tag, 'name') ?? '',
      sheetPart,
      stylesPart: only('styles'),
      stringsPart: only('sharedStrings'),
      date1904: tags(workbookXml, 'workbookPr').some((found) => /^(1|true)$/.test(attribute(found, 'date1904') ?? '')),
    };
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
