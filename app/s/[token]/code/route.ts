import { requestContext } from '@/server/api/session';
import { seeOther } from '@/server/http/answers';
import { backWith, gatePath } from '@/server/http/gate-answers';
import { browserSecret, knownSecret, setBrowserSecret } from '@/server/http/gate-cookies';
import { currentVisitor, sentFromHere } from '@/server/http/visitor';
import { channel } from '@/server/modules/referral/statement-access/schema';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';

/** "Send me a code": a plain form, so it works without a script. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const { correlationId } = await requestContext();
  if (!(await sentFromHere())) return new Response(null, { status: 403 });
  const form = await request.formData().catch(() => null);
  if (!form) return new Response(null, { status: 400 });
  try {
    const asked = channel.catch('sms').parse(form.get('channel'));
    const visitor = await currentVisitor('POST');
    const [browser, known] = await Promise.all([browserSecret(), knownSecret()]);
    const kept = await requestCode({ token, browser, known, visitor, channel: asked });
    await setBrowserSecret(kept.browser);
    return seeOther(gatePath(token));
  } catch (error) {
    return backWith(token, error, correlationId);
  }
}
