import type { StaffActor } from '@/server/platform/actor';
import { nextChange, uploadProgress } from '../queries';
import { isUnderWay } from '../rules';
import type { UploadProgress } from '../schema';

/** Tells how far an upload has come, at once and whenever something moved, until it is at rest or nobody listens. */
export async function* watchUpload({
  actor,
  id,
  signal = new AbortController().signal,
}: {
  actor: StaffActor;
  id: string;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<UploadProgress> {
  let told = '';
  while (!signal.aborted) {
    const progress = await uploadProgress({ actor, id });
    const now = JSON.stringify(progress);
    if (now !== told) yield progress;
    told = now;
    if (!isUnderWay(progress.state)) return;
    await nextChange(id, signal);
  }
}
