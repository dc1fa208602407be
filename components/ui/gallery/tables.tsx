'use client';

import { Download, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { matchesText } from '@/server/domain/search-words';
import { StatusBadge, TierBadge } from '../badge';
import { Button, LinkButton } from '../button';
import { Code } from '../code';
import { type Column, DataTable, type Sort } from '../data-table';
import { DateTime } from '../date-time';
import { FilterBar } from '../filter-bar';
import { ListDetail } from '../list-detail';
import { Money } from '../money';
import { SegmentedControl } from '../radio-group';
import { SidePanel } from '../side-panel';
import type { Tone } from '../tone';
import { useUrlFilters } from '../use-url-filters';
import { SAMPLE_COUNT, SAMPLE_TOTAL, type SampleOrder, type SampleState, sampleOrder } from './samples';
import { Section, Specimen } from './specimen';

const PAGE_ROWS = 60;
const SLOW_MS = 500;
const tones: Record<SampleState, Tone> = {
  paid: 'good',
  waiting: 'waiting',
  failed: 'wrong',
  new: 'info',
  draft: 'neutral',
};

function useOrderColumns(): Column<SampleOrder>[] {
  const t = useTranslations('design.t');
  const tState = useTranslations('design.s');
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('number'),
        cell: (row) => <Code>{row.number}</Code>,
        width: 172,
        sortable: true,
      },
      { id: 'patient', header: t('patient'), cell: (row) => row.patient, minWidth: 160 },
      { id: 'doctor', header: t('doctor'), cell: (row) => row.doctor, minWidth: 150, hidden: true },
      { id: 'tier', header: t('tier'), cell: (row) => <TierBadge tier={row.tier} />, width: 124 },
      {
        id: 'state',
        header: t('state'),
        cell: (row) => <StatusBadge tone={tones[row.state]}>{tState(row.state)}</StatusBadge>,
        width: 150,
      },
      { id: 'time', header: t('time'), cell: (row) => <DateTime value={row.at} timeOnly />, width: 80 },
      {
        id: 'amount',
        header: t('amount'),
        cell: (row) => <Money minor={row.amount} withCurrency={false} />,
        width: 136,
        align: 'end',
        sortable: true,
        total: <Money minor={SAMPLE_TOTAL} withCurrency={false} />,
      },
    ],
    [t, tState],
  );
}

function usePagedOrders() {
  const [count, setCount] = useState(PAGE_ROWS);
  const [loadingMore, setLoadingMore] = useState(false);
  const more = useCallback(() => {
    setLoadingMore(true);
    setTimeout(() => {
      setCount((before) => Math.min(SAMPLE_COUNT, before + PAGE_ROWS));
      setLoadingMore(false);
    }, SLOW_MS);
  }, []);
  const rows = useMemo(() => Array.from({ length: count }, (_, n) => sampleOrder(n)), [count]);
  return { rows, loadingMore, more, hasMore: count < SAMPLE_COUNT };
}

function OrderPanel({ order, onClose }: { order: SampleOrder | null; onClose: () => void }) {
  const t = useTranslations('design.t');
  const tState = useTranslations('design.s');
  if (!order) return null;
  return (
    <SidePanel
      open
      onClose={onClose}
      title={order.patient}
      subtitle={<Code>{order.number}</Code>}
      footer={<LinkButton href="#table">{t('open')}</LinkButton>}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        <dt className="text-ink-3">{t('state')}</dt>
        <dd>
          <StatusBadge tone={tones[order.state]}>{tState(order.state)}</StatusBadge>
        </dd>
        <dt className="text-ink-3">{t('doctor')}</dt>
        <dd>{order.doctor}</dd>
        <dt className="text-ink-3">{t('time')}</dt>
        <dd>
          <DateTime value={order.at} />
        </dd>
        <dt className="text-ink-3">{t('amount')}</dt>
        <dd>
          <Money minor={order.amount} />
        </dd>
      </dl>
    </SidePanel>
  );
}

export function Tables() {
  const t = useTranslations('design.t');
  const tState = useTranslations('design.s');
  const columns = useOrderColumns();
  const { rows, loadingMore, more, hasMore } = usePagedOrders();
  const { get } = useUrlFilters();
  const [view, setView] = useState<'full' | 'loading' | 'empty'>('full');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [sort, setSort] = useState<Sort>({ column: 'number', direction: 'ascending' });
  const [open, setOpen] = useState<SampleOrder | null>(null);
  const shown = rows.filter(
    (row) => matchesText(row.patient, get('q')) && (get('state') === '' || row.state === get('state')),
  );
  const states: SampleState[] = ['paid', 'waiting', 'failed', 'new', 'draft'];
  return (
    <Section id="table">
      <Specimen name="FilterBar · DataTable · ListDetail · SidePanel" plain>
        <FilterBar
          search={{ label: t('patient') }}
          filters={[
            {
              kind: 'choice',
              param: 'state',
              label: t('state'),
              options: states.map((value) => ({ value, label: tState(value) })),
            },
            { kind: 'days', from: 'from', to: 'to', label: t('time') },
          ]}
        >
          <SegmentedControl
            label={t('label')}
            size="small"
            value={view}
            onChange={setView}
            options={[
              { value: 'full', label: t('full') },
              { value: 'loading', label: t('loading') },
              { value: 'empty', label: t('empty') },
            ]}
          />
        </FilterBar>
        <ListDetail
          list={
            <DataTable
              label={t('label')}
              columns={columns}
              rows={view === 'full' ? shown : []}
              loading={view === 'loading'}
              rowKey={(row) => row.number}
              rowLabel={(row) => `${row.number}, ${row.patient}`}
              hasMore={view === 'full' && hasMore}
              loadingMore={loadingMore}
              onEndReached={more}
              selection={{ selected, onChange: setSelected }}
              bulkActions={
                <Button size="small" icon={Printer}>
                  {t('print')}
                </Button>
              }
              sort={sort}
              onSort={setSort}
              onOpen={setOpen}
              openKey={open?.number ?? null}
              storageKey="gallery-orders"
              caption={t('caption', { count: SAMPLE_COUNT })}
              toolbar={
                <Button size="small" variant="quiet" icon={Download}>
                  {t('export')}
                </Button>
              }
              maxHeight="max-h-[28rem]"
            />
          }
          panel={<OrderPanel order={open} onClose={() => setOpen(null)} />}
        />
      </Specimen>
    </Section>
  );
}
