'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '@/components/api/trpc';
import { useToday } from '@/components/ui/use-today';
import { transformer } from '@/server/api/transformer';
import { type CartTotals, cartTotals, lineAmounts, unfit } from '@/server/modules/sales/orders/rules';
import type { PriceReason } from '@/server/modules/sales/orders/schema';
import type { QuotedLine, Sellable } from '@/server/modules/sales/till/schema';
import type { Cart } from './cart-state';
import type { Catalogue } from './use-catalogue';
import { useSaidPriceChange } from './use-said-price-change';

export type PricedLine = {
  code: string;
  service: Sellable | null;
  discountPercent: string;
  listPrice: bigint | null;
  discount: bigint;
  net: bigint | null;
  reason: PriceReason | null;
  /** Code of what forbids the sale of the line. */
  problem: string | null;
  includedIn: string | null;
};

export type PricedCart = { lines: PricedLine[]; totals: CartTotals; sellable: boolean; currency: string };

function priced(
  line: Cart['lines'][number],
  service: Sellable | null,
  quoted: QuotedLine | undefined,
  local: string | null,
): PricedLine {
  const listPrice = quoted ? quoted.listPrice : (service?.price ?? null);
  const amounts = listPrice === null ? null : lineAmounts(listPrice, line.discountPercent);
  const problem = quoted ? quoted.problem : (local ?? (listPrice === null ? 'no_price' : null));
  return {
    ...line,
    service,
    listPrice,
    discount: amounts?.discount ?? 0n,
    net: amounts?.net ?? null,
    reason: quoted ? quoted.reason : (service?.reason ?? null),
    problem,
    includedIn: quoted?.includedIn ?? null,
  };
}

/**
 * The cart with prices: from the catalogue in memory in the same frame, then from the server's quote, which is the calculation
 * that sells. A quote speaks only of the cart it was asked for.
 */
export function usePricedCart(cart: Cart, catalogue: Catalogue): PricedCart {
  const trpc = useTRPC();
  const today = useToday();
  const { patient, payer, lines } = cart;
  const asked = { patientId: patient?.id ?? null, customerId: payer?.id ?? null, services: lines };
  const quote = useQuery({
    ...trpc.till.quote.queryOptions(asked),
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // At midnight another price may be in force, without any change that is sent.
    refetchInterval: 60_000,
  });
  const quoted = quote.isPlaceholderData ? undefined : quote.data;
  useSaidPriceChange(
    transformer.stringify(asked),
    quoted ? cartTotals(quoted).net : null,
    quoted?.[0]?.currency ?? 'VND',
  );
  return useMemo(() => {
    const all = lines.map((line) => {
      const service = catalogue.byCode.get(line.code.toUpperCase()) ?? null;
      const local = service && patient ? unfit(service, patient, today) : null;
      return priced(
        line,
        service,
        quoted?.find((one) => one.code === line.code),
        local,
      );
    });
    return {
      lines: all,
      totals: cartTotals(all),
      sellable: all.length > 0 && all.every((line) => line.problem === null && line.net !== null),
      currency: quoted?.[0]?.currency ?? all[0]?.service?.currency ?? 'VND',
    };
  }, [lines, patient, catalogue, quoted, today]);
}
