import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StatementScreen } from '@/components/doctor-statement/statement-screen';
import { openGate } from '@/server/api/gate-view';
import { appRouter } from '@/server/api/root';
import { requestContext } from '@/server/api/session';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('gate'))('title') };
}

/** The doctor's statement, behind the gate. The address holds no token. */
export default async function DoctorStatementPage({ searchParams }: { searchParams: Promise<{ lang?: string }> }) {
  const { lang } = await searchParams;
  await openGate(lang === undefined);
  const statement = await appRouter.createCaller(await requestContext()).statements.mine();
  return <StatementScreen statement={statement} />;
}
