import type { ReceiptView } from '../receipt/view-model';
import type { StatementView } from '../statement/view-model';
import type { Language } from './words';

/** What crosses to a rendering process. */
export type PdfJob =
  | { kind: 'receipt'; language: Language; view: ReceiptView }
  | { kind: 'statement'; language: Language; view: StatementView };
