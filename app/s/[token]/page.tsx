import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GatePage } from '@/components/statement-access/gate-page';
import { problemOf } from '@/components/statement-access/problem';
import { gatePath } from '@/server/http/gate-answers';
import { gateView } from '@/server/pages/gate-view';

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ problem?: string; seconds?: string; lang?: string }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statement-access'))('title') };
}

/** The gate: who asks and why, then the code. Unknown, revoked and expired links are one page. */
export default async function GateRoute({ params, searchParams }: Props) {
  const { token } = await params;
  const { problem, seconds, lang } = await searchParams;
  const { view, timeZone } = await gateView(token, problem !== undefined || lang !== undefined);
  return <GatePage view={view} path={gatePath(token)} problem={problemOf(problem, seconds)} timeZone={timeZone} />;
}
