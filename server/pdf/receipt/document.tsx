import { Canvas, Document, Page } from '@react-pdf/renderer';
import { formatAmount, formatInstant, formatPercent, minorDigits } from '../paper/format';
import type { Block } from '../paper/paginate';
import { Pen } from '../paper/pen';
import type { Typefaces } from '../paper/typeface';
import type { Language } from '../paper/words';
import { BLACK, barcode, centred, cut, item, pair, qr, ROLL_WIDTH, space, styles } from './roll';
import { receiptTexts } from './texts';
import type { ReceiptView } from './view-model';

interface Setting {
  fonts: Typefaces;
  language: Language;
  money(value: string): string;
}

/** A receipt says that money came in; without any it is a slip of what was ordered. */
const titleOf = ({ priced, totals, refund }: ReceiptView, language: Language): string => {
  const texts = receiptTexts[language];
  if (refund) return texts.refund[refund.kind];
  return texts[priced && /[1-9]/.test(totals.net) ? 'title' : 'slip'];
};

function head(view: ReceiptView, { fonts, language }: Setting): Block[] {
  const texts = receiptTexts[language];
  const { organisation, branch, copy, order } = view;
  const contact = [
    branch.phone && `${texts.phone} ${branch.phone}`,
    organisation.taxCode && `${texts.taxCode} ${organisation.taxCode}`,
  ].filter(Boolean);
  return [
    centred(fonts, styles.head, organisation.name[language]),
    centred(fonts, styles.body, branch.name[language]),
    centred(fonts, styles.small, branch.address[language]),
    ...(contact.length > 0 ? [centred(fonts, styles.small, contact.join(' · '))] : []),
    cut,
    centred(fonts, styles.head, titleOf(view, language)),
    ...(copy > 0 ? [centred(fonts, styles.strong, texts.copy(copy))] : []),
    barcode(order.number),
    centred(fonts, styles.strong, order.number),
    space(4),
  ];
}

function people(
  { order, patient, customer, doctor, refund, timeZone }: ReceiptView,
  { fonts, language }: Setting,
): Block[] {
  const texts = receiptTexts[language];
  const rows: [label: string, value: string | null][] = [
    [texts.date, formatInstant(order.orderedAt, timeZone)],
    [texts.cashier, order.cashier],
    [texts.till, order.till],
    [texts.patient, patient.name],
    [texts.patientCode, patient.code],
    [texts.born, patient.birthYear === null ? null : String(patient.birthYear)],
    [texts.customer, customer?.name ?? null],
    [texts.taxCode, customer?.taxCode ?? null],
    [texts.doctor, doctor],
    [texts.soldAt, refund && formatInstant(refund.soldAt, timeZone)],
    [texts.reason, refund?.reason ?? null],
  ];
  return rows.flatMap(([label, value]) => (value ? [pair(fonts, label, value)] : []));
}

function items({ lines, priced }: ReceiptView, { fonts, language, money }: Setting): Block[] {
  return lines.map((line) => {
    if (!priced) return item(fonts, line.name[language], '', line.code);
    const share = line.discountPercent === null ? '' : ` (${formatPercent(line.discountPercent, language)})`;
    const discount = /[1-9]/.test(line.discount) ? ` · ${money(line.listPrice)} − ${money(line.discount)}${share}` : '';
    return item(fonts, line.name[language], money(line.net), `${line.code}${discount}`);
  });
}

function sums(
  { totals, vat, currency, priced, customer, refund }: ReceiptView,
  { fonts, language, money }: Setting,
): Block[] {
  const texts = receiptTexts[language];
  if (!priced) return [centred(fonts, styles.strong, texts.borneBy(customer?.name ?? ''))];
  const discounted = /[1-9]/.test(totals.discount);
  return [
    ...(discounted
      ? [
          pair(fonts, texts.subtotal, money(totals.list)),
          pair(fonts, texts.discount, money(`-${totals.discount.replace('-', '')}`)),
        ]
      : []),
    pair(fonts, refund ? texts.refunded : texts.total, money(totals.net), styles.total),
    ...(vat?.kind === 'included'
      ? [pair(fonts, texts.included(formatPercent(vat.rate, language)), money(vat.amount), styles.small)]
      : []),
    centred(
      fonts,
      styles.small,
      vat?.kind === 'exempt' ? `${texts.unit(currency)} · ${texts.exempt}` : texts.unit(currency),
    ),
  ];
}

/** A plus before what is more; less has its minus already. */
const signed = (text: string, value: string) => (value.startsWith('-') ? text : `+${text}`);

function payment(
  { tenders, rounding, change, due, priced, timeZone }: ReceiptView,
  { fonts, language, money }: Setting,
): Block[] {
  if (!priced) return [];
  const texts = receiptTexts[language];
  const label = ({ kind, reference, paidAt }: ReceiptView['tenders'][number]) =>
    [texts.tenders[kind], reference, paidAt && formatInstant(paidAt, timeZone)].filter(Boolean).join(' · ');
  return [
    ...(/[1-9]/.test(rounding) ? [pair(fonts, texts.rounding, signed(money(rounding), rounding), styles.small)] : []),
    ...tenders.map((tender) => pair(fonts, label(tender), money(tender.amount))),
    ...(/[1-9]/.test(change) ? [pair(fonts, texts.change, money(change), styles.strong)] : []),
    ...(/[1-9]/.test(due) ? [pair(fonts, texts.due, money(due), styles.strong)] : []),
  ];
}

function foot({ note, qr: code, refund, issuedAt, timeZone }: ReceiptView, { fonts, language }: Setting): Block[] {
  const texts = receiptTexts[language];
  return [
    ...(code ? [qr(code.url), centred(fonts, styles.small, code.caption[language]), space(4)] : []),
    // Who received the money signs for it.
    ...(refund
      ? [space(8), centred(fonts, styles.small, texts.signed), space(44), cut]
      : [centred(fonts, styles.strong, texts.thanks)]),
    centred(fonts, styles.small, note?.[language] ?? (refund ? texts.refund[refund.kind] : texts.keep)),
    centred(fonts, styles.small, `${texts.printed} ${formatInstant(issuedAt, timeZone)}`),
  ];
}

/** The whole roll from top to bottom; the sum of the heights is the length of the paper. */
export function layoutReceipt(view: ReceiptView, language: Language, fonts: Typefaces): Block[] {
  const digits = minorDigits(view.currency);
  const setting: Setting = { fonts, language, money: (value) => formatAmount(value, digits, language) };
  return [
    space(10),
    ...head(view, setting),
    ...people(view, setting),
    cut,
    ...items(view, setting),
    cut,
    ...sums(view, setting),
    cut,
    ...payment(view, setting),
    ...(view.priced && view.tenders.length > 0 ? [cut] : []),
    ...foot(view, setting),
    space(14),
  ];
}

export function ReceiptDocument(props: { view: ReceiptView; language: Language; fonts: Typefaces }) {
  const { view, language, fonts } = props;
  const blocks = layoutReceipt(view, language, fonts);
  const height = blocks.reduce((sum, block) => sum + block.height, 0);
  const paint = (painter: ConstructorParameters<typeof Pen>[0]) => {
    const pen = new Pen(painter, fonts, BLACK);
    let top = 0;
    for (const block of blocks) {
      block.draw(pen, top);
      top += block.height;
    }
    return null;
  };
  const organisation = view.organisation.name[language];
  return (
    <Document
      title={`${titleOf(view, language)} ${view.order.number}`}
      author={organisation}
      creator={organisation}
      producer="Sapoche Portal"
      language={language}
      creationDate={new Date(view.issuedAt)}
    >
      <Page size={[ROLL_WIDTH, height]} wrap={false}>
        <Canvas paint={paint} style={{ width: ROLL_WIDTH, height }} />
      </Page>
    </Document>
  );
}
