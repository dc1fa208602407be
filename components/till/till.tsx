'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { CameBack } from '@/components/kit/draft/came-back';
import { Callout } from '@/components/ui/callout';
import { later } from '@/components/ui/later';
import { notify } from '@/components/ui/toast';
import { cartTotals } from '@/server/modules/sales/orders/rules';
import type { CurrentShift } from '@/server/modules/sales/till/schema';
import { CartLines } from './cart-lines';
import { isEmptyCart, withDiscount } from './cart-state';
import { nameOfHold } from './held-cart';
import { PaymentPanel } from './payment-panel';
import { SaleParties } from './sale-parties';
import { ServiceSearch } from './service-search';
import { TillFoot } from './till-foot';
import { useAskedOfTill } from './use-asked-of-till';
import { useCatalogue } from './use-catalogue';
import { usePayment } from './use-payment';
import { usePricedCart } from './use-priced-cart';
import { useSale } from './use-sale';
import { type OpenDialog, useTillCommands } from './use-till-commands';

const RegisterPatientDialog = later(() =>
  import('@/components/patients/register-patient-dialog').then((module) => module.RegisterPatientDialog),
);
const DiscountDialog = later(() => import('./discount-dialog').then((module) => module.DiscountDialog));
const BalanceDialog = later(() => import('./balance-dialog').then((module) => module.BalanceDialog));
const HeldDialog = later(() => import('./held-dialog').then((module) => module.HeldDialog));
const DropHeldDialog = later(() => import('./drop-held-dialog').then((module) => module.DropHeldDialog));
const HoldDialog = later(() => import('./hold-dialog').then((module) => module.HoldDialog));
const KeysDialog = later(() => import('./till-dialogs').then((module) => module.KeysDialog));
const CloseShiftDialog = later(() => import('./close-shift-dialog').then((module) => module.CloseShiftDialog));
const SoldPanel = later(() => import('./sold-panel').then((module) => module.SoldPanel));

/** From the first line on each of them may be one key away, and the next keys are meant for it. */
const AT_A_SALE = [DiscountDialog, BalanceDialog, HeldDialog, HoldDialog, KeysDialog, SoldPanel, RegisterPatientDialog];

function useTill(shift: CurrentShift) {
  const sale = useSale(shift.id);
  const [open, setOpen] = useState<OpenDialog>(null);
  const patientRef = useRef<HTMLInputElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const amountRef = useRef<HTMLInputElement>(null);
  const { cart } = sale;
  const begun = !isEmptyCart(cart);
  useEffect(() => {
    if (begun) for (const part of AT_A_SALE) part.preload();
  }, [begun]);
  const catalogue = useCatalogue(cart.payer?.id ?? null);
  const priced = usePricedCart(cart, catalogue);
  const payment = usePayment(cart, priced, shift.id, sale.finish);

  useAskedOfTill({
    sellTo: (patient) => {
      sale.sellTo(patient);
      requestAnimationFrame(() => searchRef.current?.focus());
    },
    closeShift: () => setOpen('close'),
    takeBalance: (orderId) => setOpen({ balance: { orderId } }),
  });
  const boxes = { patient: patientRef, service: searchRef, amount: amountRef };
  const acts = useTillCommands({ sale, catalogue, payment, boxes, setOpen });
  return {
    sale,
    catalogue,
    priced,
    payment,
    open,
    setOpen,
    patientRef,
    searchRef,
    amountRef,
    ...acts,
  };
}

/**
 * Three columns that never scroll the total away; on a phone they follow one another, the total stays at the foot, and
 * what was sold stands alone: the change and the next sale are at hand without scrolling.
 */
export function Till({ shift }: { shift: CurrentShift }) {
  const t = useTranslations('till');
  const till = useTill(shift);
  const { sale, catalogue, priced, payment, setOpen } = till;
  const { cart, act, sold } = sale;
  return (
    <div data-density="compact" className="@container/till -m-4 lg:-m-6">
      <div className="flex min-h-[calc(100dvh-var(--page-top))] flex-col bg-canvas @min-[50rem]/till:h-[calc(100dvh-var(--page-top))]">
        <h1 className="sr-only">{t('title')}</h1>
        <div className="flex min-h-0 flex-1 flex-col @min-[50rem]/till:grid @min-[50rem]/till:grid-cols-[18rem_minmax(0,1fr)_20rem] @min-[66rem]/till:grid-cols-[20rem_minmax(0,1fr)_22rem]">
          <div
            className={clsx(
              'min-h-0 border-line bg-surface p-3 @max-[50rem]/till:border-b @min-[50rem]/till:overflow-y-auto @min-[50rem]/till:border-r',
              sold && '@max-[50rem]/till:hidden',
            )}
            inert={sold !== null || payment.pending}
          >
            <CameBack kept={sale.kept} onDrop={sale.drop} />
            <SaleParties
              cart={cart}
              act={act}
              patientRef={till.patientRef}
              onRegister={(typed) => setOpen({ register: typed })}
              onNearRegister={RegisterPatientDialog.preload}
              onBalance={till.commands.balance}
            />
          </div>
          <section
            aria-label={t('cart.label')}
            className={clsx('flex min-h-0 flex-col', sold && '@max-[50rem]/till:hidden')}
            inert={sold !== null || payment.pending}
          >
            <div className="border-b bg-surface p-3">
              <ServiceSearch
                catalogue={catalogue}
                inputRef={till.searchRef}
                onChoose={(service) => act({ do: 'add', code: service.code })}
                onUnknown={till.addCode}
                onMove={(by) => act({ do: 'move', by })}
              />
              {catalogue.error !== null && (
                <Callout tone="wrong" title={t('search.failedTitle')} announce>
                  {t('search.failedText')}
                </Callout>
              )}
            </div>
            <CartLines
              priced={priced}
              catalogue={catalogue}
              selected={cart.selected}
              onSelect={(code) => act({ do: 'select', code })}
              onRemove={(code) => act({ do: 'remove', code })}
            />
          </section>
          <div className="min-h-0 border-line bg-surface @max-[50rem]/till:contents @min-[50rem]/till:border-l">
            {sold ? (
              <SoldPanel sold={sold} onPrint={till.print} onNext={till.next} />
            ) : (
              <PaymentPanel
                cart={cart}
                priced={priced}
                payment={payment}
                act={act}
                amountRef={till.amountRef}
                onDiscount={till.commands.discount}
              />
            )}
          </div>
        </div>
        <TillFoot
          shift={shift}
          commands={till.commands}
          held={sale.held.length}
          sold={sold !== null}
          pending={payment.pending}
          busy={cart.lines.length > 0}
          onClose={() => setOpen('close')}
        />
        <Dialogs shift={shift} till={till} />
      </div>
    </div>
  );
}

function Dialogs({ shift, till }: { shift: CurrentShift; till: ReturnType<typeof useTill> }) {
  const t = useTranslations('till.parties');
  const { sale, catalogue, priced, open, setOpen } = till;
  const { cart, act } = sale;
  const shut = () => setOpen(null);
  const line = priced.lines.find((one) => one.code === cart.selected);
  const asked = typeof open === 'object' ? open : null;
  const registering = asked !== null && 'register' in asked;
  const dropping = asked !== null && 'drop' in asked ? asked.drop : null;
  const balance = asked !== null && 'balance' in asked ? asked.balance : null;
  return (
    <>
      <RegisterPatientDialog
        wanted={registering}
        open={registering}
        typed={registering ? asked.register : ''}
        onClose={shut}
        onDone={(patient, how) => {
          act({ do: 'patient', patient });
          if (how === 'known') notify.info(t('known'));
          if (how === 'other-sex') notify.notice(t('otherSex'));
          shut();
          requestAnimationFrame(() => till.searchRef.current?.focus());
        }}
      />
      <DiscountDialog
        wanted={open === 'discount'}
        open={open === 'discount'}
        line={
          line
            ? {
                code: line.code,
                name: line.service ? catalogue.nameOf(line.service) : line.code,
                percent: line.discountPercent,
              }
            : null
        }
        totals={priced.totals}
        totalsWith={(code, percent) => cartTotals(withDiscount(priced.lines, code, percent))}
        currency={priced.currency}
        onClose={shut}
        onApply={(code, percent) => {
          act({ do: 'discount', code, percent });
          shut();
        }}
      />
      <BalanceDialog
        wanted={balance !== null}
        open={balance !== null}
        asked={balance ?? {}}
        shiftId={shift.id}
        onClose={shut}
      />
      <HeldDialog
        wanted={open === 'held'}
        open={open === 'held'}
        sales={sale.held}
        onClose={shut}
        onRecall={(one) => {
          sale.recall(one);
          shut();
        }}
        onDrop={(one) => setOpen({ drop: one })}
      />
      <HoldDialog
        wanted={open === 'hold'}
        open={open === 'hold'}
        name={nameOfHold(cart)}
        onClose={shut}
        onHold={(name) => {
          sale.hold(name);
          shut();
        }}
      />
      <DropHeldDialog
        wanted={dropping !== null}
        sale={dropping}
        onClose={() => setOpen('held')}
        onDrop={sale.dropHeld}
      />
      <KeysDialog wanted={open === 'keys'} open={open === 'keys'} onClose={shut} />
      <CloseShiftDialog
        wanted={open === 'close'}
        open={open === 'close'}
        shift={shift}
        held={sale.unsent}
        onClose={shut}
        onClosed={shut}
      />
    </>
  );
}
