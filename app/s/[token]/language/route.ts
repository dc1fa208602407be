import { seeOther } from '@/server/http/answers';
import { gatePath, rememberLanguage } from '@/server/http/gate-answers';

export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  await rememberLanguage(new URL(request.url).searchParams.get('to'));
  return seeOther(`${gatePath(token)}?lang=1`);
}
