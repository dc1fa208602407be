// Run with the application's environment: ends with 1 and one line when a setting of it is wrong.
import { env } from '../../server/platform/env.ts';

try {
  env();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
