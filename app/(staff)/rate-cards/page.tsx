import { getTranslations } from 'next-intl/server';
import { rateCardPage } from '@/components/pricing/rate-card-filters';
import { RateCardsScreen } from '@/components/pricing/rate-cards-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('pricing'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RateCardsPage({ searchParams }: Props) {
  await openPlace('/rate-cards');
  await prefetch(
    trpc.rateCards.list.infiniteQueryOptions(rateCardPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['pricing']}>
      <Prefetched>
        <RateCardsScreen />
      </Prefetched>
    </PageMessages>
  );
}
