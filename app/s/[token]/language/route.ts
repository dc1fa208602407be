import { gatePath, rememberLanguage, seeOther } from '@/server/api/gate-answers';

export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  await rememberLanguage(new URL(request.url).searchParams.get('to'));
  return seeOther(`${gatePath(token)}?lang=1`);
}
