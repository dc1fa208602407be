'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import { MOST_IN_A_BATCH } from '@/server/api/batch';
import type { AppRouter } from '@/server/api/root';
import { transformer } from '@/server/api/transformer';
import { attentionHeaders } from './attention';
import { makeQueryClient } from './query-client';
import { setShownTo, shownToHeaders } from './shown-to';

const context = createTRPCContext<AppRouter>();

export const { useTRPC, useTRPCClient } = context;

let browserClient: ReturnType<typeof makeQueryClient> | undefined;

function queryClientHere() {
  if (typeof window === 'undefined') return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}

/** `person`: the id of whom the page is shown to; nothing that it asks is answered once another has signed in. */
export function ApiProvider({ person = null, children }: { person?: string | null; children: ReactNode }) {
  const queryClient = queryClientHere();
  const [trpcClient] = useState(() => {
    setShownTo(person);
    return createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: (op) => op.type === 'subscription',
          true: httpSubscriptionLink({ url: '/api/trpc', transformer }),
          false: httpBatchLink({
            url: '/api/trpc',
            transformer,
            maxURLLength: 4000,
            maxItems: MOST_IN_A_BATCH,
            headers: () => ({ ...attentionHeaders(), ...shownToHeaders() }),
          }),
        }),
      ],
    });
  });
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
