'use client';

import { useQuery } from '@tanstack/react-query';
import { HandCoins } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { Callout } from '@/components/ui/callout';
import { Code } from '@/components/ui/code';
import { DateTime } from '@/components/ui/date-time';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Money } from '@/components/ui/money';
import { TextField } from '@/components/ui/text-field';
import type { OwedInput, OwedOrder, TakenBalance } from '@/server/modules/sales/payments/schema';
import { TakeOwed } from './take-owed';
import { TakenPanel } from './taken-panel';

type Props = { open: boolean; asked: OwedInput; shiftId: string; onClose: () => void };

/** What is owed is found, taken, and said: three steps of one dialog, each ready for the keyboard. */
export function BalanceDialog({ open, onClose, ...rest }: Props) {
  const t = useTranslations('till.balance');
  return (
    <Dialog open={open} onClose={onClose} title={t('title')}>
      {open && <Steps key={JSON.stringify(rest.asked)} onClose={onClose} {...rest} />}
    </Dialog>
  );
}

function Steps({ asked, shiftId, onClose }: Omit<Props, 'open'>) {
  const [chosen, setChosen] = useState<string | null>(asked.orderId ?? null);
  const [taken, setTaken] = useState<TakenBalance | null>(null);
  if (taken) return <TakenPanel taken={taken} onNext={onClose} />;
  if (chosen) return <Opened orderId={chosen} shiftId={shiftId} onTaken={setTaken} />;
  return <FindOwed asked={asked} onChoose={setChosen} />;
}

type OpenedProps = { orderId: string; shiftId: string; onTaken: (taken: TakenBalance) => void };

/** The order as it stands now; one of which nothing is owed any more says so. */
function Opened({ orderId, shiftId, onTaken }: OpenedProps) {
  const t = useTranslations('till.balance');
  const sentenceOf = useErrorSentence();
  const owed = useQuery(useTRPC().payments.owed.queryOptions({ orderId }));
  const order = owed.data?.orders[0];
  if (order) return <TakeOwed key={order.id} order={order} shiftId={shiftId} onTaken={onTaken} />;
  if (owed.error)
    return (
      <Callout tone="wrong" title={t('failed')} announce>
        {sentenceOf(owed.error).sentence}
      </Callout>
    );
  return owed.isPending ? (
    <p className="text-ink-2">{t('loading')}</p>
  ) : (
    <EmptyState icon={HandCoins} title={t('nothing')} />
  );
}

/** Up and down move along the orders that were found, and from the box to the first of them. */
function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-owed]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

function FindOwed({ asked, onChoose }: { asked: OwedInput; onChoose: (orderId: string) => void }) {
  const t = useTranslations('till.balance');
  const sentenceOf = useErrorSentence();
  const [text, setText] = useState(asked.search ?? '');
  const [search, setSearch] = useState(asked.search ?? '');
  const owed = useQuery(
    useTRPC().payments.owed.queryOptions(search ? { search } : asked.patientId ? { patientId: asked.patientId } : {}),
  );
  const orders = owed.data?.orders ?? [];
  const other = owed.data?.notOwed;
  return (
    <section aria-label={t('search')} onKeyDown={moveAlong} className="space-y-4">
      <TextField
        label={t('search')}
        help={t('searchHelp')}
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat) return;
          event.preventDefault();
          const [only, another] = orders;
          // A second Enter opens what the first has found, if it is the one.
          if (text.trim() === search && only && !another) onChoose(only.id);
          else setSearch(text.trim());
        }}
        maxLength={100}
        autoComplete="off"
        autoFocus
      />
      {owed.error && (
        <Callout tone="wrong" title={t('failed')} announce>
          {sentenceOf(owed.error).sentence}
        </Callout>
      )}
      {other && (
        <Callout tone="info" title={t(`notOwed.${other.state}`, { number: other.number })} announce>
          {other.own && (
            <a href={`/orders/${other.id}`} className="text-accent-ink underline">
              {t('open')}
            </a>
          )}
        </Callout>
      )}
      {owed.data && orders.length === 0 && !other && (
        <EmptyState icon={HandCoins} title={t(search ? 'none' : 'nothing')}>
          {t(search ? 'noneText' : 'nothingText')}
        </EmptyState>
      )}
      <ul aria-label={t('found')} className="divide-y divide-line">
        {orders.map((order) => (
          <li key={order.id}>
            <OwedRow order={order} onChoose={() => onChoose(order.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwedRow({ order, onChoose }: { order: OwedOrder; onChoose: () => void }) {
  const locale = useLocale();
  return (
    <button
      type="button"
      data-owed
      onClick={onChoose}
      className="flex w-full items-baseline gap-3 rounded-md px-2 py-2.5 text-left hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{order.patientName}</span>
        <span className="block text-xs text-ink-2">
          <Code>{order.number}</Code> · <DateTime value={order.orderedAt} /> ·{' '}
          {locale === 'en' ? order.branchNameEn : order.branchNameVi}
        </span>
      </span>
      <span className="tabular shrink-0 font-semibold text-notice">
        <Money minor={order.due} currency={order.currency} />
      </span>
    </button>
  );
}
