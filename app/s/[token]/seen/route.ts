import { requestContext } from '@/server/api/session';
import { refusal } from '@/server/http/answers';
import { currentVisitor } from '@/server/http/visitor';
import { confirmVisit } from '@/server/modules/referral/statement-access/use-cases/confirm-visit';

/** Called by the page's own script: a browser really ran it. */
export async function POST(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const { correlationId } = await requestContext();
  try {
    await confirmVisit({ token, visitor: await currentVisitor('POST') });
    return new Response(null, { status: 204 });
  } catch (error) {
    return refusal(error, correlationId);
  }
}
