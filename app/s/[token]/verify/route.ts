import { requestContext } from '@/server/api/session';
import { seeOther } from '@/server/http/answers';
import { backWith } from '@/server/http/gate-answers';
import { browserSecret, setGateSession } from '@/server/http/gate-cookies';
import { currentVisitor, sentFromHere } from '@/server/http/visitor';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';

/** The code comes in, the session goes out; the next address holds no token any more. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const { correlationId } = await requestContext();
  if (!(await sentFromHere())) return new Response(null, { status: 403 });
  const form = await request.formData().catch(() => null);
  if (!form) return new Response(null, { status: 400 });
  try {
    const code = String(form.get('code') ?? '');
    const visitor = await currentVisitor('POST');
    await setGateSession(await verifyCode({ token, browser: await browserSecret(), visitor, code }));
    return seeOther('/s/view');
  } catch (error) {
    return backWith(token, error, correlationId);
  }
}
