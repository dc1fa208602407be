import type { Language } from './paper/words';
import type { ReceiptView } from './receipt/view-model';
import type { StatementView } from './statement/view-model';

/** What crosses to a rendering thread. */
export type PdfJob =
  | { kind: 'receipt'; language: Language; view: ReceiptView }
  | { kind: 'statement'; language: Language; view: StatementView };
