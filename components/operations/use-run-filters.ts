'use client';

import { useTranslations } from 'next-intl';
import type { Filter } from '@/components/ui/filter-bar';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { RUN_STATES } from '@/server/domain/states';
import { TIERS } from '@/server/domain/tier';
import type { Overview } from '@/server/modules/core/operations/schema';
import { OPEN, RUN_PARAMS } from './run-filters';
import { useCauseSentence, useFunctionName } from './use-names';

/** The filters of the runs. A cause can be chosen while something has failed, or while the address names one. */
export function useRunFilters(overview: Overview): Filter[] {
  const t = useTranslations('operations');
  const tiers = useTranslations('ui.tier');
  const { get } = useUrlFilters();
  const nameOf = useFunctionName();
  const sentenceOf = useCauseSentence();
  const named = get(RUN_PARAMS.errorCode);
  const causes = [...new Set([...overview.failures.map((group) => group.errorCode), ...(named ? [named] : [])])];
  const causeFilter = {
    kind: 'choice' as const,
    param: RUN_PARAMS.errorCode,
    label: t('filters.error'),
    options: causes.toSorted().map((code) => ({ value: code, label: sentenceOf(code) })),
  };
  return [
    {
      kind: 'choice',
      param: RUN_PARAMS.state,
      label: t('filters.state'),
      options: [
        { value: OPEN, label: t('filters.open') },
        ...RUN_STATES.map((state) => ({ value: state, label: t(`states.${state}`) })),
      ],
    },
    {
      kind: 'choice',
      param: RUN_PARAMS.functionId,
      label: t('filters.function'),
      options: overview.functions.map(({ functionId }) => ({ value: functionId, label: nameOf(functionId) })),
    },
    {
      kind: 'choice',
      param: RUN_PARAMS.tier,
      label: t('filters.tier'),
      options: TIERS.map((tier) => ({ value: tier, label: tiers(tier) })),
    },
    ...(causes.length > 0 ? [causeFilter] : []),
  ];
}
