import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StatementPage } from '@/components/statements/statement-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';
import { statementRights } from '@/server/api/statement-rights';

type Props = { params: Promise<{ month: string; id: string }> };

// The title names the place, not the doctor: titles end up in histories and logs.
export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

export default async function OneStatementPage({ params }: Props) {
  const actor = await openPlace('/statements');
  const { month, id: statementId } = await params;
  const caller = appRouter.createCaller(await requestContext());
  const found = await foundOr404(caller.statements.byId({ statementId }));
  if (found.month !== month) notFound();
  await prefetch(
    trpc.statements.byId.queryOptions({ statementId }),
    ...(found.publishedAt ? [trpc.gate.life.queryOptions({ statementId })] : []),
  );
  return (
    <Prefetched>
      <StatementPage id={statementId} rights={statementRights(actor.role)} />
    </Prefetched>
  );
}
