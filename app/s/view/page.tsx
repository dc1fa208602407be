import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StatementScreen } from '@/components/statement-access/statement-screen';
import { ownStatement } from '@/server/pages/gate-view';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statement-access'))('title') };
}

/** The doctor's statement, behind the gate. The address holds no token. */
export default async function DoctorStatementPage() {
  return <StatementScreen statement={await ownStatement()} />;
}
