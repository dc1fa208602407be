/** Where the build for tests lies, so that a running instance keeps its own. */
export const testBuild = { NEXT_DIST_DIR: '.next-test', DIST_DIR: 'dist-test', NEXT_TELEMETRY_DISABLED: '1' };
