import { seeOther } from '@/server/http/answers';
import { rememberLanguage } from '@/server/http/gate-answers';

export async function GET(request: Request, { params }: { params: Promise<{ hash: string }> }): Promise<Response> {
  const { hash } = await params;
  await rememberLanguage(new URL(request.url).searchParams.get('to'));
  return seeOther(`/verify/${encodeURIComponent(hash.slice(0, 100))}`);
}
