import { seeOther } from '@/server/http/answers';
import { rememberLanguage } from '@/server/http/gate-answers';

export async function GET(request: Request): Promise<Response> {
  await rememberLanguage(new URL(request.url).searchParams.get('to'));
  return seeOther('/s/view');
}
