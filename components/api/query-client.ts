import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { transformer } from '@/server/api/transformer';
import { isRefusal } from './refusal';
import { followSessionEnd } from './session-end';

/** One on the server for each request, one in the browser for its life. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: followSessionEnd }),
    mutationCache: new MutationCache({ onError: followSessionEnd }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
      },
      // Without a connection an act is refused at once: it is not done some time later, by itself, behind a question that nobody can leave.
      mutations: { networkMode: 'always' },
      dehydrate: {
        serializeData: transformer.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
      hydrate: { deserializeData: transformer.deserialize },
    },
  });
}
