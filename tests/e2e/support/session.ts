import { type APIRequestContext, type APIResponse, request } from '@playwright/test';

/** Somebody who talks to the portal by HTTP alone, with a browser's cookies. */
export async function stranger(baseURL: string | undefined): Promise<APIRequestContext> {
  return request.newContext({ baseURL: baseURL ?? '', maxRedirects: 0 });
}

/** The same cookies in other hands: what a thief has, or a second process is asked with. */
export async function copyOf(who: APIRequestContext, baseURL: string | undefined): Promise<APIRequestContext> {
  return request.newContext({ baseURL: baseURL ?? '', maxRedirects: 0, storageState: await who.storageState() });
}

const csrfOf = async (who: APIRequestContext): Promise<string> => {
  const { csrfToken } = (await (await who.get('/api/auth/csrf')).json()) as { csrfToken: string };
  return csrfToken;
};

/** Signs in as the form does. */
export async function enter(
  who: APIRequestContext,
  email: string,
  password: string,
  more: Record<string, string> = {},
): Promise<APIResponse> {
  const form = { csrfToken: await csrfOf(who), email, password, json: 'true', ...more };
  return who.post('/api/auth/callback/credentials', { form });
}

export const signOut = async (who: APIRequestContext): Promise<APIResponse> =>
  who.post('/api/auth/signout', { form: { csrfToken: await csrfOf(who), json: 'true' } });

/** Who next-auth says that this is. */
export async function whoIs(who: APIRequestContext): Promise<string | undefined> {
  return ((await (await who.get('/api/auth/session')).json()) as { userId?: string }).userId;
}

/** How each kind of route answers: a page, a procedure, procedures in one batch, handlers. */
export async function requestEverywhere(who: APIRequestContext): Promise<Record<string, number>> {
  const input = encodeURIComponent(JSON.stringify({ 0: { json: { limit: 5 } }, 1: { json: { limit: 5 } } }));
  const id = '00000000-0000-7000-8000-000000000001';
  const [page, procedure, batch, document, receipt, upload] = await Promise.all([
    who.get('/account'),
    who.get('/api/trpc/identity.sessions'),
    who.get(`/api/trpc/orders.list,doctors.list?batch=1&input=${input}`),
    who.get(`/api/documents/${id}`),
    who.get(`/orders/${id}/receipt`),
    who.post('/api/uploads', { data: 'x', headers: { 'x-file-name': 'a.csv' } }),
  ]);
  const routes = { page, procedure, batch, document, receipt, upload };
  return Object.fromEntries(Object.entries(routes).map(([name, answer]) => [name, answer.status()]));
}
