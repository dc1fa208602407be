import 'server-only';
import { headers } from 'next/headers';

/**
 * What a request finds out once, however many of its parts ask. React's `cache` does so only while a page is rendered; procedures
 * and routes render none, and would ask the database again each time.
 */
export function perRequest<T>(find: () => Promise<T>): () => Promise<T> {
  // Next has one object of headers for each request, which lives as long as the request does.
  const found = new WeakMap<object, Promise<T>>();
  return async () => {
    const request = await headers();
    const known = found.get(request) ?? find();
    found.set(request, known);
    return known;
  };
}
