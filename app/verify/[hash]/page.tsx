import { getTranslations } from 'next-intl/server';
import { VerifiedSealView } from '@/components/statements/verified-seal-view';
import { loadDetail } from '@/server/pages/load-detail';
import { trpc } from '@/server/pages/prefetch';

type Props = { params: Promise<{ hash: string }> };

export async function generateMetadata() {
  const t = await getTranslations('statements.verify');
  return { title: t('title'), robots: { index: false, follow: false } };
}

/** Anybody with a statement in hand: what was sealed under the hash of its QR code, and whether it is unaltered. */
export default async function VerifyPage({ params }: Props) {
  const hash = (await params).hash.toLowerCase();
  const seal = await loadDetail(trpc.statements.verify.queryOptions({ hash }));
  return <VerifiedSealView seal={seal} hash={hash} />;
}
