import { itemsPage, versionShown } from '@/components/pricing/rate-card-filters';
import { RateCardPage } from '@/components/pricing/rate-card-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const cardOf = async (params: Props['params']) => {
  const { id } = await params;
  return foundOr404(appRouter.createCaller(await requestContext()).rateCards.byId({ id }));
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
  await prefetch(
    trpc.rateCards.byId.queryOptions({ id: card.id }),
    ...(version
      ? [
          trpc.rateCards.items.infiniteQueryOptions(itemsPage(asked, version), {
            getNextPageParam: (page) => page.nextCursor,
          }),
          trpc.rateCards.changes.queryOptions({ versionId: version.id }),
        ]
      : []),
  );
  return (
    <Prefetched>
      <RateCardPage id={card.id} />
    </Prefetched>
  );
}
