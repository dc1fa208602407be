'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { SidePanel, type SidePanelProps } from '@/components/ui/side-panel';
import { Loading, SkeletonText } from '@/components/ui/skeleton';

type Asked<Data> = Pick<UseQueryResult<Data, unknown>, 'data' | 'error'> & { refetch: () => unknown };

export type DetailPanelProps<Data> = Pick<SidePanelProps, 'onClose' | 'width'> & {
  query: Asked<Data>;
  /** Shown while the detail loads. */
  loading: string;
  title: (data: Data) => ReactNode;
  subtitle?: (data: Data) => ReactNode;
  /** The detail's own page, and what the link to it says; a detail without one leaves it out. */
  page?: { href: string; label: string };
  footer?: (data: Data) => ReactNode;
  children: (data: Data) => ReactNode;
};

/** A detail beside its list: its title, the way to its own page, its skeleton, its error with retry. */
export function DetailPanel<Data>(props: DetailPanelProps<Data>) {
  const { query, loading, title, subtitle, page, footer, children, ...panel } = props;
  const { data } = query;
  return (
    <SidePanel
      {...panel}
      open
      title={data === undefined ? loading : title(data)}
      subtitle={data !== undefined && subtitle?.(data)}
      actions={
        page && (
          <LinkButton href={page.href} variant="quiet" size="small" icon={ExternalLink}>
            {/* Its sign alone where the title wants the room. */}
            <span className="@max-[20rem]/panel:sr-only">{page.label}</span>
          </LinkButton>
        )
      }
      footer={data !== undefined ? footer?.(data) : undefined}
    >
      <DetailBody query={query}>{children}</DetailBody>
    </SidePanel>
  );
}

/** What a detail shows once it is there. */
export function DetailBody<Data>({ query, children }: { query: Asked<Data>; children: (data: Data) => ReactNode }) {
  const sentenceOf = useErrorSentence();
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState {...sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <Loading>
      <SkeletonText lines={8} />
    </Loading>
  );
}
