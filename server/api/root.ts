import { auditRouter } from '@/server/modules/audit/router';
import { catalogueRouter } from '@/server/modules/catalogue/router';
import { customersRouter } from '@/server/modules/customers/router';
import { doctorsRouter } from '@/server/modules/doctors/router';
import { gateRouter } from '@/server/modules/gate/router';
import { identityRouter } from '@/server/modules/identity/router';
import { integrityRouter } from '@/server/modules/integrity/router';
import { messagesRouter } from '@/server/modules/messages/router';
import { operationsRouter } from '@/server/modules/operations/router';
import { ordersRouter } from '@/server/modules/orders/router';
import { patientsRouter } from '@/server/modules/patients/router';
import { rateCardsRouter } from '@/server/modules/rate-cards/router';
import { searchRouter } from '@/server/modules/search/router';
import { statementsRouter } from '@/server/modules/statements/router';
import { tillRouter } from '@/server/modules/till/router';
import { uploadsRouter } from '@/server/modules/uploads/router';
import { router } from './trpc';

export const appRouter = router({
  audit: auditRouter,
  catalogue: catalogueRouter,
  customers: customersRouter,
  doctors: doctorsRouter,
  gate: gateRouter,
  identity: identityRouter,
  integrity: integrityRouter,
  messages: messagesRouter,
  operations: operationsRouter,
  orders: ordersRouter,
  patients: patientsRouter,
  rateCards: rateCardsRouter,
  search: searchRouter,
  statements: statementsRouter,
  till: tillRouter,
  uploads: uploadsRouter,
});

export type AppRouter = typeof appRouter;
