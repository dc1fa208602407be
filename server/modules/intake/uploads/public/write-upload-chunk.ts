import type { Tier } from '@/server/domain/tier';
import { UPLOAD_LANES } from '@/server/domain/upload-lanes';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { yieldToHigherLane } from '@/server/platform/yield-to-higher-lane';
import { findUpload, moveUpload, openNumbers, writeChunk } from '../repository';
import type { RowRange } from '../rules';

type Upload = NonNullable<Awaited<ReturnType<typeof findUpload>>>;

const lanes = new Map<Tier, Promise<unknown>>();

/** A lane writes one chunk at a time. A waiting caller holds no connection; between processes the database keeps the order. */
function inLane<T>(tier: Tier, work: () => Promise<T>): Promise<T> {
  const turn = (lanes.get(tier) ?? Promise.resolve()).then(work);
  lanes.set(
    tier,
    turn.catch(() => {}),
  );
  return turn;
}

/**
 * Writes one range of an upload's ready rows: patients, orders, lines, payments, outcomes, audit and events in one transaction
 * with the record of its effect, so that a repeat or a second writer at the same time does nothing. Answers how many orders were made now.
 */
export async function writeUploadChunk({
  actor,
  id,
  range,
}: {
  actor: Actor;
  id: string;
  range: RowRange;
}): Promise<{ orders: number }> {
  const upload = await findUpload(id);
  if (!upload) throw notFound('upload');
  return inLane(upload.tier, async () => {
    if (UPLOAD_LANES[upload.tier].yields) await yieldToHigherLane();
    return write(actor, upload, range);
  });
}

async function write(actor: Actor, upload: Upload, range: RowRange): Promise<{ orders: number }> {
  const { id } = upload;
  await openNumbers({ id, ...range });
  try {
    return await inTransaction(async (tx) => {
      const written = await writeChunk(tx, { id, ...range, by: upload.createdBy });
      if (!written) return { orders: 0 };
      const { orderIds, patientsNew, dropped } = written;
      if (upload.allOrNothing && dropped > 0) {
        throw new PortalError('conflict', 'upload_refused', { params: { invalid: dropped, rows: upload.rows } });
      }
      const detail = { ...range, orders: orderIds.length, patientsNew, dropped };
      await recordAudit(tx, { actor, action: 'upload.chunk-written', entity: 'upload', entityId: id, detail });
      return { orders: orderIds.length };
    }, 900_000);
  } catch (error) {
    if (error instanceof PortalError && error.code === 'upload_refused') {
      await inTransaction((tx) => moveUpload(tx, id, 'refused', error));
    }
    throw error;
  }
}
