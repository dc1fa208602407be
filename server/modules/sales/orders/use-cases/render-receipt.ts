import type { ReceiptView } from '@/server/pdf/receipt/view-model';
import type { Actor } from '@/server/platform/actor';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { type Kept, keepReceipt, letterheadOf } from '../public/keep-receipt';
import { type ReceiptFacts, receiptFacts } from '../queries/orders';

type Wanted = { actor: Actor; orderId: string; language: 'vi' | 'en' };

/** The receipt of an order in one language (`keepReceipt`). Throws `not_found` (another branch's order too), `documents_busy` (retryable). */
export async function renderReceipt({ actor, orderId, language }: Wanted): Promise<Kept> {
  const [facts, settings] = await Promise.all([receiptFacts(actor, orderId), organisation()]);
  return keepReceipt({ actor, kind: 'receipt', ownerId: orderId, language }, receiptOf(facts, settings));
}

type Paid = ReceiptFacts['payments'][number];

/** A payment as notes make it. */
const inNotes = ({ amount, rounding }: Paid) => amount + rounding;
/** What was put on the counter: all of it where change was given. */
const handedOver = (payment: Paid) => payment.tendered ?? inNotes(payment);

const lineOf = (line: ReceiptFacts['lines'][number]) => ({
  code: line.code,
  name: { vi: line.nameVi, en: line.nameEn },
  listPrice: line.listPrice.toString(),
  discountPercent: line.discountPercent === '0' ? null : line.discountPercent,
  discount: line.discount.toString(),
  net: line.net.toString(),
});

/** What is still to be paid: what was given back before it was paid is owed no longer. */
function dueOf({ order, lines, payments }: ReceiptFacts): bigint {
  if (order.terms === 'account' || order.settledAt) return 0n;
  const left = lines.reduce((sum, line) => sum + line.net - line.givenBack, 0n);
  return payments.reduce((due, payment) => due - payment.amount, left);
}

const totalsOf = (order: ReceiptFacts['order']): ReceiptView['totals'] => ({
  list: order.listTotal.toString(),
  discount: order.discountTotal.toString(),
  net: order.netTotal.toString(),
});

function receiptOf(facts: ReceiptFacts, settings: Organisation): ReceiptView {
  const { order, lines, payments } = facts;
  const letterhead = letterheadOf(settings);
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0n);
  const rounding = payments.reduce((sum, payment) => sum + payment.rounding, 0n);
  const onAccount = order.terms === 'account';
  const lastPaid = payments.at(-1)?.paidAt;
  // What came in with the sale needs no day beside it, and what came in on several days no change.
  const isDated = payments.some(({ paidAt }) => paidAt.getTime() !== order.orderedAt.getTime());
  const shown = isDated ? inNotes : handedOver;
  const handed = payments.reduce((sum, payment) => sum + shown(payment), 0n);
  return {
    currency: order.currency,
    timeZone: settings.timeZone,
    issuedAt: (order.settledAt ?? lastPaid ?? order.orderedAt).toISOString(),
    organisation: letterhead,
    branch: {
      name: { vi: order.branchNameVi, en: order.branchNameEn },
      address: letterhead.address,
      phone: letterhead.phone,
    },
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
    lines: lines.map(lineOf),
    totals: totalsOf(order),
    // Medical services bear no VAT (Vietnam, VAT Law 2024, article 5).
    vat: { kind: 'exempt' },
    tenders: onAccount
      ? [{ kind: 'account', amount: order.netTotal.toString(), reference: null }]
      : payments.map((payment) => ({
          kind: payment.method,
          amount: shown(payment).toString(),
          reference: payment.reference,
          ...(isDated ? { paidAt: payment.paidAt.toISOString() } : {}),
        })),
    rounding: rounding.toString(),
    change: (handed - paid - rounding).toString(),
    due: dueOf(facts).toString(),
    refund: null,
    note: null,
    qr: null,
    copy: 0,
  };
}
