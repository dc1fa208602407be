import type { HeldSaleRow, SaleToHold, TakenSale } from '@/server/modules/sales/held-sales/schema';
import { Refusal } from '../server-answers';
import { mai } from './till-at-work';

type Waiting = SaleToHold & { takenBy: HeldSaleRow['takenBy'] };

/** What a branch keeps: its answers to a till that holds sales and takes them up; `sales` is what waits there. */
export function heldAtBranch() {
  const sales = new Map<string, Waiting>();
  const answers = {
    'heldSales.list': (): HeldSaleRow[] =>
      [...sales.values()].reverse().map(({ id, name, patientId, services, takenBy }) => ({
        ...{ id, name, codes: services.map(({ code }) => code), total: 120_000n, currency: 'VND', heldAt: new Date() },
        ...{ patientName: patientId ? mai.fullName : null, heldByName: 'Lan', tillCode: 'Q2', takenBy },
      })),
    'heldSales.hold': (sale: SaleToHold) => {
      sales.set(sale.id, { ...sale, takenBy: null });
      return { id: sale.id };
    },
    'heldSales.take': ({ id }: { id: string }): TakenSale => {
      const sale = sales.get(id);
      if (!sale) throw new Refusal('held_sale_ended');
      if (sale.takenBy && !sale.takenBy.self) {
        throw new Refusal('held_sale_taken', 409, { by: sale.takenBy.name, till: sale.takenBy.till });
      }
      sale.takenBy = { name: 'Tôi', till: 'Q1', self: true };
      const { name, services, note, onAccount, payLater } = sale;
      const patient = sale.patientId ? { ...mai, id: sale.patientId } : null;
      return { id, name, services, note: note ?? null, onAccount, payLater, patient, payer: null, doctor: null };
    },
    'heldSales.release': ({ id }: { id: string }) => {
      const sale = sales.get(id);
      if (sale) sale.takenBy = null;
    },
    'heldSales.drop': ({ id }: { id: string }) => void sales.delete(id),
  };
  return { sales, answers };
}
