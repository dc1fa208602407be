import type { StaffActor } from '@/server/platform/actor';
import { nextChange, uploadProgress } from '../queries';
import { isUnderWay } from '../rules';
import type { UploadProgress } from '../schema';

/** Yields the progress of an upload, at once and whenever it changes, until it is at rest or no client listens. */
export async function* watchUpload({
  actor,
  id,
  signal = new AbortController().signal,
}: {
  actor: StaffActor;
  id: string;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<UploadProgress> {
  let sent = '';
  while (!signal.aborted) {
    const progress = await uploadProgress({ actor, id });
    const now = JSON.stringify(progress);
    if (now !== sent) yield progress;
    sent = now;
    if (!isUnderWay(progress.state)) return;
    await nextChange(id, signal);
  }
}
