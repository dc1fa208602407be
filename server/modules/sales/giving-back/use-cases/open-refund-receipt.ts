import { openOwnedDocument } from '@/server/modules/core/documents/public/open-owned-document';
import type { OpenedDocument } from '@/server/modules/core/documents/schema';
import { keepReceipt, letterheadOf } from '@/server/modules/sales/orders/public/keep-receipt';
import type { ReceiptView } from '@/server/pdf/receipt/view-model';
import type { StaffActor } from '@/server/platform/actor';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { recordRead } from '@/server/platform/reads';
import { type RefundFacts, refundFacts } from '../queries';

type Wanted = { actor: StaffActor; refundId: string; language: 'vi' | 'en' };

/**
 * The paper of a refund in one language, rendered when it is first requested and kept for as long as it would show the same. For the branch
 * that sold and the branch that gave back; who opened it is recorded. Throws `not_found`, `documents_busy` (retryable).
 */
export async function openRefundReceipt({ actor, refundId, language }: Wanted): Promise<OpenedDocument> {
  const [facts, settings] = await Promise.all([refundFacts(actor, refundId), organisation()]);
  const paper = { actor, kind: 'refund' as const, ownerId: refundId, language };
  const { documentId: id } = await keepReceipt(paper, refundReceiptOf(facts, settings));
  const opened = await openOwnedDocument({ owner: { kind: 'refund', id: refundId }, document: { id } });
  await recordRead({
    actor,
    entity: 'document',
    entityId: id,
    detail: { kind: 'refund', ownerId: refundId, language },
  });
  return opened;
}

function refundReceiptOf({ refund, lines, payments }: RefundFacts, settings: Organisation): ReceiptView {
  const letterhead = letterheadOf(settings);
  const total = refund.total.toString();
  return {
    currency: refund.currency,
    timeZone: settings.timeZone,
    issuedAt: refund.at.toISOString(),
    organisation: letterhead,
    branch: {
      name: { vi: refund.branchNameVi, en: refund.branchNameEn },
      address: letterhead.address,
      phone: letterhead.phone,
    },
    order: {
      number: refund.orderNumber,
      orderedAt: refund.at.toISOString(),
      cashier: refund.byName ?? '',
      till: refund.tillName,
    },
    patient: { name: refund.patientName, code: refund.patientCode, birthYear: Number(refund.dob.slice(0, 4)) },
    customer: refund.customerName ? { name: refund.customerName, taxCode: refund.customerTaxCode } : null,
    doctor: null,
    // The paper goes to the patient, who does not learn what a company pays.
    priced: !refund.onAccount,
    lines: lines.map(({ code, nameVi, nameEn, amount }) => ({
      ...{ code, name: { vi: nameVi, en: nameEn }, listPrice: amount.toString(), net: amount.toString() },
      ...{ discountPercent: null, discount: '0' },
    })),
    totals: { list: total, discount: '0', net: total },
    vat: null,
    tenders: payments.map(({ method, amount, rounding, reference }) => ({
      ...{ kind: method, amount: (amount + rounding).toString(), reference },
    })),
    rounding: payments.reduce((sum, { rounding }) => sum + rounding, 0n).toString(),
    change: '0',
    due: '0',
    refund: { kind: refund.kind, soldAt: refund.orderedAt.toISOString(), reason: refund.reason },
    note: null,
    qr: null,
    copy: 0,
  };
}
