'use client';

import { useTranslations } from 'next-intl';

const ROWS = /^rows-(\d+)-(\d+)$/;

/** A background function in people's words; its id where nobody has named it. */
export function useFunctionName() {
  const t = useTranslations('operations.functionNames');
  return (functionId: string) => (t.has(functionId) ? t(functionId) : functionId);
}

/** A step in people's words; its own name where nobody has named it. */
export function useStepName() {
  const t = useTranslations('operations.step');
  return (name: string) => {
    const rows = ROWS.exec(name);
    if (rows) return t('rows', { from: Number(rows[1]), to: Number(rows[2]) });
    return t.has(`names.${name}`) ? t(`names.${name}`) : name;
  };
}

/** Why a run stopped, in a sentence. Sentences that need a figure which no run keeps are left to their code. */
export function useCauseSentence() {
  const t = useTranslations('operations.errors');
  const other = useTranslations('operations');
  const errors = useTranslations('errors');
  return (code: string) => {
    if (t.has(code)) return t(code);
    const raw: unknown = errors.has(code) ? errors.raw(code) : null;
    return typeof raw === 'string' && !raw.includes('{') ? raw : other('otherError', { code });
  };
}
