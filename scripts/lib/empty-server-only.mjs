// `server-only` throws outside of a React server. Programs that run from source in plain Node get nothing in its place.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'server-only') return { url: 'data:text/javascript,', format: 'module', shortCircuit: true };
    return next(specifier, context);
  },
});
