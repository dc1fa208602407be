import type { ReactNode } from 'react';
import { OutsidePage } from '@/components/statement-access/outside-page';
import { letterhead } from '@/server/pages/letterhead';

type Props = { params: Promise<{ hash: string }>; children: ReactNode };

export default async function SealLayout({ params, children }: Props) {
  const { hash } = await params;
  return (
    <div data-density="relaxed" className="mx-auto flex min-h-dvh max-w-xl flex-col px-4 pb-8 text-base">
      <OutsidePage letterhead={await letterhead()} languagePath={`/verify/${hash.slice(0, 100)}/language`}>
        {children}
      </OutsidePage>
    </div>
  );
}
