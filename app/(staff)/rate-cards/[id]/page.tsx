import { itemsPage, versionShown } from '@/components/pricing/rate-card-filters';
import { RateCardPage } from '@/components/pricing/rate-card-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const cardOf = async (params: Props['params']) => {
  const { id } = await params;
  return loadDetail(trpc.rateCards.byId.queryOptions({ id }));
};

export async function generateMetadata({ params }: Props) {
  await openPlace('/rate-cards');
  return { title: (await cardOf(params)).code };
}

export default async function OneRateCardPage({ params, searchParams }: Props) {
  await openPlace('/rate-cards');
  const card = await cardOf(params);
  const asked = await searchParams;
  const version = versionShown(card.versions, asked);
  if (version) {
    await prefetch(
      trpc.rateCards.items.infiniteQueryOptions(itemsPage(asked, version), {
        getNextPageParam: (page) => page.nextCursor,
      }),
      trpc.rateCards.changes.queryOptions({ versionId: version.id }),
    );
  }
  return (
    <PageMessages namespaces={['pricing']}>
      <Prefetched>
        <RateCardPage id={card.id} />
      </Prefetched>
    </PageMessages>
  );
}
