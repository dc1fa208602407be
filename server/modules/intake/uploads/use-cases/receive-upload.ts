import path from 'node:path';
import { CAPS } from '@/server/domain/caps';
import type { TextEncodingName } from '@/server/domain/encoding';
import { cutTo, plainFileName, plainLine } from '@/server/domain/text';
import {
  isSheetError,
  type ReadSheetOptions,
  SheetError,
  type SheetSource,
  spreadsheets,
} from '@/server/integrations/spreadsheet/port';
import { storage } from '@/server/integrations/storage/port';
import { type Actor, actorUserId } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { insertUpload } from '../repository';
import { turnOf } from '../rules';
import { sheetRefusal } from '../rules/refusals';
import { type HeaderFacts, MAX_UPLOAD_BYTES, type Mapping, UPLOAD_EXTENSIONS, wantedColumns } from '../schema';

/** A title as it is compared and shown. The cut comes first: no title is worth a megabyte of comparing. */
const plainTitle = (title: string | null) =>
  title === null ? null : plainLine(cutTo(title, CAPS.columnTitle)) || null;

/** Excel's own names are of 31 characters at most. */
const plainSheetName = (name: string) => plainLine(cutTo(name, 60));

/** Which sheet of a workbook is read, and which are not. */
const sheetFacts = ({ sheetName, otherSheets }: Beginning): Pick<HeaderFacts, 'sheet'> =>
  sheetName === null ? {} : { sheet: { name: plainSheetName(sheetName), others: otherSheets.map(plainSheetName) } };

type Received = { id: string; header: HeaderFacts; mapping: Mapping };

/** What the sender said of the file before sending it: what arrives is all of that, or nothing is kept. */
type Announced = { bytes: number; sha256: string };

function requireWhole(kept: Announced, announced: Announced | undefined): void {
  if (!announced || (kept.bytes === announced.bytes && kept.sha256 === announced.sha256)) return;
  const params = { received: kept.bytes, announced: announced.bytes };
  throw new PortalError('invalid', 'upload_incomplete', { params });
}

async function* bounded(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > MAX_UPLOAD_BYTES) throw sheetRefusal(new SheetError('too_large', { limit: MAX_UPLOAD_BYTES }));
    yield chunk;
  }
}

type Beginning = Pick<SheetSource, 'header' | 'rowsAbove' | 'match' | 'sheetName' | 'otherSheets' | 'hiddenColumns'>;

/** Reads as far as the first row: what is no sheet, or holds none, is refused before anything is kept. */
async function readBeginning(key: string, options: ReadSheetOptions): Promise<Beginning> {
  let sheet: SheetSource | undefined;
  try {
    sheet = await spreadsheets().read(await storage().open(key), options);
    const { header, rowsAbove, match, sheetName, otherSheets, hiddenColumns } = sheet;
    const beginning = { header, rowsAbove, match, sheetName, otherSheets, hiddenColumns };
    for await (const rows of sheet.batches) if (rows.length > 0) return beginning;
    const others = otherSheets.map(plainSheetName).join(', ');
    if (sheetName === null || !others) throw new PortalError('invalid', 'sheet_no_rows');
    const params = { sheet: plainSheetName(sheetName), others };
    throw new PortalError('invalid', 'sheet_first_empty', { params });
  } finally {
    await sheet?.close();
  }
}

/** Queued: a user who sends many sheets at once does not take all readers. */
async function readInTurn(actor: Actor, key: string, options: ReadSheetOptions): Promise<Beginning> {
  try {
    return await spreadsheets().inTurn(turnOf(actor), () => readBeginning(key, options));
  } catch (error) {
    throw isSheetError(error) ? sheetRefusal(error) : error;
  }
}

/**
 * Keeps a file that somebody sent and says what its titles were taken for. Throws `sheet_…` (invalid) where it is no sheet that
 * can be read, `upload_incomplete` (invalid) where what arrived is not what was announced; then nothing is kept. At most 100 MB.
 * `encoding` is what the sender states for a text that does not carry one.
 */
export async function receiveUpload({
  actor,
  kind,
  fileName,
  content,
  encoding,
  announced,
}: {
  actor: Actor;
  kind: 'orders' | 'rate-cards';
  fileName: string;
  content: AsyncIterable<Uint8Array>;
  encoding?: TextEncodingName | undefined;
  announced?: Announced;
}): Promise<Received> {
  const name = plainFileName(fileName, CAPS.fileName);
  const extension = path.extname(name).toLowerCase();
  if (!UPLOAD_EXTENSIONS.includes(extension)) throw new PortalError('invalid', 'sheet_wrong_extension');
  const storageKey = `upload/${crypto.randomUUID()}${extension}`;
  const { currency } = await organisation();
  try {
    const { sha256, bytes } = await storage().put(storageKey, bounded(content));
    requireWhole({ sha256, bytes }, announced);
    const options = { wanted: wantedColumns(kind), encoding };
    const beginning = await readInTurn(actor, storageKey, options);
    const { header: found, match } = beginning;
    const { mapping = {}, ...facts } = match ?? { unknown: [], missing: [], duplicate: [] };
    const titles = found.cells.map(plainTitle);
    const hidden = beginning.hiddenColumns
      .filter((at) => Object.values(mapping).includes(at))
      .map((at) => titles[at] ?? '');
    const given = {
      ...sheetFacts(beginning),
      ...(beginning.rowsAbove && { above: beginning.rowsAbove }),
      ...(encoding ? { encoding } : {}),
      ...(hidden.length > 0 && { hidden }),
    };
    const header: HeaderFacts = { row: found.number, titles, ...facts, ...given };
    const upload = { kind, fileName: name, storageKey, sha256, bytes, mapping, header, currency };
    const id = await inTransaction(async (tx) => {
      const made = await insertUpload(tx, { ...upload, createdBy: actorUserId(actor) });
      await recordAudit(tx, {
        actor,
        action: 'upload.received',
        entity: 'upload',
        entityId: made,
        detail: { kind, bytes },
      });
      return made;
    });
    return { id, header, mapping };
  } catch (error) {
    // What is left to clean up must not hide why nothing was kept.
    await storage()
      .remove(storageKey)
      .catch(() => undefined);
    throw error;
  }
}
