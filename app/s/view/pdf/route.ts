import { requestContext } from '@/server/api/session';
import { refusal, seeOther } from '@/server/http/answers';
import { documentAnswer } from '@/server/http/document-answer';
import { currentVisitor } from '@/server/http/visitor';
import { documentLanguage } from '@/server/modules/core/documents/schema';
import { downloadStatement } from '@/server/modules/referral/statement-access/use-cases/download-statement';

/**
 * `?lang=vi|en`: the PDF of the doctor's own statement, counted. One that is still being rendered is answered by a page that asks again
 * by itself. Without a session: to the page that says what to do.
 */
export async function GET(request: Request): Promise<Response> {
  const { doctor, locale, correlationId } = await requestContext();
  if (!doctor) return seeOther('/s/view');
  try {
    const language = documentLanguage.catch('vi').parse(new URL(request.url).searchParams.get('lang'));
    const visitor = await currentVisitor('GET');
    return documentAnswer(await downloadStatement({ actor: doctor, document: { language }, visitor }), 'attachment');
  } catch (error) {
    return refusal(error, correlationId, { request, locale });
  }
}

export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } });
