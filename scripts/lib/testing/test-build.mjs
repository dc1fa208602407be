/** Where the build for tests lies and how it is typed, so that a running instance keeps its own. next.config.ts reads it. */
export const testBuild = {
  NEXT_DIST_DIR: '.test/.next',
  DIST_DIR: '.test/dist',
  NEXT_TSCONFIG: 'tsconfig.test.json',
  NEXT_TELEMETRY_DISABLED: '1',
};
