import type { ReactNode } from 'react';
import { OutsidePage } from '@/components/statement-access/outside-page';
import { gatePath } from '@/server/http/gate-answers';
import { letterhead } from '@/server/pages/letterhead';

type Props = { params: Promise<{ token: string }>; children: ReactNode };

export default async function GateLayout({ params, children }: Props) {
  const { token } = await params;
  return (
    <OutsidePage letterhead={await letterhead()} languagePath={`${gatePath(token)}/language`}>
      {children}
    </OutsidePage>
  );
}
