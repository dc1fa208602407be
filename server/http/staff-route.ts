import 'server-only';
import { requestContext } from '@/server/api/session';
import { can, type Permission } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import { notFound, PortalError } from '@/server/platform/errors';
import { type Asker, refusal } from './answers';

type Locale = Awaited<ReturnType<typeof requestContext>>['locale'];
type Params = Record<string, string>;
/** `isStillSignedIn`: for work that goes on long after the request was let in. */
type Asked = {
  request: Request;
  actor: StaffActor;
  params: Params;
  locale: Locale;
  isStillSignedIn: () => Promise<boolean>;
};

type Refuse = (error: unknown, correlationId: string, asker: Asker) => Response | Promise<Response>;

/**
 * A handler for staff with a permission. An unknown caller gets 401, one without the permission 403; `hides` names what there is not
 * (404) for both of them, where the mere existence is confidential. `refuse` answers what the work throws.
 */
export const staffRoute =
  (
    permission: Permission,
    work: (asked: Asked) => Promise<Response>,
    { hides, refuse = refusal }: { hides?: string; refuse?: Refuse } = {},
  ) =>
  async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    const { staff, locale, correlationId, isStillSignedIn = async () => false } = await requestContext();
    try {
      if (!staff) throw hides ? notFound(hides) : new PortalError('unauthenticated', 'sign_in_first');
      if (!can(staff.role, permission))
        throw hides ? notFound(hides) : new PortalError('forbidden', 'not_permitted', { params: { permission } });
      return await work({ request, actor: staff, params: await context.params, locale, isStillSignedIn });
    } catch (error) {
      return refuse(error, correlationId, { request, locale });
    }
  };
