import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/frame/page-header';

export type DetailPageProps = {
  title: ReactNode;
  status?: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  /** The list that it belongs to. */
  back: { href: string; label: string };
  /** `narrow` reads like a letter, `wide` holds figures side by side, `full` a table. */
  width?: 'narrow' | 'wide' | 'full';
  children: ReactNode;
};

const WIDTHS = { narrow: 'mx-auto max-w-3xl', wide: 'mx-auto max-w-6xl', full: '' };

/** A detail at an address of its own: a title and a body. */
export function DetailPage({ back, width = 'narrow', children, ...header }: DetailPageProps) {
  return (
    <div className={WIDTHS[width]}>
      <PageHeader
        {...header}
        back={
          <Link href={back.href} className="inline-flex items-center gap-1 hover:underline">
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            {back.label}
          </Link>
        }
      />
      {width === 'narrow' ? <div className="card p-(--card-p) lg:p-6">{children}</div> : children}
    </div>
  );
}
