'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { Callout } from '@/components/ui/callout';

/** A public portal without a gateway: people are written to and nothing reaches them. Stands here until it is configured. */
export function MissingGateways() {
  const t = useTranslations('operations.gateways');
  const found = useQuery(useTRPC().messages.gateways.queryOptions());
  return found.data?.missing.map((channel) => (
    <Callout key={channel} tone="wrong" title={t(`title.${channel}`)}>
      {t(`text.${channel}`)}
    </Callout>
  ));
}
