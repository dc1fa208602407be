import 'server-only';
import type { OpenedDocument } from '@/server/modules/core/documents/schema';

/** A PDF on its way out: never cached by anything shared, never guessed to be something else. */
export function documentAnswer(opened: OpenedDocument, disposition: 'inline' | 'attachment'): Response {
  return new Response(opened.content, {
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(opened.bytes),
      'content-disposition': `${disposition}; filename="${opened.fileName}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      etag: `"${opened.sha256}"`,
    },
  });
}
