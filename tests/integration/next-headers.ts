import { AsyncLocalStorage } from 'node:async_hooks';

export type SetCookie = { value: string; options: Record<string, unknown> };
export type Here = { headers: Headers; jar: Map<string, string>; set: Map<string, SetCookie> };
export const requests = new AsyncLocalStorage<Here>();

function here(): Here {
  const request = requests.getStore();
  if (!request) throw new Error('no request is being answered');
  return request;
}

/** What Next knows of the request that is being answered: `vi.mock('next/headers', async () => (await import('./next-headers')).nextHeaders)`. */
export const nextHeaders = {
  headers: async () => here().headers,
  cookies: async () => {
    const { jar, set } = here();
    return {
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      set: (name: string, value: string, options: Record<string, unknown>) => {
        set.set(name, { value, options });
        jar.set(name, value);
      },
    };
  },
};
