import { storeDocument } from '@/server/modules/documents/use-cases/store-document';
import type { ReceiptView } from '@/server/pdf/receipt/view-model';
import { PdfQueueFull, renderPdf } from '@/server/pdf/render';
import type { Actor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { type ReceiptFacts, receiptFacts } from '../queries';

/**
 * The receipt of an order in one language, drawn and kept. The same order gives the same bytes, so that the till and the
 * background make one document between them. Throws `not_found` (another branch's order too), `documents_busy` (retryable).
 */
export async function makeReceipt({
  actor,
  orderId,
  language,
}: {
  actor: Actor;
  orderId: string;
  language: 'vi' | 'en';
}): Promise<{ documentId: string }> {
  const [facts, settings] = await Promise.all([receiptFacts(actor, orderId), organisation()]);
  const bytes = await renderPdf('receipt', language, receiptOf(facts, settings)).catch((error: unknown) => {
    if (error instanceof PdfQueueFull) throw new PortalError('unavailable', 'documents_busy', { cause: error });
    throw error;
  });
  const { documentId } = await storeDocument({ actor, kind: 'receipt', ownerId: orderId, language, bytes });
  return { documentId };
}

function receiptOf(facts: ReceiptFacts, settings: Organisation): ReceiptView {
  const { order, lines, payments } = facts;
  const address = { vi: settings.address, en: settings.address };
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0n);
  const change = payments.reduce((sum, payment) => sum + (payment.tendered ?? payment.amount) - payment.amount, 0n);
  const onAccount = order.terms === 'account';
  return {
    currency: order.currency,
    timeZone: settings.timeZone,
    issuedAt: (order.settledAt ?? order.orderedAt).toISOString(),
    organisation: {
      name: { vi: settings.nameVi, en: settings.nameEn },
      address,
      phone: settings.phone || null,
      email: null,
      website: null,
      taxCode: settings.taxCode || null,
      licence: null,
    },
    branch: { name: { vi: order.branchNameVi, en: order.branchNameEn }, address, phone: settings.phone || null },
    order: {
      number: order.number,
      orderedAt: order.orderedAt.toISOString(),
      cashier: order.cashier ?? '',
      till: order.till,
    },
    patient: { name: order.patientName, code: order.patientCode, birthYear: Number(order.dob.slice(0, 4)) },
    customer: order.customerName ? { name: order.customerName, taxCode: order.customerTaxCode } : null,
    doctor: order.doctorName,
    // The paper goes to the patient.
    priced: !onAccount,
    lines: lines.map((line) => ({
      code: line.code,
      name: { vi: line.nameVi, en: line.nameEn },
      listPrice: line.listPrice.toString(),
      discountPercent: line.discountPercent === '0' ? null : line.discountPercent,
      discount: line.discount.toString(),
      net: line.net.toString(),
    })),
    totals: {
      list: order.listTotal.toString(),
      discount: order.discountTotal.toString(),
      net: order.netTotal.toString(),
    },
    // Medical services bear no VAT (Vietnam, VAT Law 2024, article 5).
    vat: { kind: 'exempt' },
    tenders: onAccount
      ? [{ kind: 'account', amount: order.netTotal.toString(), reference: null }]
      : payments.map(({ method, amount, tendered, reference }) => ({
          kind: method,
          amount: (tendered ?? amount).toString(),
          reference,
        })),
    change: change.toString(),
    due: (onAccount ? 0n : order.netTotal - paid).toString(),
    note: null,
    qr: null,
    copy: 0,
  };
}
