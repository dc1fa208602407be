/** What a handler says beside the procedures when it refuses: the same facts as they do. */
type RefusalFacts = { reason?: string; params?: Record<string, string | number>; correlationId?: string };

/** A handler refused, or was not reached where there are no facts. */
export class HandlerRefusal extends Error {
  constructor(readonly data: RefusalFacts | null) {
    super(data?.reason ?? 'offline');
  }
}

/** What was refused, as an answer that is no success says it. */
export async function refusalOf(answer: Response): Promise<HandlerRefusal> {
  const facts: unknown = await answer.json().catch(() => ({}));
  return new HandlerRefusal(typeof facts === 'object' && facts !== null ? facts : {});
}
