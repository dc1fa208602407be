import { getTranslations } from 'next-intl/server';
import { rateCardPage } from '@/components/pricing/rate-card-filters';
import { RateCardsScreen } from '@/components/pricing/rate-cards-screen';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';

export async function generateMetadata() {
  return { title: (await getTranslations('rate-cards'))('title') };
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
    <Prefetched>
      <RateCardsScreen />
    </Prefetched>
  );
}
