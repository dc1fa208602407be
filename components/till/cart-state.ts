import { roundedCash } from '@/server/domain/cash';
import type { Method } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import type { PayerRow, ReferrerRow } from '@/server/modules/sales/till/schema';

/** `given` null means "exactly what is left to pay", unless what was typed is `refused`. Minor units. */
export type TenderDraft = { id: string; method: Method; given: bigint | null; reference: string; refused?: boolean };
export type CartLineDraft = { code: string; discountPercent: string };

/** A sale while it is being made. `clientKey` stays the same until it is sold, so that no repeat can sell it twice. */
export type Cart = {
  clientKey: string;
  patient: PatientRow | null;
  payer: PayerRow | null;
  doctor: ReferrerRow | null;
  note: string;
  onAccount: boolean;
  payLater: boolean;
  lines: CartLineDraft[];
  selected: string | null;
  tenders: TenderDraft[];
  /** The name under which the branch held it before this till took it up; it goes back there when the cart is dropped. */
  heldAs?: string;
};

/** What is done to the ways of paying, of a sale or of a balance. */
export type TenderAction =
  | { do: 'tender'; id: string; change: Partial<Omit<TenderDraft, 'id'>> }
  | { do: 'add-tender'; id: string; method: Method }
  | { do: 'remove-tender'; id: string };

export type CartAction =
  | { do: 'patient'; patient: PatientRow | null }
  | { do: 'payer'; payer: PayerRow | null }
  | { do: 'doctor'; doctor: ReferrerRow | null }
  | { do: 'note'; note: string }
  | { do: 'account'; onAccount: boolean }
  | { do: 'pay-later'; payLater: boolean }
  | { do: 'add'; code: string }
  | { do: 'remove'; code: string }
  | { do: 'select'; code: string }
  | { do: 'move'; by: 1 | -1 }
  | { do: 'discount'; code: string | null; percent: string }
  | TenderAction
  | { do: 'replace'; cart: Cart };

/** Cash, all of it: what is paid with most. */
export const firstTender = (): TenderDraft[] => [{ id: 'first', method: 'cash', given: null, reference: '' }];

export function emptyCart(clientKey: string): Cart {
  return {
    clientKey,
    patient: null,
    payer: null,
    doctor: null,
    note: '',
    onAccount: false,
    payLater: false,
    lines: [],
    selected: null,
    tenders: firstTender(),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const hasTexts = (value: unknown, ...names: string[]) =>
  isRecord(value) && names.every((name) => typeof value[name] === 'string');
const isTender = (value: unknown) =>
  hasTexts(value, 'id', 'method', 'reference') && ['bigint', 'object'].includes(typeof (value as TenderDraft).given);

/** Whether what a browser kept is a sale as it is today: a former release may have kept another one. */
export function isCart(kept: unknown): kept is Cart {
  if (!isRecord(kept) || !hasTexts(kept, 'clientKey', 'note')) return false;
  const { lines, tenders, patient, payer, doctor } = kept;
  return (
    Array.isArray(lines) &&
    lines.every((line) => hasTexts(line, 'code', 'discountPercent')) &&
    Array.isArray(tenders) &&
    tenders.length > 0 &&
    tenders.every(isTender) &&
    (patient === null || hasTexts(patient, 'id', 'code', 'fullName', 'dob', 'sex', 'phone')) &&
    (payer === null || hasTexts(payer, 'id', 'code', 'name')) &&
    (doctor === null || hasTexts(doctor, 'id', 'code', 'name'))
  );
}

/** Whether there is anything in a cart that would be missed. */
export const isEmptyCart = (cart: Cart): boolean =>
  cart.lines.length === 0 && cart.patient === null && cart.note === '';

/** Lines with a discount on the one of a code, or on all of them where the code is null. */
export const withDiscount = <Line extends CartLineDraft>(
  lines: readonly Line[],
  code: string | null,
  percent: string,
) => lines.map((line) => (code === null || line.code === code ? { ...line, discountPercent: percent } : line));

function changeLines(cart: Cart, action: CartAction): Cart {
  const at = cart.lines.findIndex((line) => line.code === cart.selected);
  switch (action.do) {
    case 'add':
      // A service is sold once an order: choosing it again shows where it is.
      if (cart.lines.some((line) => line.code === action.code)) return { ...cart, selected: action.code };
      return { ...cart, lines: [...cart.lines, { code: action.code, discountPercent: '0' }], selected: action.code };
    case 'remove': {
      const lines = cart.lines.filter((line) => line.code !== action.code);
      const next = lines[Math.min(Math.max(at, 0), lines.length - 1)]?.code ?? null;
      return { ...cart, lines, selected: action.code === cart.selected ? next : cart.selected };
    }
    case 'select':
      return { ...cart, selected: action.code };
    case 'move':
      return {
        ...cart,
        selected: cart.lines[Math.min(Math.max(at + action.by, 0), cart.lines.length - 1)]?.code ?? null,
      };
    case 'discount':
      return {
        ...cart,
        lines: withDiscount(cart.lines, action.code, action.percent),
      };
    default:
      return cart;
  }
}

/** What an act makes of the ways of paying; one always stays. */
export function changeTenders(tenders: TenderDraft[], action: TenderAction): TenderDraft[] {
  switch (action.do) {
    case 'tender':
      return tenders.map((one) => (one.id === action.id ? { ...one, ...action.change } : one));
    case 'add-tender':
      return [...tenders, { id: action.id, method: action.method, given: null, reference: '' }];
    case 'remove-tender':
      return tenders.length === 1 ? tenders : tenders.filter((one) => one.id !== action.id);
  }
}

/** What each act at the till makes of the sale. Pure. */
export function changeCart(cart: Cart, action: CartAction): Cart {
  switch (action.do) {
    case 'patient':
      return { ...cart, patient: action.patient };
    case 'payer':
      return { ...cart, payer: action.payer, onAccount: action.payer !== null && cart.onAccount };
    case 'doctor':
      return { ...cart, doctor: action.doctor };
    case 'note':
      return { ...cart, note: action.note };
    case 'account':
      return { ...cart, onAccount: action.onAccount && cart.payer !== null };
    case 'pay-later':
      return { ...cart, payLater: action.payLater };
    case 'replace':
      // What was typed and could not be read is not kept with a held sale.
      return { ...action.cart, tenders: action.cart.tenders.map((tender) => ({ ...tender, refused: false })) };
    case 'tender':
    case 'add-tender':
    case 'remove-tender':
      return { ...cart, tenders: changeTenders(cart.tenders, action) };
    default:
      return changeLines(cart, action);
  }
}

/** The tenders with what they give: an empty amount stands for all that the others leave, in cash as notes can make it. */
export function givenTenders(
  total: bigint,
  tenders: readonly TenderDraft[],
  currency: string,
): (TenderDraft & { given: bigint })[] {
  let left = tenders.reduce((rest, tender) => rest - (tender.given ?? 0n), total);
  return tenders.map((tender) => {
    if (tender.given !== null) return { ...tender, given: tender.given };
    const rest = left > 0n ? left : 0n;
    left -= rest;
    return { ...tender, given: tender.method === 'cash' ? roundedCash(rest, currency) : rest };
  });
}

/** What the tenders beside one leave to pay of a total; in cash, as notes can make it. */
export function dueBeside(
  total: bigint,
  given: readonly (TenderDraft & { given: bigint })[],
  tenderId: string,
  currency: string,
): bigint {
  const others = given.filter((tender) => tender.id !== tenderId);
  const left = others.reduce((rest, tender) => rest - tender.given, total);
  const rest = left > 0n ? left : 0n;
  return given.some(({ id, method }) => id === tenderId && method === 'cash') ? roundedCash(rest, currency) : rest;
}
