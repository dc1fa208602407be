import { approvalsRouter } from '@/server/modules/core/approvals/router';
import { auditRouter } from '@/server/modules/core/audit/router';
import { changesRouter } from '@/server/modules/core/changes/router';
import { identityRouter } from '@/server/modules/core/identity/router';
import { integrityRouter } from '@/server/modules/core/integrity/router';
import { savedViewsRouter } from '@/server/modules/core/lists/router';
import { messagesRouter } from '@/server/modules/core/notifications/router';
import { operationsRouter } from '@/server/modules/core/operations/router';
import { pendingRouter } from '@/server/modules/core/pending/router';
import { searchRouter } from '@/server/modules/core/search/router';
import { uploadsRouter } from '@/server/modules/intake/uploads/router';
import { doctorsRouter } from '@/server/modules/referral/doctors/router';
import { gateRouter } from '@/server/modules/referral/statement-access/router';
import { statementsRouter } from '@/server/modules/referral/statements/router';
import { catalogueRouter } from '@/server/modules/sales/catalogue/router';
import { customersRouter } from '@/server/modules/sales/customers/router';
import { givingBackRouter } from '@/server/modules/sales/giving-back/router';
import { heldSalesRouter } from '@/server/modules/sales/held-sales/router';
import { ordersRouter } from '@/server/modules/sales/orders/router';
import { patientsRouter } from '@/server/modules/sales/patients/router';
import { paymentsRouter } from '@/server/modules/sales/payments/router';
import { rateCardsRouter } from '@/server/modules/sales/pricing/router';
import { tillRouter } from '@/server/modules/sales/till/router';
import { router } from './trpc';

export const appRouter = router({
  approvals: approvalsRouter,
  audit: auditRouter,
  catalogue: catalogueRouter,
  changes: changesRouter,
  customers: customersRouter,
  doctors: doctorsRouter,
  gate: gateRouter,
  givingBack: givingBackRouter,
  heldSales: heldSalesRouter,
  identity: identityRouter,
  integrity: integrityRouter,
  messages: messagesRouter,
  operations: operationsRouter,
  orders: ordersRouter,
  patients: patientsRouter,
  payments: paymentsRouter,
  pending: pendingRouter,
  rateCards: rateCardsRouter,
  savedViews: savedViewsRouter,
  search: searchRouter,
  statements: statementsRouter,
  till: tillRouter,
  uploads: uploadsRouter,
});

export type AppRouter = typeof appRouter;
