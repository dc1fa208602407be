import { SheetError } from './port';
import type { Archive } from './scan';
import { prefixed, readXml, type XmlVisitor } from './xml';

/** Which sheet people see first, and where its parts lie. */
export interface WorkbookPlan {
  sheetName: string;
  sheetPart: string;
  /** The other sheets that people see. */
  others: { name: string; part: string }[];
  stylesPart: string;
  stringsPart: string | null;
  date1904: boolean;
}

function resolvePart(base: string, target: string): string {
  const segments = /^[\\/]/.test(target) ? [] : base.split('/').slice(0, -1);
  // Some programs write the separator of their own system.
  for (const segment of target.split(/[\\/]/)) {
    if (segment === '..') segments.pop();
    else if (segment && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

function relationsPart(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

type Relation = { id: string; type: string; part: string };
/** Spreadsheets allow 31 characters; what is longer goes on its way to whoever asked for the sheet. */
const LONGEST_NAME = 200;

type Listed = { name: string; relation: string; visible: boolean };

/** Gathers the attributes of the elements that `take` has a use for. */
async function gather(
  archive: Archive,
  part: string,
  take: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  const visitor: XmlVisitor = { open: take, close: () => {}, text: () => {} };
  await readXml(archive.pieces(part), part, visitor);
}

async function readRelations(archive: Archive, base: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  await gather(archive, relationsPart(base), (name, { Id: id, Type: type, Target: target, TargetMode: mode }) => {
    if (name !== 'Relationship' || !target || mode === 'External') return;
    relations.push({ id: id ?? '', type: (type ?? '').split('/').at(-1) ?? '', part: resolvePart(base, target) });
  });
  return relations;
}

/** Finds the first sheet that is neither hidden nor very hidden and holds cells (not a chart). Throws `empty` where there is none. */
export async function readPlan(archive: Archive): Promise<WorkbookPlan> {
  const root = await readRelations(archive, '');
  const workbook = root.find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  const relations = await readRelations(archive, workbook);
  const sheets: Listed[] = [];
  let date1904 = false;
  await gather(archive, workbook, (name, attributes) => {
    if (name === 'workbookPr') date1904 ||= /^(1|true)$/.test(attributes.date1904 ?? '');
    if (name !== 'sheet') return;
    const relation = prefixed(attributes, 'id') ?? '';
    sheets.push({
      name: (attributes.name ?? '').slice(0, LONGEST_NAME),
      relation,
      visible: (attributes.state ?? 'visible') === 'visible',
    });
  });
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part ?? null;
  const worksheets = new Map(
    relations.flatMap(({ id, type, part }) => (type === 'worksheet' ? [[id, part] as const] : [])).reverse(),
  );
  const seen = sheets.flatMap(({ name, relation, visible }) => {
    const part = worksheets.get(relation);
    return visible && part !== undefined ? [{ name, part }] : [];
  });
  const [first, ...others] = seen;
  if (!first) throw new SheetError('empty', { place: workbook });
  const parts = {
    stylesPart: partOf('styles') ?? resolvePart(workbook, 'styles.xml'),
    stringsPart: partOf('sharedStrings'),
  };
  return { sheetName: first.name, sheetPart: first.part, others, ...parts, date1904 };
}
