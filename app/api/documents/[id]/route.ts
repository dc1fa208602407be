import { z } from 'zod';
import { requestContext } from '@/server/api/session';
import { refusal } from '@/server/http/answers';
import { documentAnswer } from '@/server/http/document-answer';
import { currentVisitor } from '@/server/http/visitor';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { downloadStatement } from '@/server/modules/referral/statement-access/use-cases/download-statement';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';
import { asPortalError, notFound } from '@/server/platform/errors';

/** A stored document by its id, for staff who may read it or the doctor whose it is; for everybody else there is none. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { staff, doctor, locale, correlationId } = await requestContext();
  try {
    const id = z.uuid().safeParse((await params).id).data;
    if (!id || !(staff || doctor)) throw notFound('document');
    return documentAnswer(await openAs(staff, doctor, id), 'inline');
  } catch (error) {
    return refusal(error, correlationId, { request, locale });
  }
}

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });

// One browser may hold both a staff session and a passed gate; each gives its own access only.
async function openAs(staff: StaffActor | null, doctor: DoctorActor | null, id: string) {
  if (staff && !doctor) return openDocument({ actor: staff, document: { id } });
  if (!doctor) throw notFound('document');
  const visitor = await currentVisitor('GET');
  try {
    return await downloadStatement({ actor: doctor, document: { id }, visitor });
  } catch (error) {
    if (staff && asPortalError(error).kind === 'not-found') return openDocument({ actor: staff, document: { id } });
    throw error;
  }
}
